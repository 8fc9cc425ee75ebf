import EverrunsDocuments
import Messages

/// What can be wrong with a value in a body beside its type.
enum RequestProblem: DiagnosticProblem {
  /// A name has nothing in it that can be seen.
  case blankName
  /// Nothing of a kind has the name or the id.
  case unknown(noun: String, name: String, candidates: [String])
  /// Something has the name and cannot be used.
  case unusable(reason: String)
  /// A list has nothing in it.
  case empty
  /// A number is out of range.
  case outOfRange(ClosedRange<Int>)

  var code: Diagnostic.Code { .invalidDocument }

  var hint: String? {
    switch self {
    case .unknown(_, let name, let candidates): Spelling.hint(for: name, among: candidates)
    case .blankName, .unusable, .empty, .outOfRange: nil
    }
  }

  func message(about subject: String) -> String {
    switch self {
    case .blankName: "\(subject) must not be blank"
    case .unknown(let noun, let name, _): "\(subject) names no \(noun): \(name.quoted)"
    case .unusable(let reason): "\(subject) cannot be used: \(reason)"
    case .empty: "\(subject) must not be empty"
    case .outOfRange(let range):
      "\(subject) must be from \(range.lowerBound) to \(range.upperBound)"
    }
  }
}
