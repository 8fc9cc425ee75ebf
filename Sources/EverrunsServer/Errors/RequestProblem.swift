import EverrunsDocuments
import Messages

/// A problem with a value in a body, other than its type.
enum RequestProblem: DiagnosticProblem {
  /// A name cannot be used.
  case invalidName(reason: String)
  /// Nothing of a kind has the name or the id.
  case unknown(noun: String, name: String, candidates: [String])
  /// It exists but cannot be used.
  case unusable(reason: String)
  /// A list has nothing in it.
  case empty
  /// A number is out of range.
  case outOfRange(ClosedRange<Int>)

  var code: Diagnostic.Code { .invalidDocument }

  var hint: String? {
    switch self {
    case .unknown(_, let name, let candidates): Spelling.hint(for: name, among: candidates)
    case .invalidName, .unusable, .empty, .outOfRange: nil
    }
  }

  func message(about subject: String) -> String {
    switch self {
    case .invalidName(let reason): "\(subject) is invalid: \(reason)"
    case .unknown(let noun, let name, _): "\(subject) names no \(noun): \(name.quoted)"
    case .unusable(let reason): "\(subject) cannot be used: \(reason)"
    case .empty: "\(subject) must not be empty"
    case .outOfRange(let range):
      "\(subject) must be from \(range.lowerBound) to \(range.upperBound)"
    }
  }
}
