import Everruns
import Testing

@Suite struct GradeTests {
  @Test(arguments: [
    ("dev", Grade.dev), ("development", .dev), ("DEV", .dev), ("poc", .poc), ("PoC", .poc),
    ("preview", .preview), ("staging", .preview), ("Staging", .preview), ("prod", .prod),
    ("production", .prod), ("PRODUCTION", .prod),
  ])
  func `a grade has a name and aliases, in any letter case`(word: String, grade: Grade) {
    #expect(Grade(word: word) == grade)
  }

  @Test(arguments: ["", "pro", "test", "dev ", "developmentx", "1"])
  func `any other word is not a grade`(word: String) {
    #expect(Grade(word: word) == nil)
  }

  @Test func `only dev allows experimental components`() {
    #expect(Grade.allCases.filter(\.admitsExperiments) == [.dev])
  }
}
