package import Everruns
import Messages

extension Grade {
  /// The variable that names the grade of a deployment.
  package static let variable = "DEPLOYMENT_GRADE"

  /// The variable that selects the grade development, unless ``variable`` is set.
  package static let developmentVariable = "DEV_MODE"

  /// The grade for a value of ``developmentVariable``: development for `true` and `1`.
  package init?(developmentMode text: String) {
    guard ["true", "1"].contains(text.lowercased()) else { return nil }
    self = .dev
  }

  /// The grade that the environment sets, else production.
  ///
  /// - Parameter variable: Looks up a variable; `nil` if it is unset or empty.
  /// - Throws: `UnknownGrade` if the variable of the grade is set to another word; an unknown value
  ///   of the development variable is ignored.
  package init(environment variable: (String) -> String?) throws(UnknownGrade) {
    guard let word = variable(Self.variable) else {
      self = variable(Self.developmentVariable).flatMap(Grade.init(developmentMode:)) ?? .prod
      return
    }
    guard let grade = Grade(word: word) else {
      throw UnknownGrade(word: word, variable: Self.variable)
    }
    self = grade
  }
}

/// An environment variable whose value is not a grade.
package struct UnknownGrade: ReportableError, Equatable {
  package let word: String
  package let variable: String

  package init(word: String, variable: String) {
    self.word = word
    self.variable = variable
  }

  package var code: ErrorCode { .usage }

  package var message: String { "\(variable) is \(word.quoted), which is not a grade" }

  package var hint: String? {
    let grades = Grade.allCases.map(\.rawValue)
    return Spelling.hint(for: word, among: grades)
      ?? "the grades are \(grades.joined(separator: ", "))"
  }
}
