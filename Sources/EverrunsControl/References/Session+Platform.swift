import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

extension Session: PlatformLookup {
  var presets: [PlatformPreset] { program.presets }

  var hintForUnknownPlatform: String { listing("platform", about: .store) }

  func hintForFile(_ word: String) -> String? {
    (try? isRegularFile(word)) == true ? "for the file, write ./\(word.shellQuoted)" : nil
  }

  /// The definition that the command is about: the argument, else the option, else the environment,
  /// else the chosen one, else `default` if it is saved, else the first preset.
  func platform(_ argument: String? = nil) throws(ControlError) -> LoadedPlatform {
    let named = if let argument { argument } else { try namedPlatform }
    do throws(ControlError) {
      return try findPlatform(named)
    } catch {
      guard named == nil, case .reference(.notFound(let noun, let name, _, _)) = error else {
        throw error
      }
      throw .notFound(
        noun: noun, name: name, candidates: [],
        next: "the store names it as the default; choose another: "
          + next("platform use NAME", about: .named))
    }
  }

  /// Reads a definition from a file, or from standard input for `-`.
  func readPlatform(
    _ path: String
  ) throws(ControlError) -> (document: PlatformDocument, bytes: [UInt8]) {
    let grade = try grade()
    do {
      let bytes = try readBytes(path)
      let node = try document(bytes, of: path)
      return (try PlatformDocument(reading: node, grade: grade), bytes)
    } catch let error as DocumentRefusal {
      throw .document(source: path, error)
    } catch {
      throw ControlError(wrapping: error)
    }
  }
}

extension Session {
  /// The newest revision of a saved definition that cannot be read, which a new one is to replace;
  /// `nil` if it can be read, or if there is none.
  func unreadableRevision(of name: String) throws -> Int? {
    do {
      _ = try storeForReading()?.revision(of: name, .latest)
      return nil
    } catch StoreError.damagedDefinition(_, _, let revision) {
      note("'\(name)@\(revision)' cannot be read; a new revision replaces it")
      return revision
    }
  }
}

extension Store {
  /// The newest revision of a saved definition; `nil` if it cannot be read.
  func readableDefinition(_ name: String) throws(StoreError) -> PlatformDefinition? {
    do throws(StoreError) {
      return try revision(of: name, .latest)?.definition
    } catch .damagedDefinition, .damaged {
      return nil
    } catch {
      throw error
    }
  }
}
