import Files
import Foundation
import Messages
import Synchronization

/// An error that a program reports: a sentence for people, a code for programs.
package protocol ReportableError: Error {
  /// The stable code that programs match.
  var code: ErrorCode { get }

  /// What went wrong, as one sentence without a full stop.
  var message: String { get }

  /// Everything that went wrong, each as a sentence; by default the message alone.
  var messages: [String] { get }

  /// What to do next, if that is known.
  var hint: String? { get }

  /// How a program ends because of it; by default with the exit code of `code`.
  var exitCode: ExitCode { get }
}

extension ReportableError {
  package var messages: [String] { [message] }

  package var exitCode: ExitCode { code.exitCode }

  /// The lines of standard error that report it.
  package var report: String {
    let lines =
      messages.map { "error: \($0.escapingControls())" }
      + (hint.map { ["hint: \($0.escapingControls())"] } ?? [])
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reports it on standard error and ends the process.
  ///
  /// Of several errors at once only one is reported: server and worker of one process often fail
  /// for one reason.
  package func endProcess() -> Never {
    processEnd.withLock { _ in
      // If the error itself cannot be written, nothing is left to do.
      _ = OpenFile.write(Array(report.utf8), to: STDERR_FILENO)
      exit(exitCode.rawValue)
    }
  }
}

/// Taken by the thread that ends the process, and never released.
private let processEnd = Mutex(())
