import Foundation
import Messages

/// A path in the system's form: bytes, which need not be text.
///
/// Nothing is normalized: a trailing slash still denotes a folder, and `..` is left to the system,
/// which resolves symbolic links first.
package struct FilePath: Hashable, Sendable {
  /// The bytes, without the terminating 0.
  package let bytes: [UInt8]

  /// Creates a path from bytes.
  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Creates a path from a word of the command line or the environment, which may carry bytes that
  /// are not UTF-8.
  package init(_ word: String) {
    self.init(bytes: word.keptBytes)
  }

  /// The path as a word of the command line.
  package var word: String { String(keeping: bytes) }

  /// The system's folder for temporary files: environ(7).
  package static var scratchFolder: FilePath {
    FilePath(bytes: getenv("TMPDIR").map { Array(String(cString: $0).utf8) } ?? Array("/tmp".utf8))
  }

  /// Whether the path is absolute.
  package var isAbsolute: Bool { bytes.first == Self.slash }

  /// The parent folder; `.` if the path is a single component.
  package var folder: FilePath {
    guard let end = trimmed.lastIndex(of: Self.slash) else { return FilePath(".") }
    let folder = Array(trimmed[..<end])
    return folder.isEmpty ? FilePath("/") : FilePath(bytes: folder)
  }

  /// The last component.
  package var name: [UInt8] {
    let begin = trimmed.lastIndex(of: Self.slash).map { trimmed.index(after: $0) }
    return Array(trimmed[(begin ?? trimmed.startIndex)...])
  }

  /// The path resolved against a folder; an absolute path is unchanged.
  package func resolved(in folder: FilePath) -> FilePath {
    if isAbsolute { return self }
    return FilePath(
      bytes: folder.bytes + (folder.bytes.last == Self.slash ? [] : [Self.slash]) + bytes)
  }

  /// A path inside this folder.
  package func appending(_ name: [UInt8]) -> FilePath { FilePath(bytes: name).resolved(in: self) }

  /// The path with a suffix, as SQLite names the files beside a database.
  package func adding(suffix: String) -> FilePath { FilePath(bytes: bytes + Array(suffix.utf8)) }

  /// Calls a system function with the path.
  package func withSystemPath<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
    let characters = bytes.map(CChar.init(bitPattern:)) + [0]
    return body(characters)
  }

  /// Removes the file at the path, if there is one.
  package func remove() { _ = withSystemPath { unlink($0) } }

  private static let slash = UInt8(ascii: "/")

  /// The bytes without trailing slashes.
  private var trimmed: ArraySlice<UInt8> {
    guard let last = bytes.lastIndex(where: { $0 != Self.slash }) else { return bytes.prefix(0) }
    return bytes[...last]
  }
}

extension FilePath: CustomStringConvertible {
  /// The path in a printable form.
  package var description: String { word.showingKeptBytes }
}
