package import Everruns
import EverrunsDocuments
import Messages

/// What a program must have to find the platform definition that a reference names, or the default
/// one.
///
/// Grade, store and files are only accessed when they are needed.
package protocol PlatformLookup {
  /// The program's error.
  associatedtype Failure: ProgramError

  /// The definitions that ship with the program, the default first.
  var presets: [PlatformPreset] { get }

  /// The hint for an unknown name without a close match.
  var hintForUnknownPlatform: String { get }

  /// The hint for an unknown name that is the name of a file; else `nil`.
  func hintForFile(_ word: String) -> String?

  /// The deployment grade, which decides what presets contain.
  func grade() throws(Failure) -> Grade

  /// The store with the saved definitions; `nil` if it does not exist.
  func storeForReading() throws(Failure) -> (any Store)?

  /// Reads a document from a file, or from standard input for `-`.
  func readPlatform(
    _ path: String
  ) throws(Failure) -> (document: PlatformDocument, bytes: [UInt8])
}

extension PlatformLookup {
  package func hintForFile(_ word: String) -> String? { nil }

  /// The definition that a reference names.
  ///
  /// Without a reference: the one chosen earlier, else ``LoadedPlatform/defaultName`` if it is
  /// saved, else the first preset.
  package func findPlatform(_ reference: String?) throws(Failure) -> LoadedPlatform {
    let (reference, isChosen) = try platformReference(reference)
    return try loadPlatform(reference, isChosen: isChosen)
  }

  /// The reference of that definition, and whether it was named or chosen.
  package func platformReference(
    _ named: String?
  ) throws(Failure) -> (reference: String, isChosen: Bool) {
    if let named { return (named, true) }
    let store = try storeForReading()
    if let active = try Failure.asking(store?.activePlatform(orElse: LoadedPlatform.defaultName)) {
      return (active, true)
    }
    return (presets.first?.name ?? "", false)
  }

  /// The definition that a reference names.
  ///
  /// - Parameters:
  ///   - text: The reference.
  ///   - isChosen: Whether the user named the reference or chose it earlier; `false` for the first
  ///     preset, which is the last resort.
  /// - Returns: The definition, with its revision or the bytes of its file.
  /// - Throws: The program's error if there is no such definition, or if the store or the file
  ///   cannot be read.
  package func loadPlatform(_ text: String, isChosen: Bool) throws(Failure) -> LoadedPlatform {
    guard let target = PlatformReference(text, presets: presets.map(\.name)) else {
      throw try notFound(text)
    }
    switch target {
    case .preset(let name):
      guard let preset = presets.first(where: { $0.name == name }) else {
        throw try notFound(text)
      }
      return LoadedPlatform(
        reference: text, isChosen: isChosen, grade: try grade(), preset: preset)
    case .saved(let name, let selector):
      let store = try storeForReading()
      guard let revision = try Failure.asking(store?.revision(of: name, selector)) else {
        throw try notFound(text)
      }
      return LoadedPlatform(
        reference: text, target: target, isChosen: isChosen, grade: try grade(),
        definition: revision.definition, revision: revision.number)
    case .file, .standardInput:
      let (document, bytes) = try readPlatform(text)
      return LoadedPlatform(
        reference: text.showingKeptBytes, target: target, isChosen: isChosen, grade: try grade(),
        document: document, bytes: bytes)
    }
  }

  private func notFound(_ text: String) throws(Failure) -> Failure {
    let store = try storeForReading()
    let saved = try Failure.asking(store?.platforms()) ?? []
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let platform = saved.first(where: { $0.name == parts[0] }) {
      return Failure(
        ReferenceError.noRevision(
          platform: platform.name, revision: String(parts[1]), latest: platform.latestRevision))
    }
    if parts.count == 2, presets.contains(where: { $0.name == parts[0] }) {
      return Failure(
        ReferenceError.presetRevision(preset: String(parts[0]), revision: String(parts[1])))
    }
    // A word that is not a path may still be intended as one.
    if let hint = hintForFile(text) {
      return Failure(
        ReferenceError.notFound(noun: "platform", name: text, candidates: [], next: hint))
    }
    let name = parts.first.flatMap { $0.isEmpty ? nil : String($0) } ?? text
    return Failure(
      ReferenceError.notFound(
        noun: "platform", name: name,
        candidates: presets.map(\.name) + saved.map(\.name), next: hintForUnknownPlatform))
  }
}
