import EverrunsDocuments
import Testing

/// Changing a text with anchors and aliases in place.
@Suite struct AnchorRewritingTests {
  private static let anchored = """
    # of Acme
    words: &w [x, 'y'] # shared
    one:
      words: *w # the same
      rules: &r
        - a # first
        - b
      text: &t |
        Be kind.
    two:
      words: *w
      rules: *r # as in one
      text: *t
    three: {words: *w, rules: *r}
    """ + "\n"

  @Test(arguments: [
    (
      "elsewhere", #"[{"op":"add","path":"/four","value":4}]"#,
      [("rules: *r}\n", "rules: *r}\nfour: 4\n")]
    ),
    (
      "an alias is written out in the style of its anchor",
      #"[{"op":"add","path":"/one/words/-","value":"z"}]"#,
      [("*w # the same", "[x, \"y\", z] # the same")]
    ),
    (
      "an alias that becomes lines",
      #"[{"op":"add","path":"/two/rules/-","value":"c"}]"#,
      [("rules: *r # as in one\n", "rules: # as in one\n    - a\n    - b\n    - c\n")]
    ),
    (
      "an alias in brackets", #"[{"op":"replace","path":"/three/rules","value":null}]"#,
      [("rules: *r}", "rules: null}")]
    ),
    (
      "aliases whose anchor changes keep their value, and the anchor moves to the first",
      #"[{"op":"remove","path":"/words/0"}]"#,
      [("&w [x, 'y'] # shared", "['y'] # shared"), ("*w # the same", "&w [x, \"y\"] # the same")]
    ),
    (
      "lines under an anchor that moves",
      #"[{"op":"replace","path":"/one/rules/0","value":"z"}]"#,
      [
        ("rules: &r\n    - a # first", "rules:\n    - z # first"),
        ("rules: *r # as in one\n", "rules: &r # as in one\n    - a\n    - b\n"),
      ]
    ),
    (
      "the last alias of a text is written out without the anchor",
      #"[{"op":"replace","path":"/one/text","value":"Be brief.\n"}]"#,
      [
        ("text: &t |\n    Be kind.", "text: |\n    Be brief."),
        ("text: *t", "text: |\n    Be kind."),
      ]
    ),
    (
      "aliases that change as their anchor does stay",
      #"[{"op":"remove","path":"/one/rules/1"},{"op":"remove","path":"/two/rules/1"},{"op":"remove","path":"/three/rules/1"}]"#,
      [("    - b\n", "")]
    ),
    (
      "aliases on both sides",
      #"[{"op":"remove","path":"/one/rules/1"},{"op":"remove","path":"/two/rules/1"}]"#,
      [("    - b\n", ""), ("rules: *r}", "rules: [a, b]}")]
    ),
    (
      "what is removed with its anchor stays where it is repeated",
      #"[{"op":"remove","path":"/one"}]"#,
      [
        (
          "one:\n  words: *w # the same\n  rules: &r\n    - a # first\n    - b\n  text: &t |\n    Be kind.\n",
          ""
        ),
        ("rules: *r # as in one\n", "rules: &r # as in one\n    - a\n    - b\n"),
        ("text: *t", "text: |\n    Be kind."),
      ]
    ),
    (
      "an anchor whose aliases are removed stays",
      #"[{"op":"remove","path":"/two"},{"op":"remove","path":"/three"}]"#,
      [
        (
          "two:\n  words: *w\n  rules: *r # as in one\n  text: *t\nthree: {words: *w, rules: *r}\n",
          ""
        )
      ]
    ),
    (
      "an anchored value is replaced as a whole by all that share it",
      #"[{"op":"replace","path":"/one/text","value":"x"},{"op":"replace","path":"/two/text","value":"x"}]"#,
      [("text: &t |\n    Be kind.\n", "text: &t x\n")]
    ),
    (
      "an anchored collection becomes empty",
      #"[{"op":"replace","path":"/one/rules","value":[]},{"op":"replace","path":"/two/rules","value":[]}]"#,
      [
        ("rules: &r\n    - a # first\n    - b\n", "rules: &r []\n"),
        ("rules: *r}", "rules: [a, b]}"),
      ]
    ),
  ])
  func `anchors and aliases stay where their values agree`(
    fact: String, patch: String, edits: [(old: String, new: String)]
  ) throws {
    for lineBreak in ["\n", "\r\n"] {
      var expected = Self.anchored
      for edit in edits {
        #expect(expected.contains(edit.old))
        expected = expected.replacing(edit.old, with: edit.new, maxReplacements: 1)
      }
      #expect(
        try rewriting(Self.anchored.replacing("\n", with: lineBreak), isYAML: true, patch)
          == expected.replacing("\n", with: lineBreak))
    }
  }

  @Test(arguments: [
    ("a: &t [x]\nb: *t\n", #"[{"op":"add","path":"/c","value":1}]"#, []),
    ("a: &t [x]\nb: *t\nc: *t\n", #"[{"op":"add","path":"/c/-","value":"z"}]"#, ["*t"]),
    ("a: &t [x]\nb: *t\n", #"[{"op":"add","path":"/a/-","value":"z"}]"#, ["&t", "*t"]),
    ("a: &t [x]\nb: *t\nc: *t\n", #"[{"op":"add","path":"/a/-","value":"z"}]"#, ["*t"]),
    ("a: &t\n  - x\nb: *t\n", #"[{"op":"remove","path":"/a"}]"#, ["*t"]),
    ("a: &t\n  - x\nb: *t\n", #"[{"op":"remove","path":"/b"}]"#, []),
    ("a: &t {k: &v 1, l: *v}\nb: *t\n", #"[{"op":"replace","path":"/b","value":2}]"#, ["*t"]),
    (
      "a: &t x\nb: *t\n",
      #"[{"op":"replace","path":"/a","value":"y"},{"op":"replace","path":"/b","value":"y"}]"#, []
    ),
    (
      "- id: a\n  t: &t [x]\n- id: b\n  t: *t\n", #"[{"op":"move","from":"/0","path":"/1"}]"#,
      ["*t"]
    ),
    ("- {id: a, t: &t [x]}\n- {id: b}\n", #"[{"op":"move","from":"/0","path":"/1"}]"#, []),
    ("a: 1 # &t\nb: '*t'\n", #"[{"op":"replace","path":"/a","value":2}]"#, []),
  ])
  func `an anchor or alias that cannot stay although its value does is named`(
    text: String, patch: String, lost: [String]
  ) throws {
    let before = try YAMLReader.read(text.utf8).value
    let result = DocumentRewriting.rewrite(
      Array(text.utf8), isYAML: true, from: before,
      to: try JSONPatch(json: patch).applied(to: before),
      identifiedBy: ["id"])
    #expect(
      result?.lostReferences == lost,
      "\(result.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "")")
  }

  @Test func `an item moves with its anchors, aliases and comments where these still agree`() throws
  {
    let text = """
      - {id: t, tags: &t [x]}
      # about a
      - id: a
        tags: *t # shared
        text: &p old
      - id: b
        tags: *t
      """ + "\n"
    #expect(
      try rewriting(
        text, isYAML: true,
        #"[{"op":"replace","path":"/1/text","value":"new"},{"op":"move","from":"/1","path":"/2"}]"#)
          == """
          - {id: t, tags: &t [x]}
          - id: b
            tags: *t
          # about a
          - id: a
            tags: *t # shared
            text: &p new
          """ + "\n")
  }

  @Test func `anchors of items, keys, empty values and values with tags are followed`() throws {
    #expect(
      try rewriting(
        "- &x\n  k: 1\n- *x\n- *x\n", isYAML: true,
        #"[{"op":"replace","path":"/0/k","value":2}]"#)
        == "-\n  k: 2\n- &x\n  k: 1\n- *x\n")
    #expect(
      try rewriting(
        "&k key: &v !!str 1 # one\nother: [*v, *k]\nlast: &e\n", isYAML: true,
        #"[{"op":"replace","path":"/key","value":2},{"op":"replace","path":"/last","value":3}]"#)
        == "&k key: 2 # one\nother: [\"1\", *k]\nlast: &e 3\n")
    #expect(
      try rewriting(
        "- &k key: 1\n- *k : 2\n", isYAML: true, #"[{"op":"remove","path":"/0"}]"#)
        == "- key : 2\n")
    #expect(
      try rewriting(
        "a: &x 1\nb: *x\nc: &x 2\nd: *x\n", isYAML: true,
        #"[{"op":"remove","path":"/a"},{"op":"remove","path":"/c"}]"#)
        == "b: 1\nd: 2\n")
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `any change around anchors is made in place or not at all`(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    var inPlace = 0
    for _ in 0..<150 {
      let before = JSONValue.randomWithRepetitions(using: &generator)
      let text = AnchoredText.text(of: before, using: &generator)
      try #require(try YAMLReader.read(text.utf8).value == before, "\(text)")
      let after =
        Bool.random(using: &generator)
        ? before.randomlyChanged(using: &generator)
        : before.changedEverywhere(using: &generator)
      let result = DocumentRewriting.rewrite(
        Array(text.utf8), isYAML: true, from: before, to: after, identifiedBy: ["name"])
      guard let result else { continue }
      inPlace += 1
      let changed = String(decoding: result.bytes, as: UTF8.self)
      #expect(
        try YAMLReader.read(result.bytes).value.sortingKeys == after.sortingKeys,
        "\(text)\n-> \(changed)")
      // Nothing else refers to a value, and what is lost was there.
      let (old, new) = (Self.references(in: text), Self.references(in: changed))
      #expect(
        result.lostReferences.allSatisfy { old[$0, default: 0] > new[$0, default: 0] },
        "\(result.lostReferences)\n\(text)\n-> \(changed)")
      #expect(
        new.allSatisfy { $0.value <= old[$0.key, default: 0] }, "\(text)\n-> \(changed)")
    }
    #expect(inPlace > 135)
  }

  /// How often each anchor and alias is in a text whose scalars are all in quotes.
  private static func references(in text: String) -> [String: Int] {
    let found = text.matches(of: /[ \[](?<name>[&*][a-d])(?=[ ,\]}]|$)/).map {
      String($0.output.name)
    }
    return Dictionary(grouping: found, by: \.self).mapValues(\.count)
  }
}
