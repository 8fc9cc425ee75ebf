import Everruns
import EverrunsStore
import Testing

@Suite struct GradeEnvironmentTests {
  @Test(arguments: [
    ([:], Grade.prod),
    (["DEV_MODE": "true"], .dev),
    (["DEV_MODE": "1"], .dev),
    (["DEV_MODE": "yes"], .prod),
    (["DEPLOYMENT_GRADE": "Staging"], .preview),
    (["DEPLOYMENT_GRADE": "poc", "DEV_MODE": "1"], .poc),
  ])
  func `the environment decides the grade`(variables: [String: String], grade: Grade) throws {
    #expect(try Grade(environment: { variables[$0] }) == grade)
  }

  @Test func `a word that is not a grade is refused with the grades there are`() {
    let error = #expect(throws: UnknownGrade.self) {
      try Grade(environment: { ["DEPLOYMENT_GRADE": "beta"][$0] })
    }
    #expect(error?.message == "DEPLOYMENT_GRADE is 'beta', which is not a grade")
    #expect(error?.hint == "the grades are dev, poc, preview, prod")
    #expect(error?.code == .usage)
  }
}
