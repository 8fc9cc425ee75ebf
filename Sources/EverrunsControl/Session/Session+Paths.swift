import Files

extension Session {
  /// The path of a word.
  ///
  /// - Throws: ``FileError`` if it is relative and the working folder was removed.
  func absolute(_ word: String) throws(FileError) -> FilePath {
    let path = FilePath(word)
    guard !path.isAbsolute else { return path }
    guard let folder = context.workingDirectory else { throw FileError(path, .noWorkingFolder) }
    return path.resolved(in: FilePath(folder))
  }
}
