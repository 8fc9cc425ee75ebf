import EverrunsDocuments
import Testing

@testable import EverrunsControl

@Suite struct ObjectTextTests {
  private func text(_ object: JSONObject) -> String {
    ObjectText.text(object, style: .plain)
  }

  @Test func `short values are aligned next to their keys`() {
    #expect(
      text([
        "id": "web", "experimental": false, "serial": 12, "parent": nil, "tags": [],
        "config": [:], "roles": ["base", "chat"],
      ]) == """
        id            web
        experimental  no
        serial        12
        parent        -
        tags          -
        config        -
        roles         base, chat

        """)
  }

  @Test func `long values and objects are indented below their keys`() {
    #expect(
      text([
        "name": "base", "system_prompt": "You help.\n\n  Be brief.",
        "settings": ["default_model": nil, "default_harness": ["id": "1", "name": "base"]],
      ]) == """
        name           base
        system_prompt
          You help.
        \("  ")
            Be brief.
        settings
          default_model    -
          default_harness
            id    1
            name  base

        """)
  }

  @Test func `capabilities without a config show their reference only`() {
    #expect(
      text([
        "capabilities": [
          ["ref": "time", "config": [:]], ["ref": "web", "config": ["limit": 5, "deep": true]],
        ]
      ]) == """
        capabilities
          - time
          - ref     web
            config
              limit  5
              deep   yes

        """)
  }

  @Test func `control characters are escaped`() {
    #expect(text(["na\u{1B}me": "a\u{7}b"]) == "na\\u001bme  a\\u0007b\n")
  }
}
