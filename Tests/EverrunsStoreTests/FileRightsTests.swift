import Files
import Foundation
import Testing

@Suite struct FileRightsTests {
  @Test func `a file whose folder must not be changed is written in place`() throws {
    try withFolder { folder throws in
      let path = folder.file("acme.yaml")
      let manager = FileManager.default
      try "old and longer".write(toFile: path, atomically: false, encoding: .utf8)
      try manager.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
      try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
      try withoutPrivileges {
        var notes: [FileWriter.Note] = []
        let writer = FileWriter(waiting: .zero, interruption: {}, note: { notes.append($0) })
        let file = FilePath(path)
        try writer.write(file, shownAs: file, overwriting: true) { try $0(Array("new".utf8)) }
        #expect(notes == [.writtenInPlace(file, reason: "permission denied")])
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
      #expect(Array(try folder.contents().keys) == ["acme.yaml"])
    }
  }
}
