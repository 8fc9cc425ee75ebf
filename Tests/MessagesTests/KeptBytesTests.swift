import Testing

@testable import Messages

@Suite struct KeptBytesTests {
  @Test(arguments: [
    "", "plain", "caf\u{E9}", "e\u{301}", "\u{1F600}", "\u{FFFD}", "a\0b",
  ])
  func `UTF-8 is kept as text`(text: String) {
    let kept = String(keeping: text.utf8)
    #expect(Array(kept.utf8) == Array(text.utf8))
    #expect(!kept.keepsBytes)
    #expect(kept.showingKeptBytes == text)
  }

  @Test(
    arguments: [
      [0xFF], [0x61, 0xE4, 0x62], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC0, 0x80],
      [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80, 0xC3, 0xA9, 0x80],
      // A character that keeps a byte, and one that would keep another, typed by somebody.
      [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x8F, 0xBE, 0x80], [0xFF, 0xF4, 0x8F, 0xBF, 0xBF],
    ] as [[UInt8]])
  func `other bytes survive a round trip`(bytes: [UInt8]) {
    let kept = String(keeping: bytes)
    #expect(kept.keepsBytes)
    #expect(kept.keptBytes == bytes)
  }

  @Test func `all sequences of two bytes survive a round trip`() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        #expect(String(keeping: [first, second]).keptBytes == [first, second])
      }
    }
  }

  @Test func `different bytes are different texts`() {
    #expect(String(keeping: [0xE4]) != String(keeping: [0xF6]))
    #expect(String(keeping: [0xFF]) != String(keeping: Array("\u{10FFFF}".utf8)))
  }

  @Test func `a kept byte is always shown in hexadecimal`() {
    let kept = String(keeping: [0x61, 0xE4, 0xC3, 0xA9])
    #expect(kept.showingKeptBytes == #"a\xe4é"#)
    #expect(kept.escapingControls() == #"a\xe4é"#)
    #expect(kept.quoted == #"'a\xe4é'"#)
  }
}

@Suite struct UnexpandedHomeTests {
  @Test(arguments: [
    ("~", "$HOME"), ("~/", "$HOME/"), ("~/x y.db", "$HOME/x y.db"),
  ])
  func `an unexpanded home folder is answered with the variable`(path: String, wanted: String) {
    #expect(
      UnexpandedHome(path)?.hint
        == "write \"\(wanted)\", or './\(path)' for what is really named so")
  }

  @Test func `another user's home folder has no variable`() {
    #expect(
      UnexpandedHome("~ann/x")?.hint
        == "write the path of that home folder, or './~ann/x' for what is really named so")
  }

  @Test(arguments: ["", "x~", "./~/x", "/~", "~backup.json"])
  func `a path that only contains a tilde is a path`(path: String) {
    #expect(UnexpandedHome(path) == nil)
  }
}
