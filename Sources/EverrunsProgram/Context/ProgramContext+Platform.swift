import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Files
import Foundation

extension ProgramContext {
  /// The definition that a command serves or runs: the given one, else the store's default, else
  /// the first preset.
  ///
  /// - Parameters:
  ///   - reference: The reference that names it; `nil` for the default.
  ///   - location: The location of the store, which may not exist yet; `nil` for no store.
  /// - Returns: The definition and its reference.
  /// - Throws: ``ProgramFailure`` if the store or a file cannot be read, or nothing has that name.
  func platform(
    _ reference: String?, store location: StoreLocation?
  ) throws(ProgramFailure) -> LoadedPlatform {
    let store: (any Store)?
    do throws(StoreError) {
      store = try location.flatMap { location throws(StoreError) in
        try StoreKinds([.sqlite]).openForReading(location)
      }
    } catch {
      throw .store(error)
    }
    defer { store?.close() }
    return try StockLookup(environment: environment, store: store).findPlatform(reference)
  }
}

/// Finds definitions for the stock program.
private struct StockLookup: PlatformLookup {
  let environment: [String: String]
  let store: (any Store)?

  var presets: [PlatformPreset] { PlatformPreset.stock }

  var hintForUnknownPlatform: String { "list them: everrunsctl platform list" }

  func grade() throws(ProgramFailure) -> Grade {
    do throws(UnknownGrade) { return try Grade(environment: environment.variable) } catch {
      throw .grade(error)
    }
  }

  func storeForReading() throws(ProgramFailure) -> (any Store)? { store }

  func readPlatform(
    _ path: String
  ) throws(ProgramFailure) -> (document: PlatformDocument, bytes: [UInt8]) {
    let grade = try grade()
    let bytes: [UInt8]
    do throws(FileError) {
      let file = FilePath(path)
      bytes = try OpenFile(file, shownAs: file, O_RDONLY).read(atMost: DocumentLimits.bytes)
    } catch {
      throw .unreadable(path: path, error.failure)
    }
    do throws(DocumentRefusal) {
      let node =
        DocumentFileName.isYAML(path)
        ? try SourceNode(yaml: bytes) : try SourceNode(json: bytes)
      return (try PlatformDocument(reading: node, grade: grade), bytes)
    } catch {
      throw .document(source: path, error)
    }
  }
}
