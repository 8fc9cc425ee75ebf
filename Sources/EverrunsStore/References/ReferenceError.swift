import Messages

/// Why a reference names nothing, or not one thing.
package enum ReferenceError: ReportableError, Equatable {
  /// Nothing has the name.
  ///
  /// - Parameters:
  ///   - noun: What has such names, in the singular.
  ///   - candidates: The names that exist.
  ///   - next: What to do if none of them is close.
  case notFound(noun: String, name: String, candidates: [String], next: String?)
  /// Nothing has any of several names.
  ///
  /// - Parameter plural: What has such names, in the plural.
  case severalNotFound(plural: String, names: [String], candidates: [String])
  /// A saved platform definition does not have the revision.
  case noRevision(platform: String, revision: String, latest: Int)
  /// Several things have the name.
  case severalFound(noun: String, name: String, ids: [String])

  package var code: ErrorCode {
    switch self {
    case .notFound, .severalNotFound, .noRevision: .notFound
    case .severalFound: .ambiguous
    }
  }

  package var message: String {
    switch self {
    case .notFound(let noun, let name, _, _): "no \(noun) named \(name.quoted)"
    case .severalNotFound(let plural, let names, _):
      "no \(plural) named \(names.map(\.quoted).joined(asListWith: "or"))"
    case .noRevision(let platform, let revision, _):
      "the platform \(platform.quoted) has no revision \(revision.quoted)"
    case .severalFound(let noun, let name, let ids):
      "\(ids.count) \(noun)s are named \(name.quoted)"
    }
  }

  package var hint: String? {
    switch self {
    case .notFound(_, let name, let candidates, let next):
      Spelling.hint(for: name, among: candidates) ?? next
    case .severalNotFound(_, let names, let candidates):
      Self.suggestions(for: names, among: candidates)
    case .noRevision(let platform, _, let latest): "the latest is '\(platform)@\(latest)'"
    case .severalFound(_, _, let ids): "name it by its id: \(ids.joined(separator: ", "))"
    }
  }

  /// The names that were probably meant, for those of which that can be told.
  private static func suggestions(for names: [String], among candidates: [String]) -> String? {
    let suggestions = names.compactMap { name in
      Spelling.closest(to: name, among: candidates).map {
        "for \(name.quoted), did you mean \($0.quoted)?"
      }
    }
    return suggestions.isEmpty ? nil : suggestions.joined(separator: " ")
  }
}
