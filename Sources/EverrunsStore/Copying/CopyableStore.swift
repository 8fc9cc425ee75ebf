package import Files

/// A store that can be copied to a file.
package protocol CopyableStore: Store {
  /// Copies one moment's state of the store to a file while others go on using it.
  ///
  /// In the course of a change it is the state before it, which the store's lock keeps.
  ///
  /// A database that is there already is written through SQLite, which takes its locks and empties
  /// its log; any other file is replaced once the copy is complete. What lies beside the target as a
  /// log never becomes part of it.
  ///
  /// - Parameters:
  ///   - target: Where the copy goes.
  ///   - writer: Writes files.
  /// - Returns: The serial of the copy.
  /// - Throws: ``FileError`` about the target, or ``StoreError`` about the store.
  func backUp(to target: CopyTarget, with writer: FileWriter) throws -> Int

  /// Copies one moment's state of the store to a temporary file and passes its bytes on.
  ///
  /// - Parameters:
  ///   - folder: The folder for temporary files.
  ///   - output: Takes the bytes, in pieces.
  func backUp(throughFolder folder: FilePath, to output: ([UInt8]) throws -> Void) throws
}

/// Where a copy of a store goes.
package struct CopyTarget {
  /// The file.
  package let path: FilePath
  /// The path as the user wrote it, for errors.
  package let name: FilePath
  /// Whether a file that is there may be overwritten.
  package let overwriting: Bool

  /// Puts the parts together.
  package init(path: FilePath, name: FilePath, overwriting: Bool) {
    self.path = path
    self.name = name
    self.overwriting = overwriting
  }
}
