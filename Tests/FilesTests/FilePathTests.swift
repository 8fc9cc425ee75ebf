import Foundation
import Testing

@testable import Files

@Suite struct FilePathTests {
  @Test(arguments: [
    ("a", ".", "a"), ("a/b", "a", "b"), ("/a", "/", "a"), ("/a/b/", "/a", "b"), ("a//", ".", "a"),
    ("/", ".", ""), ("..", ".", ".."),
  ])
  func `a path has a folder and a last part`(path: String, folder: String, name: String) {
    #expect(FilePath(path).folder == FilePath(folder))
    #expect(FilePath(path).name == Array(name.utf8))
  }

  @Test func `a relative path begins in a folder and an absolute one does not`() {
    #expect(FilePath("a/").resolved(in: FilePath("/f")) == FilePath("/f/a/"))
    #expect(FilePath("a").resolved(in: FilePath("/")) == FilePath("/a"))
    #expect(FilePath("/a").resolved(in: FilePath("/f")) == FilePath("/a"))
  }

  @Test func `a dangling link is followed`() throws {
    try withFolder { folder in
      _ = folder.file("link").withSystemPath { link in symlink("gone", link) }
      let target = try folder.file("link").followingLinks()
      #expect(target == folder.file("gone"))
      _ = folder.file("loop").withSystemPath { link in symlink("loop", link) }
      let loop = folder.file("loop")
      #expect(throws: FileError(loop, FileFailure(reading: ELOOP))) { try loop.followingLinks() }
    }
  }
}
