import EverrunsStore
import Files

extension ControlError {
  /// The problems of several names as one error.
  ///
  /// - Parameter errors: The errors, of which there is at least one.
  init(several errors: [ControlError]) {
    var all: [ControlError] = []
    for error in errors {
      let parts = if case .several(let parts) = error { parts } else { [error] }
      for part in parts where !all.contains(where: { $0.message == part.message }) {
        all.append(part)
      }
    }
    let references = all.compactMap { error -> ReferenceError? in
      if case .reference(let reference) = error { reference } else { nil }
    }
    if references.count == all.count, let error = ReferenceError(references) {
      self = .reference(error)
    } else {
      self = all.count == 1 ? all[0] : .several(all)
    }
  }

  /// Whether the error is about an unknown name, so that it is worth looking up the others.
  var isAboutName: Bool {
    switch self {
    case .reference, .file(_, .missing), .unknownAddresses, .notInDefinition, .several: true
    default: false
    }
  }

  /// Refuses names that already exist; does nothing if there are none.
  static func checkNoneExists(_ names: [String], noun: String, plural: String) throws {
    switch names.count {
    case 0: break
    case 1: throw exists(noun: noun, name: names[0], next: "replace it with --replace")
    default:
      throw severalExist(plural: plural, names: names, next: "replace them with --replace")
    }
  }

  /// Checks that names exist, and reports all unknown ones at once.
  ///
  /// - Parameters:
  ///   - names: The names to check.
  ///   - known: The names that exist.
  ///   - noun: The kind of thing, in the singular.
  ///   - plural: The kind of thing, in the plural.
  ///   - next: What to do if there are no close matches.
  /// - Throws: ``ControlError/reference(_:)`` with every unknown name.
  static func checkAllExist(
    _ names: [String], among known: [String], noun: String, plural: String, next: String
  ) throws {
    let existing = Set(known)
    var met: Set<String> = []
    try checkAllExist(
      names.filter { !existing.contains($0) && met.insert($0).inserted }, notIn: known, noun: noun,
      plural: plural, next: next)
  }

  /// Refuses names that are known not to exist; does nothing if there are none.
  static func checkAllExist(
    _ missing: [String], notIn known: [String], noun: String, plural: String, next: String
  ) throws {
    try check([missingNames(missing, notIn: known, noun: noun, plural: plural, next: next)])
  }

  /// The problem of names that are known not to exist; `nil` if there are none.
  static func missingNames(
    _ missing: [String], notIn known: [String], noun: String, plural: String, next: String
  ) -> ReferenceError? {
    switch missing.count {
    case 0: nil
    case 1: .notFound(noun: noun, name: missing[0], candidates: known, next: next)
    default: .severalNotFound(plural: plural, names: missing, candidates: known, next: next)
    }
  }

  /// Refuses references that have problems; does nothing if there are none.
  ///
  /// - Throws: ``ControlError/reference(_:)`` with every problem.
  static func check(_ problems: [ReferenceError?]) throws {
    if let error = ReferenceError(problems.compactMap(\.self)) {
      throw ControlError.reference(error)
    }
  }
}
