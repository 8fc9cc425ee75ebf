import Foundation
import Testing

@testable import Files

@Suite struct FileWriterTests {
  /// A writer with its notes.
  private final class Writing {
    var notes: [FileWriter.Note] = []
    private(set) lazy var writer = FileWriter(
      waiting: .zero, interruption: {}, note: { [self] in notes.append($0) })

    func write(_ text: String, to path: FilePath, overwriting: Bool = false) throws {
      try writer.write(path, shownAs: path, overwriting: overwriting) { try $0(Array(text.utf8)) }
    }
  }

  private func attributes(_ path: FilePath) throws -> stat {
    try #require(try FileStatus.of(path)).status
  }

  @Test func `a path at which no file can be created is not a missing input`() throws {
    try withFolder { folder in
      let file = try folder.put("x", "f")
      let first = folder.file("first")
      let second = folder.file("second")
      #expect(first.withSystemPath { path in second.withSystemPath { symlink($0, path) } } == 0)
      #expect(second.withSystemPath { path in first.withSystemPath { symlink($0, path) } } == 0)
      for (path, code) in [
        (file.appending(Array("g".utf8)), ENOTDIR), (first, ELOOP),
        (folder.file(String(repeating: "n", count: 300)), ENAMETOOLONG),
      ] {
        #expect(throws: FileError(path, FileFailure(creating: code))) {
          try Writing().write("text", to: path, overwriting: true)
        }
        guard case .cannotCreate = FileFailure(creating: code) else {
          Issue.record("\(code)")
          continue
        }
      }
    }
  }

  @Test func `a new file is complete and alone`() throws {
    try withFolder { folder in
      try Writing().write("text", to: folder.file("f"))
      #expect(try folder.text("f") == "text")
      #expect(folder.names == ["f"])
    }
  }

  @Test func `an existing file is overwritten only on request`() throws {
    try withFolder { folder in
      let file = try folder.put("old", "f")
      #expect(throws: FileError(file, .exists)) { try Writing().write("new", to: file) }
      #expect(try folder.text("f") == "old")
      try Writing().write("new", to: file, overwriting: true)
      #expect(try folder.text("f") == "new")
    }
  }

  @Test func `a name as long as the system allows can be written and rewritten`() throws {
    try withFolder { folder in
      let name = String(repeating: "n", count: 255)
      try Writing().write("1", to: folder.file(name))
      try Writing().write("2", to: folder.file(name), overwriting: true)
      #expect(try folder.text(name) == "2")
    }
  }

  @Test func `a failure while writing leaves everything unchanged`() throws {
    struct Failure: Error {}
    try withFolder { folder in
      try folder.put("old", "f")
      for name in ["f", "g"] {
        #expect(throws: Failure.self) {
          try Writing().writer.write(
            folder.file(name), shownAs: folder.file(name), overwriting: true
          ) {
            try $0(Array("half".utf8))
            throw Failure()
          }
        }
      }
      #expect(try folder.text("f") == "old")
      #expect(folder.names == ["f"])
    }
  }

  @Test func `an interruption removes the unfinished file`() throws {
    try withFolder { folder in
      let file = folder.file("f")
      let writer = FileWriter(
        waiting: .zero,
        interruption: { () throws(FileError) in
          if folder.names.count > 0 { throw FileError(file, .interrupted) }
        }, note: { _ in })
      #expect(throws: FileError(file, .interrupted)) {
        try writer.write(file, shownAs: file, overwriting: false) { try $0([1]) }
      }
      #expect(folder.names == [])
    }
  }

  @Test func `links are followed to existing and missing targets`() throws {
    try withFolder { folder in
      try folder.put("old", "there")
      for (link, target) in [("a", "there"), ("b", "gone")] {
        _ = folder.file(link).withSystemPath { symlink(target, $0) }
        try Writing().write("new", to: folder.file(link), overwriting: true)
        #expect(try folder.text(target) == "new")
      }
      #expect(folder.names == ["a", "b", "gone", "there"])
    }
  }

  @Test func `a pipe stays a pipe and is written to`() throws {
    try withFolder { folder in
      let pipe = folder.file("pipe")
      #expect(pipe.withSystemPath { mkfifo($0, 0o600) } == 0)
      let reader = try OpenFile(pipe, shownAs: pipe, O_RDONLY | O_NONBLOCK)
      try Writing().write("text", to: pipe)
      #expect(try reader.read(atMost: 4) == Array("text".utf8))
      #expect(try FileStatus.of(pipe)?.kind == .special)
    }
  }

  @Test func `a pipe that nobody reads is waited for until someone asks to stop`() throws {
    try withFolder { folder in
      let pipe = folder.file("pipe")
      #expect(pipe.withSystemPath { mkfifo($0, 0o600) } == 0)
      var asked = 0
      let writer = FileWriter(
        waiting: .zero,
        interruption: { () throws(FileError) in
          asked += 1
          if asked > 3 { throw FileError(pipe, .interrupted) }
        }, note: { _ in })
      #expect(throws: FileError(pipe, .interrupted)) {
        try writer.write(pipe, shownAs: pipe, overwriting: false) { try $0([1]) }
      }
    }
  }

  @Test func `a folder cannot be overwritten by a file`() throws {
    try withFolder { folder in
      #expect(throws: FileError(folder.path, FileFailure(creating: EISDIR))) {
        try Writing().write("", to: folder.path, overwriting: true)
      }
      let nowhere = folder.file("none/f")
      #expect(throws: FileError(nowhere, FileFailure(creating: ENOENT))) {
        try Writing().write("", to: nowhere)
      }
    }
  }

  @Test func `mode and extended attributes of a replaced file stay`() throws {
    try withFolder { folder in
      let file = try folder.put("old", "f")
      let before = try OpenFile(file, shownAs: file, O_RDWR)
      fchmod(before.descriptor, 0o640)
      let takesAttributes = FileAttributesForTests.set("user.note", [1, 0, 2], before)
      let writing = Writing()
      try writing.write("new", to: file, overwriting: true)
      let after = try OpenFile(file, shownAs: file, O_RDONLY)
      #expect(try attributes(file).st_mode & 0o7777 == 0o640)
      if takesAttributes {
        #expect(FileAttributesForTests.get("user.note", after) == [1, 0, 2])
      }
      #expect(writing.notes == [])
    }
  }

  /// The Linux kernel's form of an access control list, `linux/posix_acl_xattr.h`: the owner reads
  /// and writes, the user 4321 and the group read, others do nothing.
  private static let accessControlList: [UInt8] =
    [2, 0, 0, 0]
    + [(1, 6, nil), (2, 4, 4321), (4, 4, nil), (16, 4, nil), (32, 0, nil)].flatMap {
      (tag: UInt8, rights: UInt8, user: UInt32?) in
      [tag, 0, rights, 0] + withUnsafeBytes(of: (user ?? .max).littleEndian, Array.init)
    }

  @Test(arguments: [true, false])
  func `replacing or editing a file keeps its access control list`(
    isEdit: Bool
  ) throws {
    try withFolder { folder in
      let file = try folder.put("old", "f")
      let before = try OpenFile(file, shownAs: file, O_RDWR)
      let name = "system.posix_acl_access"
      guard FileAttributesForTests.set(name, Self.accessControlList, before) else { return }
      let writing = Writing()
      if isEdit {
        try writing.writer.replace(
          file, shownAs: file, ifStill: Array("old".utf8), with: Array("new".utf8))
      } else {
        try writing.write("new", to: file, overwriting: true)
      }
      let after = try OpenFile(file, shownAs: file, O_RDONLY)
      #expect(FileAttributesForTests.get(name, after) == Self.accessControlList)
      #expect(try attributes(file).st_ino != FileStatus(of: before.descriptor)?.status.st_ino)
      #expect(writing.notes == [])
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func `owner, group and every bit of the mode of a replaced file stay`() throws {
    try withFolder { folder in
      let file = try folder.put("old", "f")
      let before = try OpenFile(file, shownAs: file, O_RDWR)
      #expect(fchown(before.descriptor, 1234, 2345) == 0)
      #expect(fchmod(before.descriptor, 0o4751) == 0)
      let writing = Writing()
      try writing.write("new", to: file, overwriting: true)
      let after = try attributes(file)
      #expect(after.st_uid == 1234 && after.st_gid == 2345)
      #expect(after.st_mode & 0o7777 == 0o4751)
      #expect(writing.notes == [])
    }
  }

  @Test func `other hard links of a replaced file are reported`() throws {
    try withFolder { folder in
      let file = try folder.put("old", "f")
      _ = file.withSystemPath { path in folder.file("g").withSystemPath { link(path, $0) } }
      let writing = Writing()
      try writing.write("new", to: file, overwriting: true)
      #expect(writing.notes == [.lost([.otherNames], file)])
      #expect(try folder.text("g") == "old")
    }
  }

  @Test func `a locked file is waited for and then refused`() throws {
    try withFolder { folder in
      let file = try folder.put("old", "f")
      let holder = try OpenFile(file, shownAs: file, O_RDONLY)
      #expect(flock(holder.descriptor, LOCK_EX) == 0)
      #expect(throws: FileError(file, .locked)) {
        try Writing().writer.replace(
          file, shownAs: file, ifStill: Array("old".utf8), with: Array("new".utf8))
      }
      flock(holder.descriptor, LOCK_UN)
      try Writing().writer.replace(
        file, shownAs: file, ifStill: Array("old".utf8), with: Array("new".utf8))
      #expect(try folder.text("f") == "new")
    }
  }

  #if os(Linux)
    @Test func `a file that is locked with fcntl is waited for and then refused, too`() throws {
      try withFolder { folder in
        let file = try folder.put("old", "f")
        let holder = try OpenFile(file, shownAs: file, O_RDWR)
        // F_OFD_SETLK: other locks of fcntl(2) do not keep out their own process.
        let setLock: Int32 = 37
        var region = flock()
        region.l_type = Int16(F_WRLCK)
        region.l_whence = Int16(SEEK_SET)
        #expect(fcntl(holder.descriptor, setLock, &region) == 0)
        func replace() throws {
          try Writing().writer.replace(
            file, shownAs: file, ifStill: Array("old".utf8), with: Array("new".utf8))
        }
        #expect(throws: FileError(file, .locked)) { try replace() }
        region.l_type = Int16(F_UNLCK)
        #expect(fcntl(holder.descriptor, setLock, &region) == 0)
        try replace()
        #expect(try folder.text("f") == "new")
      }
    }
  #endif

  @Test func `a file that changed since it was read is not replaced`() throws {
    try withFolder { folder in
      let file = try folder.put("other", "f")
      for read in ["old", "othe", "other ", ""] {
        #expect(throws: FileError(file, .changed)) {
          try Writing().writer.replace(
            file, shownAs: file, ifStill: Array(read.utf8), with: Array("new".utf8))
        }
      }
      #expect(try folder.text("f") == "other")
    }
  }

  @Test func `a file that changes while its replacement is written keeps what it holds`() throws {
    try withFolder { folder in
      let file = try folder.put("old", "f")
      let writer = FileWriter(
        waiting: .zero,
        interruption: {
          // Somebody who does not heed the lock saves once the temporary file exists.
          if folder.names.count > 1 { _ = try? folder.put("other", "f") }
        }, note: { _ in })
      #expect(throws: FileError(file, .changed)) {
        try writer.replace(
          file, shownAs: file, ifStill: Array("old".utf8), with: Array("new".utf8))
      }
      #expect(try folder.text("f") == "other")
      #expect(folder.names == ["f"])
    }
  }

  @Test func `leftover temporary files are removed unless another process is writing them`() throws
  {
    try withFolder { folder in
      let busy = try TemporaryFile(for: folder.file("f"), shownAs: folder.file("f"))
      let left = FilePath(bytes: busy.path.bytes.dropLast() + Array("left".utf8))
      let other = try TemporaryFile(for: folder.file("g"), shownAs: folder.file("g"))
      let stranger = FilePath(bytes: other.path.bytes.dropLast() + Array("left".utf8))
      for path in [left, left.adding(suffix: "-wal"), stranger] {
        _ = try OpenFile(path, shownAs: path, O_CREAT | O_WRONLY, mode: 0o600)
      }
      let lone = left.adding(suffix: "2-journal")
      _ = try OpenFile(lone, shownAs: lone, O_CREAT | O_WRONLY, mode: 0o600)
      try Writing().write("text", to: folder.file("f"))
      let wanted = [busy.path, other.path, stranger].map {
        String(decoding: $0.name, as: UTF8.self)
      }
      #expect(folder.names == (wanted + ["f"]).sorted())
    }
  }

  @Test func `a file that must not be overwritten loses the other name that a killed program left`()
    throws
  {
    try withFolder { folder in
      let file = try folder.put("made", "f")
      let path = try TemporaryFile(for: file, shownAs: file).path
      #expect(path.withSystemPath { left in file.withSystemPath { link($0, left) } } == 0)
      #expect(throws: FileError(file, .exists)) {
        try Writing().write("text", to: file, overwriting: false)
      }
      #expect(folder.names == ["f"])
      #expect(try folder.text("f") == "made")
    }
  }

  @Test func `sixteen writers of one file lose no edit`() throws {
    try withFolder { folder in
      let file = try folder.put("", "f")
      DispatchQueue.concurrentPerform(iterations: 16) { number in
        let writer = FileWriter(waiting: .seconds(60), interruption: {}, note: { _ in })
        while true {
          do {
            let old = try OpenFile(file, shownAs: file, O_RDONLY).read(atMost: 1_000)
            try writer.replace(
              file, shownAs: file, ifStill: old, with: old + [UInt8(ascii: "a") + UInt8(number)])
            return
          } catch let error as FileError where error.failure == .changed {
          } catch {
            Issue.record(error)
            return
          }
        }
      }
      let letters = String(try folder.text("f").sorted())
      #expect(letters == "abcdefghijklmnop")
      #expect(folder.names == ["f"])
    }
  }

  @Test func `space that cannot be reserved leaves the file as it is`() throws {
    try withFolder { folder in
      let path = try folder.put("old", "file")
      let file = try OpenFile(path, shownAs: path, O_RDWR)
      #expect(throws: FileError.self) { try file.reserve(.max) }
      #expect(try file.read(atMost: 10) == Array("old".utf8))
      try file.reserve(2)
      #expect(FileStatus(of: file.descriptor)?.size == 3)
    }
  }
}
