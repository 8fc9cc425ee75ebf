import CommandLineTree
import EverrunsDocuments
import EverrunsStore
import Files
import Messages

/// Errors of the program itself.
enum ProgramFailure: ProgramError {
  case usage(UsageError)
  case settings(InvalidSettings)
  case store(StoreError)
  case reference(ReferenceError)
  case grade(UnknownGrade)
  case document(source: String, DocumentRefusal)
  case unreadable(path: String, FileFailure)
  /// A bug.
  case unexpected(String)

  init(_ error: StoreError) { self = .store(error) }

  init(_ error: ReferenceError) { self = .reference(error) }

  var code: ErrorCode {
    switch self {
    case .usage, .settings: .usage
    case .store(let error): error.code
    case .reference(let error): error.code
    case .grade(let error): error.code
    case .document: .invalidDocument
    case .unreadable(_, let failure): failure.code
    case .unexpected: .internal
    }
  }

  var message: String {
    switch self {
    case .usage(let error): error.message
    case .settings(let settings): settings.description
    case .store(let error): error.message
    case .reference(let error): error.message
    case .grade(let error): error.message
    case .document(let source, let refusal):
      "\(source.quoted) is not a platform definition: "
        + refusal.diagnostics.filter { $0.severity == .error }.prefix(3)
        .map(\.messageWithPath).joined(separator: "; ")
    case .unreadable(let path, .missing): "\(path.quoted): no such file"
    case .unreadable(let path, .isDirectory): "\(path.quoted) is a folder, not a file"
    case .unreadable(let path, .permissionDenied(let reason)),
      .unreadable(let path, .inputOutput(let reason)),
      .unreadable(let path, .unusablePath(let reason)):
      "\(path.quoted): \(reason)"
    case .unreadable(let path, _): "\(path.quoted) cannot be read"
    case .unexpected(let message): message
    }
  }

  var messages: [String] {
    switch self {
    case .settings(let settings): settings.messages
    default: [message]
    }
  }

  var hint: String? {
    switch self {
    case .usage(let error): error.hint
    case .settings(let settings): settings.hint
    case .store(let error): error.hint
    case .reference(let error): error.hint
    case .grade(let error): error.hint
    case .document: "'everrunsctl platform validate FILE' lists every error with its position"
    case .unreadable, .unexpected: nil
    }
  }
}
