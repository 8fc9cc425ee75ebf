import Foundation

/// The files in the repository that are generated from a program.
///
/// With `RECORD_GENERATED=1` in the environment they are written again instead of compared.
package enum RecordedFiles {
  /// The top folder of the repository.
  private static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let isRecording =
    ProcessInfo.processInfo.environment["RECORD_GENERATED"] != nil

  /// Compares one file.
  ///
  /// - Returns: The name of the file if its text differs.
  package static func stale(_ text: String, in file: String) throws -> [String] {
    let url = repository.appending(path: file)
    if isRecording { try text.write(to: url, atomically: true, encoding: .utf8) }
    let stored = try? String(contentsOf: url, encoding: .utf8)
    return stored == text ? [] : [file]
  }

  /// Compares the files of a program in a folder that other programs may share.
  ///
  /// - Returns: The names of the files that are missing, have another text, or are no longer
  ///   generated.
  package static func stale(
    _ files: [(name: String, text: String)], of program: String, in folder: String
  ) throws -> [String] {
    let names = Set(files.map(\.name))
    let found = try FileManager.default.contentsOfDirectory(
      atPath: repository.appending(path: folder).path)
    let surplus = found.filter { belongs($0, to: program) && !names.contains($0) }
    if isRecording {
      for name in surplus {
        try FileManager.default.removeItem(at: repository.appending(path: "\(folder)/\(name)"))
      }
    }
    return try files.flatMap { try stale($0.text, in: "\(folder)/\($0.name)") }
      + (isRecording ? [] : surplus)
  }

  /// Whether a file is named for a program: `_NAME`, `NAME.…` or `NAME-…`.
  private static func belongs(_ file: String, to program: String) -> Bool {
    let name = file.hasPrefix("_") ? file.dropFirst() : file[...]
    guard name.hasPrefix(program) else { return false }
    return [nil, ".", "-"].contains(name.dropFirst(program.count).first)
  }
}
