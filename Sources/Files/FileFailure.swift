import Foundation

/// An error that concerns a file.
package struct FileError: Error, Equatable {
  /// The path, as the user wrote it.
  package let path: FilePath
  /// The failure.
  package let failure: FileFailure

  /// Creates an error.
  package init(_ path: FilePath, _ failure: FileFailure) {
    self.path = path
    self.failure = failure
  }
}

/// Why a file could not be read or written.
///
/// This is the only place that interprets error numbers of the system; the reasons are the system's
/// own words.
package enum FileFailure: Error, Equatable {
  case missing
  case isDirectory
  /// The file already exists and may only be overwritten explicitly.
  case exists
  /// The path cannot be resolved: a cycle of links, or a name that is too long.
  case unusablePath(reason: String)
  /// The path is relative, and the working folder was removed.
  case noWorkingFolder
  case permissionDenied(reason: String)
  case cannotCreate(reason: String)
  case inputOutput(reason: String)
  /// Another program has held a lock on the file for too long.
  case locked
  /// Another program changed the file after it was read.
  case changed
  case interrupted
  /// The other end of a pipe was closed.
  case closed
}

extension FileFailure {
  /// The failure of opening or reading a file, or of writing to an open one.
  ///
  /// - Parameter code: The system's error number, errno(3).
  package init(reading code: Int32) {
    let reason = Self.reason(code)
    self =
      switch code {
      case ENOENT, ENOTDIR: .missing
      case EISDIR: .isDirectory
      case ELOOP, ENAMETOOLONG: .unusablePath(reason: reason)
      case EACCES, EPERM, EROFS: .permissionDenied(reason: reason)
      case EPIPE: .closed
      default: .inputOutput(reason: reason)
      }
  }

  /// The failure of creating a file.
  ///
  /// - Parameter code: The system's error number, errno(3).
  package init(creating code: Int32) {
    let reason = Self.reason(code)
    self =
      switch code {
      case EEXIST: .exists
      case ENOENT: .cannotCreate(reason: "its folder does not exist")
      case ENOTDIR: .cannotCreate(reason: "a part of its path is not a folder")
      case EISDIR: .cannotCreate(reason: "it is a folder")
      case EACCES, EPERM, EROFS: .permissionDenied(reason: reason)
      case ENOSPC, EIO, EDQUOT, EFBIG, EMFILE, ENFILE: .inputOutput(reason: reason)
      case EPIPE: .closed
      default: .cannotCreate(reason: reason)
      }
  }

  /// The system's words for an error number, as part of a sentence: `no space left on device`.
  package static func reason(_ code: Int32) -> String {
    let words = String(cString: strerror(code))
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
