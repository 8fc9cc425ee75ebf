import Messages

/// A path as the system has it: bytes, which need not be text.
///
/// Nothing is normalized: a slash at the end still says that a folder is meant, and `..` is left to
/// the system, which follows symbolic links first.
package struct FilePath: Hashable, Sendable {
  /// The bytes, without the 0 at the end.
  package let bytes: [UInt8]

  /// A path of these bytes.
  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A path from a word of the command line or the environment, which may keep bytes that are not
  /// UTF-8.
  package init(_ word: String) {
    self.init(bytes: word.keptBytes)
  }

  /// The path as a word, as it came from the command line.
  package var word: String { String(keeping: bytes) }

  /// Whether the path begins at the root.
  package var isAbsolute: Bool { bytes.first == Self.slash }

  /// The folder that the last part is in; `.` where the path has only that part.
  package var folder: FilePath {
    guard let end = trimmed.lastIndex(of: Self.slash) else { return FilePath(".") }
    let folder = Array(trimmed[..<end])
    return folder.isEmpty ? FilePath("/") : FilePath(bytes: folder)
  }

  /// The last part of the path.
  package var name: [UInt8] {
    let begin = trimmed.lastIndex(of: Self.slash).map { trimmed.index(after: $0) }
    return Array(trimmed[(begin ?? trimmed.startIndex)...])
  }

  /// The path that this one names if it begins in a folder; an absolute one stays as it is.
  package func resolved(in folder: FilePath) -> FilePath {
    if isAbsolute { return self }
    return FilePath(
      bytes: folder.bytes + (folder.bytes.last == Self.slash ? [] : [Self.slash]) + bytes)
  }

  /// The path of something in this folder.
  package func appending(_ name: [UInt8]) -> FilePath { FilePath(bytes: name).resolved(in: self) }

  /// The path with something at its end, as SQLite names the files beside a database.
  package func adding(suffix: String) -> FilePath { FilePath(bytes: bytes + Array(suffix.utf8)) }

  /// Calls the system with the path.
  package func withSystemPath<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
    let characters = bytes.map(CChar.init(bitPattern:)) + [0]
    return body(characters)
  }

  private static let slash = UInt8(ascii: "/")

  /// The bytes without slashes at the end.
  private var trimmed: ArraySlice<UInt8> {
    guard let last = bytes.lastIndex(where: { $0 != Self.slash }) else { return bytes.prefix(0) }
    return bytes[...last]
  }
}

extension FilePath: CustomStringConvertible {
  /// The path as people and programs are shown it.
  package var description: String { word.showingKeptBytes }
}
