import Foundation

@testable import Files

/// A folder that is there for one test.
struct TemporaryFolder {
  let path: FilePath

  /// The path of a file in the folder.
  func file(_ name: String) -> FilePath { path.appending(FilePath(name).bytes) }

  /// The names of everything in the folder, in order.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path.word)) ?? []).sorted()
  }

  /// Writes a file as any program would.
  @discardableResult
  func put(_ text: String, _ name: String) throws -> FilePath {
    let file = try OpenFile(
      file(name), shownAs: file(name), O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
    try file.write(Array(text.utf8))
    return self.file(name)
  }

  /// The text of a file.
  func text(_ name: String) throws -> String {
    let bytes = try OpenFile(file(name), shownAs: file(name), O_RDONLY).read(atMost: 1 << 20)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Runs a test in a folder that is removed afterwards, whatever happens.
func withFolder(_ body: (TemporaryFolder) throws -> Void) throws {
  let path = FileManager.default.temporaryDirectory.path + "/everruns-files-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try body(TemporaryFolder(path: FilePath(path)))
}
