import Files
import Foundation
import GRDB

/// The first bytes of a database: sqlite.org/fileformat.html, section 1.3.
struct DatabaseHeader {
  private let bytes: [UInt8]

  /// Reads the header of a file, or as much of it as there is.
  ///
  /// Call it only while this process has no connection to the database: closing the file releases
  /// the locks of all of them (sqlite.org/howtocorrupt.html, section 2.2).
  init(of path: FilePath) throws(FileError) {
    bytes = try OpenFile(path, shownAs: path, O_RDONLY | O_NONBLOCK).read(atMost: 100)
  }

  /// Whether the file begins like every database.
  private var isOfDatabase: Bool { bytes.starts(with: Array("SQLite format 3\u{0}".utf8)) }

  /// The mark of the program that the database belongs to; 0 for none.
  private var applicationID: Int32? {
    guard bytes.count >= 72 else { return nil }
    return bytes[68..<72].reduce(0) { $0 << 8 | Int32($1) }
  }

  /// Whether it has the mark of a store.
  var isOfStore: Bool { applicationID == Schema.applicationID }

  /// Whether it may belong to a store: a damaged header may have lost the mark.
  ///
  /// - Parameter size: The size of the file. It tells a database that lost its first bytes from
  ///   other files, because it is a multiple of the size of a page.
  /// - Returns: `false` if it belongs to another program, or to no database.
  func mayBeOfStore(size: Int) -> Bool {
    isOfStore
      || (isOfDatabase ? applicationID == 0 : size.isMultiple(of: StoreFile.smallestPage))
  }

  /// The version of the format, if SQLite only reads databases of that version.
  var readOnlyVersion: Int? {
    guard bytes.count > 18, bytes[18] > 2 else { return nil }
    return Int(bytes[18])
  }
}

extension DatabaseError {
  /// Whether SQLite cannot use the file at all, as opposed to a failure that may pass.
  var isOfUnusableFile: Bool {
    // SQLite refuses the version of a format with its general code.
    [.SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_ERROR].contains(resultCode)
  }

  /// Whether the file is sound, and has an index or a column of another program in an order that
  /// only that program knows.
  var isOfMissingCollation: Bool { extendedResultCode == .SQLITE_ERROR_MISSING_COLLSEQ }
}
