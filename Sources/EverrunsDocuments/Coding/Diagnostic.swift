/// A problem of a document: an error or a warning.
public struct Diagnostic: Sendable {
  /// The severity of a diagnostic.
  public enum Severity: String, Sendable {
    /// The document cannot be used.
    case error
    /// The document can be used, but the problem deserves attention.
    case warning
  }

  /// The problem, with the data for its message.
  package let problem: any DiagnosticProblem
  /// The path of the value in the document.
  public let path: DocumentPath
  /// The position in the text, for a document that was read from text.
  public let place: SourcePlace?

  /// Creates a diagnostic.
  package init(problem: any DiagnosticProblem, at path: DocumentPath, place: SourcePlace? = nil) {
    self.problem = problem
    self.path = path
    self.place = place
  }

  /// The stable code that programs match.
  public var code: Code { problem.code }
  /// The severity.
  public var severity: Severity { code.severity }
  /// The message, one sentence without a position and without a full stop.
  public var message: String { problem.message(about: subject) }
  /// The message after the path, which is left out at the top: `/name: '' is not a valid name`.
  package var messageWithPath: String {
    let path = path.description
    return path.isEmpty ? message : "\(path): \(message)"
  }
  /// What to do about it, if that is known.
  public var hint: String? { problem.hint }

  /// The same problem at another path.
  package func moved(to path: DocumentPath, place: SourcePlace? = nil) -> Diagnostic {
    Diagnostic(problem: problem, at: path, place: place)
  }

  /// The diagnostic as an object, without a position.
  public var document: JSONObject {
    [
      "severity": .string(severity.rawValue), "code": .string(code.rawValue),
      "path": .string(path.description), "message": .string(message), "hint": .optional(hint),
    ]
  }
}

extension Diagnostic: Equatable {
  /// Whether both are the same problem at the same path and position.
  public static func == (a: Diagnostic, b: Diagnostic) -> Bool {
    a.path == b.path && a.place == b.place && a.problem.isEqual(to: b.problem)
  }
}

/// The problems of one kind of documents.
///
/// Each module has an enum of its own for its problems.
package protocol DiagnosticProblem: Sendable, Equatable {
  /// The code of the problem.
  var code: Diagnostic.Code { get }
  /// What to do about it, if that is known.
  var hint: String? { get }
  /// The problem with the value that `subject` names, as one sentence without a full stop.
  func message(about subject: String) -> String
}

extension DiagnosticProblem {
  fileprivate func isEqual(to other: any DiagnosticProblem) -> Bool { self == other as? Self }
}

extension Diagnostic {
  /// The stable code of a diagnostic, for programs: `invalid_id`.
  public struct Code: Sendable, Hashable {
    /// The code in JSON output.
    public let rawValue: String
    /// Whether it is an error or a warning.
    public let severity: Severity

    /// Creates the code of an error.
    package static func error(_ rawValue: String) -> Code {
      Code(rawValue: rawValue, severity: .error)
    }

    /// Creates the code of a warning.
    package static func warning(_ rawValue: String) -> Code {
      Code(rawValue: rawValue, severity: .warning)
    }

    private init(rawValue: String, severity: Severity) {
      self.rawValue = rawValue
      self.severity = severity
    }
  }
}
