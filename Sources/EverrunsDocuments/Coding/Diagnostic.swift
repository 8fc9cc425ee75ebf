/// Something wrong or notable in a document: an error, or a warning.
public struct Diagnostic: Sendable {
  /// How bad a finding is.
  public enum Severity: String, Sendable {
    /// The document cannot be used.
    case error
    /// The document can be used, and somebody should know.
    case warning
  }

  /// What was found, with the data for its message.
  package let problem: any DiagnosticProblem
  /// Where it is in the document.
  public let path: DocumentPath
  /// Where it is in the text, for a document that was read from one.
  public let place: SourcePlace?

  /// A finding at a place.
  package init(problem: any DiagnosticProblem, at path: DocumentPath, place: SourcePlace? = nil) {
    self.problem = problem
    self.path = path
    self.place = place
  }

  /// The stable code that programs match.
  public var code: Code { problem.code }
  /// How bad it is.
  public var severity: Severity { code.severity }
  /// The finding as one sentence, without a place and without a full stop.
  public var message: String { problem.message(about: subject) }
  /// What to do about it, where that is known.
  public var hint: String? { problem.hint }

  /// The same finding at another place.
  package func moved(to path: DocumentPath, place: SourcePlace? = nil) -> Diagnostic {
    Diagnostic(problem: problem, at: path, place: place)
  }

  /// The finding as an object, without a place in a text.
  public var document: JSONObject {
    [
      "severity": .string(severity.rawValue), "code": .string(code.rawValue),
      "path": .string(path.description), "message": .string(message), "hint": .optional(hint),
    ]
  }
}

extension Diagnostic: Equatable {
  /// Whether both are the same finding at the same place.
  public static func == (a: Diagnostic, b: Diagnostic) -> Bool {
    a.path == b.path && a.place == b.place && a.problem.isEqual(to: b.problem)
  }
}

/// What can be wrong with documents of one kind.
///
/// Each module has an enum of its own for the problems it finds.
package protocol DiagnosticProblem: Sendable, Equatable {
  /// The code under which the problem is reported.
  var code: Diagnostic.Code { get }
  /// What to do about it, where that is known.
  var hint: String? { get }
  /// The problem as one sentence, without a full stop.
  ///
  /// - Parameter subject: What the sentence calls the value at the problem's path.
  func message(about subject: String) -> String
}

extension DiagnosticProblem {
  fileprivate func isEqual(to other: any DiagnosticProblem) -> Bool { self == other as? Self }
}

extension Diagnostic {
  /// The stable code of a finding, as programs match it: `invalid_id`.
  public struct Code: Sendable, Hashable {
    /// The code as JSON output has it.
    public let rawValue: String
    /// Whether a document with such a finding is refused.
    public let severity: Severity

    /// The code of an error.
    package static func error(_ rawValue: String) -> Code {
      Code(rawValue: rawValue, severity: .error)
    }

    /// The code of a warning.
    package static func warning(_ rawValue: String) -> Code {
      Code(rawValue: rawValue, severity: .warning)
    }

    private init(rawValue: String, severity: Severity) {
      self.rawValue = rawValue
      self.severity = severity
    }
  }
}
