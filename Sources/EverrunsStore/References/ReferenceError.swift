import EverrunsDocuments
import Messages

/// A reference that does not name exactly one thing.
package enum ReferenceError: ReportableError, Equatable {
  /// The name does not exist.
  ///
  /// - Parameters:
  ///   - noun: The kind of thing, in the singular.
  ///   - candidates: The names that exist.
  ///   - next: What to do if there is no close match.
  case notFound(noun: String, name: String, candidates: [String], next: String?)
  /// Several names do not exist.
  ///
  /// - Parameters:
  ///   - plural: The kind of thing, in the plural.
  ///   - candidates: The names that exist.
  ///   - next: What to do if there are no close matches.
  case severalNotFound(plural: String, names: [String], candidates: [String], next: String?)
  /// A saved platform definition does not have the revision.
  case noRevision(platform: String, revision: String, latest: Int)
  /// A revision of a preset, which has none.
  case presetRevision(preset: String, revision: String)
  /// Several things have the same name.
  case severalFound(noun: String, name: String, ids: [String])
  /// Several references, each with a problem of its own.
  indirect case several([ReferenceError])

  /// The problems of several references as one; `nil` if there are none.
  package init?(_ problems: [ReferenceError]) {
    let all = problems.flatMap { problem in
      if case .several(let parts) = problem { parts } else { [problem] }
    }
    guard let first = all.first else { return nil }
    self = all.count == 1 ? first : .several(all)
  }

  package var code: ErrorCode {
    switch self {
    case .notFound, .severalNotFound, .noRevision, .presetRevision: .notFound
    case .severalFound: .ambiguous
    // An unknown name is the greater problem.
    case .several(let problems):
      problems.contains { $0.code == .notFound } ? .notFound : .ambiguous
    }
  }

  package var message: String {
    switch self {
    case .notFound(let noun, let name, _, _): Self.unknown(noun, [name])
    case .severalNotFound(let plural, let names, _, _): Self.unknown(plural, names)
    case .noRevision(let platform, let revision, _):
      "the platform \(platform.quoted) has no revision \(revision.quoted)"
    case .presetRevision(let preset, let revision):
      "\(preset.quoted) is a preset and has no revision \(revision.quoted)"
    case .severalFound(let noun, let name, let ids):
      "\(ids.count) \(noun)s are named \(name.quoted)"
    case .several(let problems): Self.message(problems)
    }
  }

  /// The sentences about several references; one about all unknown names of a kind.
  private static func message(_ problems: [ReferenceError]) -> String {
    problems.map { problem in
      guard case .notFound(let noun, _, _, _) = problem else { return problem.message }
      let names = problems.compactMap { other in
        if case .notFound(noun, let name, _, _) = other { name } else { nil }
      }
      return unknown(noun, names)
    }.withoutRepetitions.joined(separator: "; ")
  }

  private static func unknown(_ noun: String, _ names: [String]) -> String {
    "no \(noun) named \(names.map(\.quoted).joined(asListWith: "or"))"
  }

  package var hint: String? {
    switch self {
    case .notFound(_, let name, let candidates, let next):
      Spelling.hint(for: name, among: candidates) ?? next
    case .severalNotFound(_, let names, let candidates, let next):
      Spelling.hint(for: names, among: candidates) ?? next
    case .noRevision(let platform, _, let latest): "the latest is '\(platform)@\(latest)'"
    case .presetRevision(let preset, _): "write \(preset.quoted) without a revision"
    case .severalFound(_, _, let ids): "name it by its id: \(ids.joined(separator: ", "))"
    case .several(let problems): Self.hint(problems)
    }
  }

  /// The hints about several references, each with the name that it is about; one that is about
  /// all is said once.
  private static func hint(_ problems: [ReferenceError]) -> String? {
    problems.compactMap { problem in
      switch problem {
      case .notFound(_, let name, let candidates, let next):
        Spelling.namedHint(for: name, among: candidates) ?? next
      case .severalFound(_, let name, _): problem.hint.map { "\(name.quoted): \($0)" }
      case .severalNotFound, .noRevision, .presetRevision, .several: problem.hint
      }
    }.withoutRepetitions.joinedAsHints
  }
}
