import Everruns
import EverrunsDocuments
import Testing

@Suite struct FieldAssignmentTests {
  private static let harness = BuiltInHarness(
    name: "small", displayName: "Small", systemPrompt: "Be brief.", parent: "generic",
    tags: ["a", "b"], roles: [.base], capabilities: ["current_time"])

  private static func expected(_ change: (inout BuiltInHarness) -> Void) -> BuiltInHarness {
    var copy = harness
    change(&copy)
    return copy
  }

  @Test(arguments: [
    ("description=x=y", expected { $0.description = "x=y" }),
    ("system_prompt= two\nlines\n", expected { $0.systemPrompt = " two\nlines\n" }),
    ("parent=", expected { $0.parent = nil }),
    ("parent=base", expected { $0.parent = "base" }),
    ("tags=", expected { $0.tags = [] }),
    ("tags=c, d", expected { $0.tags = ["c", "d"] }),
    (#"tags=["c,d"]"#, expected { $0.tags = ["c,d"] }),
    (#"tags+=["c","d"]"#, expected { $0.tags = ["a", "b", "c", "d"] }),
    (#"tags="x""#, expected { $0.tags = ["x"] }),
    ("tags=a,\u{301}b", expected { $0.tags = ["a", "\u{301}b"] }),
    ("display_name=\u{301}x", expected { $0.displayName = "\u{301}x" }),
    (
      #"capabilities={"ref":"a","config":{"x":2}}"#,
      expected { $0.capabilities = [CapabilityUse("a", config: ["x": 2])] }
    ),
    ("tags+=c,d", expected { $0.tags = ["a", "b", "c,d"] }),
    ("tags+=a", harness),
    ("tags-=a", expected { $0.tags = ["b"] }),
    ("roles+=chat", expected { $0.roles = [.base, .chat] }),
    ("roles=default,chat", expected { $0.roles = [.default, .chat] }),
    ("tags+=\u{20}new\n", expected { $0.tags.append("new") }),
    ("roles=chat,chat,base,chat", expected { $0.roles = [.chat, .base] }),
    ("roles-=base", expected { $0.roles = [] }),
    ("capabilities+=web_fetch", expected { $0.capabilities.append("web_fetch") }),
    ("capabilities+=current_time", harness),
    (
      #"capabilities+={"ref":"current_time","config":{"b":1.0,"a":2}}"#,
      expected {
        $0.capabilities = [
          CapabilityUse(
            "current_time", config: ["a": 2, "b": (try? JSONValue(json: "1.0")) ?? .null])
        ]
      }
    ),
    ("capabilities-=current_time", expected { $0.capabilities = [] }),
    (
      "seed_id=01933b5a-0000-7000-8000-000000000601",
      expected { $0.seedID = "01933b5a-0000-7000-8000-000000000601" }
    ),
  ])
  func `an assignment changes its field and nothing else`(
    word: String, expected: BuiltInHarness
  ) throws {
    let assignment = try #require(FieldAssignment(word))
    #expect(try Self.harness.assigning([assignment]) == expected)
  }

  @Test(
    arguments: [
      ("descripton=x", "a harness has no field 'descripton'", "did you mean 'description'?"),
      (
        "x=y", "a harness has no field 'x'",
        "the fields are name, display_name, description, system_prompt, parent, tags, roles, capabilities, seed_id, previous_names"
      ),
      ("parent+=x", "'parent' is not a list", "give it a value: parent=VALUE"),
      ("tags-=", "'tags-=' needs an item", "to clear the list, write tags="),
      ("tags+= ", "'tags+=' needs an item", nil),
      ("tags-=bb", "there is no 'bb' in 'tags'", nil),
      (
        "capabilities-=current_tim", "there is no 'current_tim' in 'capabilities'",
        "did you mean 'current_time'?"
      ),
      (
        "roles+=chatt", "'roles/1' must be 'base', 'default' or 'chat', not 'chatt'",
        "did you mean 'chat'?"
      ),
      (
        "name=Big", "'Big' is not a valid name",
        "it must match [a-z0-9]+(-[a-z0-9]+)*, at most 64 characters"
      ),
      (#"capabilities={"ref":"#, "the value of 'capabilities' is not JSON: ", nil),
      ("capabilities=]", "the value of 'capabilities' is not JSON: ", nil),
      (#"tags=["a""#, "the value of 'tags' is not JSON: ", nil),
      ("tags=[1]", "'tags/0' must be a string, not a number", nil),
      (
        #"capabilities+={"reff":"x"}"#, "unknown key 'reff' in the capability of a harness",
        "did you mean 'ref'?"
      ),
    ] as [(String, String, String?)])
  func `an impossible assignment is explained`(
    word: String, message: String, hint: String?
  ) throws {
    let assignment = try #require(FieldAssignment(word))
    #expect {
      try Self.harness.assigning([assignment])
    } throws: { error in
      guard let error = error as? FieldAssignmentError else { return false }
      return error.message.hasPrefix(message) && (hint == nil || error.hint == hint)
    }
  }

  @Test(arguments: ["", "x", "=", "=x", "+=x", "-=x", "tags"])
  func `a word without a sign is not an assignment`(word: String) {
    #expect(FieldAssignment(word) == nil)
  }

  @Test func `assignments are applied in order, all or none`() throws {
    let words = ["tags=", "tags+=x", "tags+=y", "tags-=x"].compactMap { FieldAssignment($0) }
    #expect(try Self.harness.assigning(words).tags == ["y"])
  }
}
