package import Files
import Foundation

/// A store that can be copied to a file.
package protocol CopyableStore: Store {
  /// Copies a consistent snapshot of the store to a file while others use the store.
  ///
  /// During a write transaction, the copy is the state before it; the store's lock protects that
  /// state.
  ///
  /// An existing database is overwritten through SQLite, so that programs that have it open see the
  /// copy; any other file is replaced when the copy is complete. A stray log beside the target
  /// never becomes part of the copy.
  ///
  /// - Parameters:
  ///   - target: The destination of the copy.
  ///   - writer: Writes files.
  /// - Returns: The serial of the copy.
  /// - Throws: ``FileError`` about the target, or ``StoreError`` about the store.
  func backUp(to target: CopyTarget, with writer: FileWriter) throws -> Int

  /// Copies a consistent snapshot of the store to a temporary file and passes its bytes on.
  ///
  /// - Parameters:
  ///   - folder: The folder for temporary files.
  ///   - writer: Writes files.
  ///   - output: Receives the bytes, in pieces.
  /// - Throws: An error of the store or of the temporary file, or the error that `output` throws.
  func backUp(
    throughFolder folder: FilePath, with writer: FileWriter, to output: ([UInt8]) throws -> Void
  ) throws

  /// A private copy with the schema of this version, for reading a store of an older one before it
  /// is opened for writing, which migrates it in the same way.
  func migratedCopy() throws(StoreError) -> Self
}

/// The destination of a copy.
package struct CopyTarget {
  /// The file.
  package let path: FilePath
  /// The path as the user wrote it, for errors.
  package let name: FilePath
  /// Whether an existing file may be overwritten.
  package let overwriting: Bool
  /// The path whose temporary files those of this copy are, next to the file.
  ///
  /// A later copy with the same owner removes what a killed program left.
  package let temporaryOwner: FilePath?

  /// Creates a target.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - name: The path as the user wrote it, for errors.
  ///   - overwriting: Whether an existing file may be overwritten.
  ///   - owner: The owner of temporary files, for a file whose path is not used again; otherwise
  ///     the file itself.
  package init(
    path: FilePath, name: FilePath, overwriting: Bool, ownerOfTemporaries owner: FilePath? = nil
  ) {
    self.path = path
    self.name = name
    self.overwriting = overwriting
    temporaryOwner = owner
  }

  /// Checks that the copy can be written, as far as that can be told without writing.
  ///
  /// - Throws: `FileError` if it cannot.
  package func check() throws(FileError) {
    switch try FileStatus.of(path)?.kind {
    case .folder: throw FileError(name, FileFailure(creating: EISDIR))
    case .regular where !path.namesOpenFile:
      guard overwriting else { throw FileError(name, .exists) }
    case .regular, .special: break
    case nil:
      guard try path.outputTarget(shownAs: name).folder.isAccessible(W_OK | X_OK) else {
        throw FileError(name, FileFailure(creating: errno))
      }
    }
  }
}
