import EverrunsDocuments

/// A parsed reference to a platform definition.
package enum PlatformReference: Equatable {
  /// A definition that ships with the program.
  case preset(String)
  /// A revision of a saved definition.
  case saved(String, RevisionSelector)
  /// A file.
  case file(String)
  /// Standard input.
  case standardInput

  /// Parses a reference, and fails if it is not a valid one.
  ///
  /// - Parameters:
  ///   - text: The reference, as the user wrote it.
  ///   - presets: The names of the presets; a saved definition cannot have one of them.
  package init?(_ text: String, presets: [String]) {
    if text == "-" {
      self = .standardInput
    } else if text.contains("/") || DocumentFileName.stem(of: text) != nil {
      self = .file(text)
    } else if presets.contains(text) {
      self = .preset(text)
    } else {
      let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
      guard parts.count <= 2, let name = parts.first, IdentifierGrammar.name.accepts(name) else {
        return nil
      }
      guard let selector = parts.count == 2 ? RevisionSelector(parts[1]) : .latest else {
        return nil
      }
      self = .saved(name, selector)
    }
  }

  /// The saved definition and its revision, if it refers to one.
  package var savedRevision: (name: String, revision: RevisionSelector)? {
    if case .saved(let name, let revision) = self { (name, revision) } else { nil }
  }

  /// The name of the saved definition, if it refers to one.
  package var savedName: String? {
    if case .saved(let name, _) = self { name } else { nil }
  }
}
