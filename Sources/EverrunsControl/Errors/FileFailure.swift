import Foundation

/// Why a file could not be read or written.
enum FileFailure: Error, Equatable {
  case missing
  case isDirectory
  case permissionDenied
  case cannotCreate(reason: String)
  case inputOutput(reason: String)
}

extension FileFailure {
  /// The failure of opening or reading a file, or of writing to an open one.
  ///
  /// - Parameter code: The system's error number, errno(3).
  init(reading code: Int32) {
    self =
      switch code {
      case ENOENT, ENOTDIR: .missing
      case EISDIR: .isDirectory
      case EACCES, EPERM, EROFS: .permissionDenied
      default: .inputOutput(reason: String(cString: strerror(code)))
      }
  }

  /// The failure of creating a file.
  ///
  /// - Parameter code: The system's error number, errno(3).
  init(creating code: Int32) {
    self =
      switch code {
      case EACCES, EPERM, EROFS: .permissionDenied
      case ENOSPC, EIO, EDQUOT: .inputOutput(reason: String(cString: strerror(code)))
      default: .cannotCreate(reason: String(cString: strerror(code)))
      }
  }
}
