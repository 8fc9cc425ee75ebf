import Files
import Foundation

/// Writing to a stream failed.
public enum OutputFailure: Error, Equatable, Sendable {
  /// The other end of the pipe is closed, which needs no message.
  case closed
  /// The system's error number.
  case system(Int32)

  /// The failure that an error number of write(2) stands for.
  package init(_ number: Int32) {
    self = number == EPIPE ? .closed : .system(number)
  }
}

extension OutputFailure: ReportableError {
  package var code: ErrorCode { .inputOutput }

  package var message: String {
    switch self {
    case .closed: "the output was closed"
    case .system(let number): "the output cannot be written: \(FileFailure.reason(number))"
    }
  }

  package var hint: String? { nil }

  package var exitCode: ExitCode {
    switch self {
    case .closed: .success
    case .system: code.exitCode
    }
  }
}
