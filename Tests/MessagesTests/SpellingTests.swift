import Testing

@testable import Messages

@Suite struct SpellingTests {
  static let nouns = ["platform", "capabilities", "drivers", "providers", "seed", "orgs"]

  @Test(arguments: [
    ("capabilites", "capabilities"),
    ("capabiltiess", "capabilities"),
    ("platfrom", "platform"),
    ("plattform", "platform"),
    ("sed", "seed"),
    ("seeed", "seed"),
    ("sead", "seed"),
    ("esed", "seed"),
  ])
  func `a word with few typing errors is recognized`(typed: String, meant: String) {
    #expect(Spelling.closest(to: typed, among: Self.nouns) == meant)
  }

  @Test(arguments: ["weather", "x", "", "seedling", "org_id_1", "list"])
  func `a word with too many typing errors gets no suggestion`(typed: String) {
    #expect(Spelling.closest(to: typed, among: Self.nouns) == nil)
  }

  @Test func `one error is tolerated up to four letters`() {
    #expect(Spelling.closest(to: "abcx", among: ["abcd"]) == "abcd")
    #expect(Spelling.closest(to: "abxx", among: ["abcd"]) == nil)
  }

  @Test func `two errors are tolerated up to eight letters`() {
    #expect(Spelling.closest(to: "abcxx", among: ["abcde"]) == "abcde")
    #expect(Spelling.closest(to: "abcdexxx", among: ["abcdefgh"]) == nil)
  }

  @Test func `three errors are tolerated in longer words`() {
    #expect(Spelling.closest(to: "abcdefxxx", among: ["abcdefghi"]) == "abcdefghi")
    #expect(Spelling.closest(to: "abcdexxxx", among: ["abcdefghi"]) == nil)
  }

  @Test(arguments: ["DRY-RUN", "dry_run", "Dry_Run", "DYR_RUN"])
  func `case and kind of hyphen do not matter`(typed: String) {
    #expect(Spelling.closest(to: typed, among: ["dry-run"]) == "dry-run")
  }

  @Test func `letters beyond ASCII are folded too`() {
    #expect(Spelling.closest(to: "ÜBER", among: ["über"]) == "über")
    #expect(Spelling.closest(to: "İx", among: ["İy"]) == "İy")
  }

  @Test func `two words of one letter have nothing in common`() {
    #expect(Spelling.closest(to: "a", among: ["b"]) == nil)
    #expect(Spelling.closest(to: "a", among: ["A"]) == "A")
  }

  @Test func `the only candidate that begins with the word is close`() {
    #expect(Spelling.closest(to: "cap", among: Self.nouns) == "capabilities")
    #expect(Spelling.closest(to: "CAPA", among: Self.nouns + Self.nouns) == "capabilities")
  }

  @Test func `a prefix of two letters or of two candidates is not enough`() {
    #expect(Spelling.closest(to: "ca", among: Self.nouns) == nil)
    #expect(Spelling.closest(to: "web", among: ["web-search", "web-fetch"]) == nil)
  }

  @Test func `a close word takes precedence over a common prefix`() {
    #expect(Spelling.closest(to: "stat", among: ["statement", "stats"]) == "stats")
  }

  @Test func `the first of equally close candidates is taken`() {
    #expect(Spelling.closest(to: "cat", among: ["bat", "rat"]) == "bat")
    #expect(Spelling.closest(to: "cat", among: ["rat", "bat"]) == "rat")
  }

  @Test func `the closest candidate takes precedence over the first`() {
    #expect(Spelling.closest(to: "resolve", among: ["revolved", "resolved"]) == "resolved")
  }

  @Test func `no candidates give no suggestion`() {
    #expect(Spelling.closest(to: "anything", among: [] as [String]) == nil)
    #expect(Spelling.closest(to: "a", among: [""]) == nil)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a word of a megabyte is only compared with words of its length`() {
    let long = String(repeating: "ab", count: 500_000)
    #expect(Spelling.closest(to: long, among: Self.nouns) == nil)
    #expect(Spelling.closest(to: long, among: ["x" + long.dropFirst(2) + "b"]) != nil)
    let accents = "e" + String(repeating: "\u{301}", count: 500_000)
    #expect(Spelling.closest(to: accents, among: Self.nouns) == nil)
  }

  @Test(.timeLimit(.minutes(1)))
  func `ten thousand candidates are searched`() {
    let candidates = (10_000..<20_000).map { "capability_\($0)" }
    #expect(Spelling.closest(to: "capabilty-19999", among: candidates) == "capability_19999")
  }
}
