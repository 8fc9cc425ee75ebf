import Files
import Foundation
import GRDB

extension StoreLocation {
  /// Runs `body`, which works with the store at this location.
  ///
  /// - Throws: The error that `body` throws, translated to ``StoreError``.
  func translatingErrors<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw StoreError(error, self)
    } catch let error as FileError {
      throw StoreError(error, self)
    } catch let error as UnusableSideFile {
      throw .unusableSideFile(self, error)
    } catch let error as DamagedColumn {
      throw .damaged(self, reason: error.reason)
    } catch let error as NumbersUsedUp {
      throw .numbersUsedUp(self, column: error.column, number: error.number)
    } catch let error as SchemaDamage {
      throw .incompleteSchema(
        self, problems: error.problems.map(\.reason),
        isRepairable: error.problems.allSatisfy(\.isRepairable))
    } catch let error as RowDecodingError {
      throw .damaged(self, reason: "\(error)")
    } catch {
      throw .inputOutput(self, reason: "\(error)")
    }
  }
}

extension StoreError {
  /// Translates a system error into a store error.
  init(_ error: FileError, _ location: StoreLocation) {
    switch error.failure {
    case .isDirectory: self = .isDirectory(location)
    case .permissionDenied(let reason): self = .permissionDenied(location, reason: reason)
    case .unusablePath(let reason): self = .unusablePath(location, reason: reason)
    case .cannotCreate(let reason): self = .cannotCreate(location, reason: reason)
    case .inputOutput(let reason): self = .inputOutput(location, reason: reason)
    case .locked: self = .busy(location)
    case .interrupted: self = .interrupted
    case .missing: self = .cannotCreate(location, reason: FileFailure.reason(ENOENT))
    case .exists: self = .cannotCreate(location, reason: FileFailure.reason(EEXIST))
    case .noWorkingFolder: self = .unusablePath(location, reason: FileFailure.reason(ENOENT))
    case .changed: self = .changedWhileRead(location)
    case .closed: self = .inputOutput(location, reason: FileFailure.reason(EPIPE))
    }
  }

  /// Translates an SQLite error into a store error.
  ///
  /// The codes are those of sqlite.org/rescode.html.
  ///
  /// - Parameters:
  ///   - error: The error.
  ///   - location: The location of the store.
  ///   - size: The size in bytes that the store was to have, if it is known.
  init(_ error: DatabaseError, _ location: StoreLocation, writing size: Int = 0) {
    let reason = Self.reason(error)
    switch error.resultCode {
    case .SQLITE_NOTADB: self = Self.unrecognized(location)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(location)
    case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
      self = Self.refusal(of: location) ?? .permissionDenied(location, reason: reason)
    case .SQLITE_CANTOPEN:
      self =
        Self.refusal(of: location) ?? Self.temporaryFolder
        ?? .cannotCreate(location, reason: reason)
    case .SQLITE_FULL, .SQLITE_IOERR:
      self =
        Self.temporaryFolder
        ?? .inputOutput(location, reason: Self.sizeLimit(of: location, writing: size) ?? reason)
    case .SQLITE_ERROR where error.isOfMissingCollation:
      self = .missingCollation(location, reason: reason)
    // An SQL error: our statements match the schema, so the schema was altered.
    case .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_ERROR: self = .damaged(location, reason: reason)
    default: self = .inputOutput(location, reason: reason)
    }
  }

  /// The error about a file that SQLite does not recognize as a database, so that no connection can
  /// use it.
  private static func unrecognized(_ location: StoreLocation) -> StoreError {
    guard case .file(let word) = location, let path = try? FilePath(word).followingLinks(),
      let header = try? DatabaseHeader(of: path), let status = try? FileStatus.of(path)
    else { return .notAStore(location) }
    if header.isOfStore { return .unreadable(location, reason: "its header is invalid") }
    return header.mayBeOfStore(size: status.size) ? .notADatabase(location) : .notAStore(location)
  }

  /// SQLite's message, or the generic one for the code if the connection has none.
  private static func reason(_ error: DatabaseError) -> String {
    let none = DatabaseError(resultCode: .SQLITE_OK).message
    if let message = error.message, message != none { return message }
    return DatabaseError(resultCode: error.extendedResultCode).message
      ?? "SQLite error \(error.extendedResultCode.rawValue)"
  }

  /// Why the system denies opening a store's file or writing beside it; SQLite does not report
  /// this.
  ///
  /// - Returns: `nil` if the system does not deny it.
  private static func refusal(of location: StoreLocation) -> StoreError? {
    guard case .file(let word) = location else { return nil }
    let path = FilePath(word)
    do throws(FileError) {
      let file = try path.followingLinks()
      let places = [R_OK, W_OK].flatMap { rights in
        TemporaryFile.withSideFiles(file).map { (place: $0, rights: rights) }
      }
      for (place, rights) in places + [(file.folder, W_OK | X_OK)]
      where !place.isAccessible(rights) {
        let isSideFile = place != file && place != file.folder
        if isSideFile, errno == ENOENT { continue }
        throw FileError(isSideFile ? place : path, FileFailure(creating: errno))
      }
      try OpenFile.checkDescriptors(for: path)
      return nil
    } catch {
      return StoreError(error, .file(path: error.path.word))
    }
  }

  /// Why a write failed, if the process may not make one of the store's files larger.
  ///
  /// - Returns: `nil` if none is that large, or was to be.
  private static func sizeLimit(of location: StoreLocation, writing size: Int) -> String? {
    guard case .file(let word) = location, let file = try? FilePath(word).followingLinks(),
      let limit = ResourceLimit.fileSize.value
    else { return nil }
    let sizes = TemporaryFile.withSideFiles(file).compactMap { file in
      ((try? FileStatus.of(file)) ?? nil)?.size
    }
    return (sizes + [size]).contains { $0 + largestPage > limit }
      ? FileFailure.reason(EFBIG) : nil
  }

  /// The size of the largest page in bytes: sqlite.org/fileformat.html, section 1.3.2.
  private static let largestPage = 1 << 16

  /// What is wrong with SQLite's temporary folder: sqlite.org/tempfiles.html, section 5.
  ///
  /// - Returns: `nil` if it exists and has space.
  private static var temporaryFolder: StoreError? {
    let variables: [String] = ["SQLITE_TMPDIR", "TMPDIR"]
    let named = variables.compactMap { name in getenv(name).map { String(cString: $0) } }
    let folders: [String] = named + ["/var/tmp", "/usr/tmp", "/tmp", "."]
    guard let folder = folders.first(where: { FilePath($0).isAccessible(W_OK | X_OK) }) else {
      let folder = folders[0]
      return FilePath(folder).isAccessible(W_OK | X_OK)
        ? nil : .noTemporarySpace(folder: folder, reason: FileFailure.reason(errno))
    }
    var status = statvfs()
    // SQLite writes at least a page and its journal there.
    guard statvfs(folder, &status) == 0, status.f_bavail * UInt(status.f_frsize) < 1 << 16 else {
      return nil
    }
    return .noTemporarySpace(folder: folder, reason: FileFailure.reason(ENOSPC))
  }
}
