import Testing

@testable import EverrunsStore

@Suite struct PlatformReferenceTests {
  @Test(arguments: [
    ("oss", PlatformReference.preset("oss")),
    ("acme", .saved("acme", .latest)),
    ("acme@latest", .saved("acme", .latest)),
    ("acme@previous", .saved("acme", .previous)),
    ("acme@12", .saved("acme", .number(12))),
    ("./acme", .file("./acme")),
    ("acme.json", .file("acme.json")),
    ("acme.yaml", .file("acme.yaml")),
    ("acme.yml", .file("acme.yml")),
    ("-", .standardInput),
  ])
  func `a reference names one thing`(text: String, reference: PlatformReference) {
    #expect(PlatformReference(text, presets: ["oss"]) == reference)
  }

  @Test(arguments: ["", "Acme", "acme@", "acme@0", "acme@-1", "acme@+1", "acme@x", "a@1@2", "@1"])
  func `a text that cannot be a name is not a reference`(text: String) {
    #expect(PlatformReference(text, presets: ["oss"]) == nil)
  }
}
