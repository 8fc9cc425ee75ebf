import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

extension Session {
  /// The definition that the command is about: the argument, else the option, else the environment,
  /// else the one in use, else `default` if it is saved, else the first preset.
  func platform(_ argument: String? = nil) throws -> LoadedPlatform {
    let (reference, isChosen) = try platformReference(argument)
    return try loadPlatform(reference, isChosen: isChosen)
  }

  /// The reference of that definition, and whether somebody named or chose it.
  func platformReference(_ argument: String? = nil) throws -> (String, isChosen: Bool) {
    if let named = argument ?? arguments[GlobalOptions.platform] { return (named, true) }
    let store = try storeForReading()
    if let active = try store?.activePlatform(orElse: Self.defaultName) {
      return (active, true)
    }
    return (program.presets.first?.name ?? "", false)
  }

  /// The name under which the first change of a fresh store is saved.
  static let defaultName = "default"

  /// Loads what a reference names.
  func loadPlatform(_ text: String, isChosen: Bool) throws -> LoadedPlatform {
    let presets = program.presets.map(\.name)
    guard let target = PlatformReference(text, presets: presets) else {
      throw try platformNotFound(text)
    }
    switch target {
    case .preset(let name):
      let grade = try grade()
      guard let preset = program.presets.first(where: { $0.name == name }) else {
        throw try platformNotFound(text)
      }
      return LoadedPlatform(
        reference: text, target: target, isChosen: isChosen,
        fingerprint: preset.fingerprint(grade: grade), revision: nil, grade: grade,
        definition: preset.definition(grade: grade))
    case .saved(let name, let selector):
      guard let revision = try storeForReading()?.revision(of: name, selector) else {
        throw try platformNotFound(text)
      }
      return LoadedPlatform(
        reference: text, target: target, isChosen: isChosen,
        fingerprint: revision.definition.fingerprint, revision: revision.number,
        grade: try grade(), definition: revision.definition)
    case .file, .standardInput:
      let (document, bytes) = try readPlatform(text)
      return LoadedPlatform(
        reference: text.showingKeptBytes, target: target, isChosen: isChosen, document: document,
        bytes: bytes)
    }
  }

  /// Reads a definition from a file, or from standard input for `-`.
  func readPlatform(_ path: String) throws -> (PlatformDocument, bytes: [UInt8]) {
    let grade = try grade()
    let bytes = try readBytes(path)
    let node = try document(bytes, of: path)
    do throws(DocumentRefusal) {
      return (try PlatformDocument(reading: node, grade: grade), bytes)
    } catch {
      throw ControlError.document(source: path, error)
    }
  }

  private func platformNotFound(_ text: String) throws -> ControlError {
    let saved = try storeForReading()?.platforms() ?? []
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let platform = saved.first(where: { $0.name == parts[0] }) {
      return .noRevision(
        platform: platform.name, revision: String(parts[1]), latest: platform.latestRevision)
    }
    // A word that is no path may still be meant as one.
    if (try? isRegularFile(text)) == true {
      return .notFound(
        noun: "platform", name: text, candidates: [],
        next: "for the file, write ./\(text.shellQuoted)")
    }
    return .notFound(
      noun: "platform", name: String(parts.first ?? ""),
      candidates: program.presets.map(\.name) + saved.map(\.name),
      next: "'\(program.name) platform list' shows what there is")
  }
}
