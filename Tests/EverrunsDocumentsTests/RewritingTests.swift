import EverrunsDocuments
import Testing

/// Changing a text in its place.
@Suite struct RewritingTests {
  // MARK: YAML

  private static let yaml = """
    # The platform of Acme
    format: x/v1   # do not change

    capabilities:
      # comes first
      - id: a
        name: "A" # quoted
      - id: b   # the second
        name: 'B'
        # inside of b

      # about c
      - {id: c, name: C}
    # the prompts
    harnesses:
    - name: one
      prompt: |  # literal
        first
          second

        third
      tags: [x, 'y']
      parent: null
      caps: []
    - name: two
      prompt: >-
        folded
        text
      tags:
      - x   # of two
      - y
    """ + "\n"

  @Test(arguments: [
    (
      "a scalar keeps its quotes", #"[{"op":"replace","path":"/capabilities/0/name","value":"Z"}]"#,
      "\"A\" #", "\"Z\" #"
    ),
    (
      "single quotes", #"[{"op":"replace","path":"/capabilities/1/name","value":"it's"}]"#, "'B'",
      "'it''s'"
    ),
    (
      "a flow mapping", #"[{"op":"replace","path":"/capabilities/2/name","value":"a, b"}]"#,
      "name: C}", "name: \"a, b\"}"
    ),
    (
      "an item goes with its comments", #"[{"op":"remove","path":"/capabilities/0"}]"#,
      "  # comes first\n  - id: a\n    name: \"A\" # quoted\n", ""
    ),
    (
      "comments behind an item go too", #"[{"op":"remove","path":"/capabilities/1"}]"#,
      "  - id: b   # the second\n    name: 'B'\n    # inside of b\n", ""
    ),
    (
      "an item in brackets", #"[{"op":"remove","path":"/harnesses/0/tags/0"}]"#, "[x, 'y']", "['y']"
    ),
    (
      "an item is added in brackets", #"[{"op":"add","path":"/harnesses/0/tags/-","value":"z"}]"#,
      "[x, 'y']", "[x, 'y', z]"
    ),
    (
      "the first of the brackets", #"[{"op":"add","path":"/harnesses/0/tags/0","value":"1"}]"#,
      "[x, 'y']", "[\"1\", x, 'y']"
    ),
    (
      "an item of a list", #"[{"op":"add","path":"/harnesses/1/tags/1","value":"no"}]"#,
      "- x   # of two\n", "- x   # of two\n  - \"no\"\n"
    ),
    (
      "the first of a list", #"[{"op":"add","path":"/harnesses/1/tags/0","value":"w"}]"#,
      "  - x   # of two\n", "  - w\n  - x   # of two\n"
    ),
    (
      "a replaced item keeps its comment",
      #"[{"op":"replace","path":"/harnesses/1/tags/0","value":"z"}]"#, "- x   # of two",
      "- z   # of two"
    ),
    ("the last item", #"[{"op":"remove","path":"/harnesses/1/tags/1"}]"#, "  - y\n", ""),
    (
      "all items", #"[{"op":"replace","path":"/harnesses/1/tags","value":[]}]"#,
      "tags:\n  - x   # of two\n  - y\n", "tags: []\n"
    ),
    (
      "null becomes a name", #"[{"op":"replace","path":"/harnesses/0/parent","value":"two"}]"#,
      "parent: null", "parent: two"
    ),
    (
      "an empty list is filled",
      #"[{"op":"add","path":"/harnesses/0/caps/-","value":{"ref":"a","config":{"k":1}}}]"#,
      "caps: []\n", "caps:\n    - ref: a\n      config:\n        k: 1\n"
    ),
    (
      "a block keeps its indentation and comment",
      #"[{"op":"replace","path":"/harnesses/0/prompt","value":"first\n  2nd\n\nthird\n"}]"#,
      "      second\n", "      2nd\n"
    ),
    (
      "a folded block", #"[{"op":"replace","path":"/harnesses/1/prompt","value":"one line"}]"#,
      ">-\n    folded\n    text\n", "one line\n"
    ),
    (
      "a member is added", #"[{"op":"add","path":"/capabilities/0/note","value":"new"}]"#,
      "name: \"A\" # quoted\n", "name: \"A\" # quoted\n    note: new\n"
    ),
    (
      "a member is removed", #"[{"op":"remove","path":"/harnesses/0/parent"}]"#, "  parent: null\n",
      ""
    ),
    (
      "an item at the end",
      #"[{"op":"add","path":"/harnesses/-","value":{"name":"three","prompt":"a\nb"}}]"#, "  - y\n",
      "  - y\n- name: three\n  prompt: |-\n    a\n    b\n"
    ),
    (
      "lines instead of a line",
      #"[{"op":"replace","path":"/capabilities/0/name","value":"a\nb\n"}]"#,
      "name: \"A\" # quoted\n", "name: | # quoted\n      a\n      b\n"
    ),
  ])
  func `a change in YAML leaves everything else alone`(
    fact: String, patch: String, old: String, new: String
  ) throws {
    for (lineBreak, mark) in [("\n", ""), ("\r\n", "\u{FEFF}")] {
      let text = mark + Self.yaml.replacing("\n", with: lineBreak)
      let expected = Self.yaml.replacing(old, with: new, maxReplacements: 1)
      #expect(expected != Self.yaml)
      #expect(
        try rewriting(text, isYAML: true, patch)
          == mark + expected.replacing("\n", with: lineBreak))
    }
  }

  @Test func `a text without a last line break gets none`() throws {
    #expect(
      try rewriting("a: 1\nb:\n- x", isYAML: true, #"[{"op":"add","path":"/b/-","value":"z"}]"#)
        == "a: 1\nb:\n- x\n- z")
    #expect(
      try rewriting("a: 1\nb: 2", isYAML: true, #"[{"op":"replace","path":"/b","value":3}]"#)
        == "a: 1\nb: 3")
  }

  @Test(arguments: ["\t", " \t", "\t\t", "  \t \t\t"])
  func `a text with tabs on a blank line stays as it is while something else changes`(
    blank: String
  ) throws {
    for sign in ["|", ">-", "|+"] {
      for lines in [
        "      one\n\(blank)\n      two\n", "\(blank)\n      one\n", "      one\n\(blank)\n",
      ] {
        let text = "# top\na:\n  - text: \(sign) # why\n\(lines)    b: 1 # one\n"
        #expect(
          try rewriting(text, isYAML: true, #"[{"op":"replace","path":"/a/0/b","value":2}]"#)
            == text.replacing("b: 1", with: "b: 2"), "\(text)")
      }
    }
  }

  @Test(arguments: ["\n", ""])
  func `what is added to an entry comes before what is added behind it`(end: String) throws {
    #expect(
      try rewriting(
        "# top\n- name: a # one\n  tags:\n  - x # two\(end)", isYAML: true,
        """
        [{"op":"add","path":"/0/tags/-","value":"z"},{"op":"add","path":"/0/roles","value":["r"]},
         {"op":"add","path":"/-","value":{"name":"b"}}]
        """)
          == """
          # top
          - name: a # one
            tags:
            - x # two
            - z
            roles:
              - r
          - name: b
          """ + end)
  }

  @Test func `removing an item's first member moves the next one up`() throws {
    #expect(
      try rewriting("- a: 1\n  b: 2 # two\n", isYAML: true, #"[{"op":"remove","path":"/0/a"}]"#)
        == "- b: 2 # two\n")
  }

  @Test(arguments: [
    ("-   three # last", "-   name: three # last\n    m: 1"),
    ("-   three", "-   name: three\n    m: 1"),
    ("-     'three'", "-     name: three\n      m: 1"),
    ("-   |-  # last\n     three", "-   name: three  # last\n    m: 1"),
    ("-   >-\n    three", "-   name: three\n    m: 1"),
    ("-   !!str  three", "-  name: three\n   m: 1"),
    ("- !!str\n    three", "-\n    name: three\n    m: 1"),
    ("-\n    !!str three", "-\n    name: three\n    m: 1"),
    ("-\n    three # last", "-\n    name: three # last\n    m: 1"),
    ("-\tthree # last", "- name: three # last\n  m: 1"),
    ("- \t 'three'", "- name: three\n  m: 1"),
    ("-\t|-\n  three", "- name: three\n  m: 1"),
    ("- !!str\tthree", "- name: three\n  m: 1"),
    ("-\t&x\tthree", "- &x\n  name: three\n  m: 1"),
    ("-   &x three", "-   &x\n  name: three\n  m: 1"),
  ])
  func `an item becomes an object in place, however many blanks follow its dash`(
    old: String, new: String
  ) throws {
    for indentation in ["", "  "] {
      func text(_ item: String) -> String {
        "a:\n"
          + "-  one\n\(item)\n# end\n-  two\n".split(separator: "\n")
          .map { "\(indentation)\($0)\n" }.joined() + "b: 1\n"
      }
      #expect(
        try rewriting(
          text(old), isYAML: true,
          #"[{"op":"replace","path":"/a/1","value":{"name":"three","m":1}}]"#) == text(new))
    }
  }

  @Test func `an item moves with its comments, quotes and lines`() throws {
    let text = """
      list:
        # about a
        - id: a   # the first
          name: 'A'
        - id: b
          tags: [x,  y]
          # inside of b
        # about c
        - {id: c, name: "C"}   # in brackets
      # end
      """ + "\n"
    for lineBreak in ["\n", "\r\n"] {
      let moved = try rewriting(
        text.replacing("\n", with: lineBreak), isYAML: true,
        #"[{"op":"move","from":"/list/2","path":"/list/0"},{"op":"replace","path":"/list/0/name","value":"Z"}]"#
      )
      #expect(
        moved?.replacing("\r\n", with: "\n") == """
          list:
            # about c
            - {id: c, name: Z}   # in brackets
            # about a
            - id: a   # the first
              name: 'A'
            - id: b
              tags: [x,  y]
              # inside of b
          # end
          """ + "\n")
    }
  }

  @Test(
    arguments: [">-", ">", "|", "|+"],
    ["short", "two\nlines", " begins with a blank\nand goes on\n", "", ["a"], ["k": 1]]
      as [JSONValue])
  func `the comment of a block of text stays with whatever takes its place`(
    header: String, value: JSONValue
  ) throws {
    let text = "a: \(header)   # why\n  long\n  text\nb: 1\n"
    let patch = #"[{"op":"replace","path":"/a","value":\#(value.canonicalJSON)}]"#
    let result = try #require(try rewriting(text, isYAML: true, patch))
    #expect(result.prefix { $0 != "\n" }.hasSuffix("   # why"), "\(result)")
    #expect(try YAMLReader.read(result.utf8).value == ["a": value, "b": 1])
  }

  @Test func `an item with an anchor moves only if no comment is lost`() throws {
    let patch = #"[{"op":"move","from":"/0","path":"/1"}]"#
    let text = "- {id: a, tags: &t [x]}\n- id: b\n  tags: *t\n"
    #expect(
      try rewriting(text, isYAML: true, patch).map { try YAMLReader.read($0.utf8).value }
        == [["id": "b", "tags": ["x"]], ["id": "a", "tags": ["x"]]])
    let commented = text.replacing("- ", with: "# about it\n- ")
    #expect(try rewriting(commented, isYAML: true, patch) == nil)
  }

  // MARK: JSON

  @Test func `an element of JSON moves with its layout`() throws {
    let text = """
      {"list": [
        {"id":"a",   "n": 1.50},
        {"id": "b",
         "n": 2}
      ]}
      """
    #expect(
      try rewriting(
        text, isYAML: false,
        #"[{"op":"move","from":"/list/1","path":"/list/0"},{"op":"replace","path":"/list/0/n","value":3}]"#
      ) == """
        {"list": [
          {"id": "b",
           "n": 3},
          {"id":"a",   "n": 1.50}
        ]}
        """)
  }

  private static let json = """
    { "format" : "x",
       "list": [
          {"name": "a", "tags": ["x","y"]},
          {
             "name": "b", "n": 1.50
          }
       ],
       "empty": [], "text": "caf\\u00e9"
    }
    """

  @Test(arguments: [
    (#"[{"op":"replace","path":"/list/1/n","value":2}]"#, "1.50", "2"),
    (
      #"[{"op":"remove","path":"/list/0"}]"#, "{\"name\": \"a\", \"tags\": [\"x\",\"y\"]},\n      ",
      ""
    ),
    (
      #"[{"op":"remove","path":"/list/1"}]"#,
      ",\n      {\n         \"name\": \"b\", \"n\": 1.50\n      }", ""
    ),
    (#"[{"op":"add","path":"/list/0/tags/-","value":"z"}]"#, "\"y\"]", "\"y\",\"z\"]"),
    (#"[{"op":"remove","path":"/list/0/tags/1"}]"#, ",\"y\"", ""),
    (
      #"[{"op":"add","path":"/list/-","value":{"name":"c","o":{"k":[]}}}]"#, "1.50\n      }",
      "1.50\n      },\n      {\n         \"name\": \"c\",\n         \"o\": {\n            \"k\": []\n         }\n      }"
    ),
    (
      #"[{"op":"add","path":"/empty/-","value":1}]"#, "\"empty\": []", "\"empty\": [\n      1\n   ]"
    ),
    (#"[{"op":"remove","path":"/format"}]"#, "\"format\" : \"x\",\n   ", ""),
    (#"[{"op":"replace","path":"/format","value":"é"}]"#, "\"x\",\n", "\"é\",\n"),
  ])
  func `a change in JSON leaves everything else alone`(patch: String, old: String, new: String)
    throws
  {
    for lineBreak in ["\n", "\r\n"] {
      let expected = Self.json.replacing(old, with: new, maxReplacements: 1)
      #expect(expected != Self.json)
      #expect(
        try rewriting(Self.json.replacing("\n", with: lineBreak), isYAML: false, patch)
          == expected.replacing("\n", with: lineBreak))
    }
  }

  // MARK: Any text

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `reading the result gives the new value, and its text differs only there`(
    seed: UInt64
  ) throws {
    var generator = SeededGenerator(state: seed)
    var inPlace = 0
    for _ in 0..<150 {
      var layout = RandomLayout(using: &generator)
      let text = layout.text
      let before = try YAMLReader.read(text.utf8).value
      let change = layout.change(using: &generator)
      let expected = layout.text
      let after =
        if case .removal(let index, isShared: true) = change {
          try before.removing(index, from: "list")
        } else {
          try YAMLReader.read(expected.utf8).value
        }
      let result = DocumentRewriting.rewrite(
        Array(text.utf8), isYAML: true, from: before, to: after, identifiedBy: ["name"])
      guard let result = result?.bytes else { continue }
      inPlace += 1
      let changed = String(decoding: result, as: UTF8.self)
      if case .removal(_, isShared: true) = change {
        // The aliases of what was removed are written out; all other lines stay.
        #expect(try YAMLReader.read(result).value == after, "\(text)")
        let lines = changed.split(separator: "\n", omittingEmptySubsequences: false)[...]
        let kept = expected.split(separator: "\n", omittingEmptySubsequences: false)
          .filter { !$0.contains("*") }
        #expect(lines.hasSubsequence(kept), "\(text)\n-> \(changed)")
      } else {
        #expect(changed == expected, "\(text)")
      }
    }
    #expect(inPlace > 140)
  }

  @Test(arguments: [
    (
      "a:\n  # all of them\n\n  # one\n  - x  # 1\n    # inside\n\n  # between\n\n  - y\n  # behind\nb: 1\n",
      "a: []\n  # all of them\n  # between\n  # behind\nb: 1\n"
    ),
    ("a:\n- x\n\n# between\n\n- y\n# behind", "a: []\n# between\n# behind"),
    ("a:\r\n  - x\r\n  # behind\r\n", "a: []\r\n  # behind\r\n"),
  ])
  func `of a list that loses every item, comments that belong to none stay`(
    text: String, expected: String
  ) throws {
    let before = try YAMLReader.read(text.utf8).value
    var after = try #require(before.object)
    after["a"] = []
    let result = DocumentRewriting.rewrite(
      Array(text.utf8), isYAML: true, from: before, to: .object(after), identifiedBy: [])
    #expect(result.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
  }

  @Test func `a comment stays with its item and never moves to another one`() throws {
    for (text, items, expected) in [
      (
        "a:\n- internal  # secret\n- beta\n- public  # ok\n", ["public", "beta"],
        "a:\n- public  # ok\n- beta\n"
      ),
      ("a:\n- x  # 1\n- y  # 2\n- x  # 3\n- z\n", ["y", "z"], "a:\n- y  # 2\n- z\n"),
      ("a:\n- x  # 1\n- y  # 2\n", ["w", "y"], "a:\n- w  # 1\n- y  # 2\n"),
    ] {
      let before = try YAMLReader.read(Array(text.utf8)).value
      let result = DocumentRewriting.rewrite(
        Array(text.utf8), isYAML: true, from: before,
        to: ["a": .array(items.map { .string($0) })], identifiedBy: [])
      #expect(result.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
    }
  }

  @Test func `a text whose end would run into what follows is quoted`() throws {
    for (text, expected) in [
      ("a: old\n\nb: 1\n", "a: \"You.\\n\\n\"\n\nb: 1\n"),
      ("a: |\n  old\n\n# c\nb: 1\n", "a: \"You.\\n\\n\"\n\n# c\nb: 1\n"),
    ] {
      let before = try YAMLReader.read(Array(text.utf8)).value
      let result = DocumentRewriting.rewrite(
        Array(text.utf8), isYAML: true, from: before, to: ["a": "You.\n\n", "b": 1],
        identifiedBy: [])
      #expect(result.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `any change is made in place or not at all`(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<150 {
      let before = JSONValue.random(using: &generator)
      let after = before.randomlyChanged(using: &generator)
      for (isYAML, text) in [
        (true, before.yaml), (false, before.prettyJSON), (false, before.canonicalJSON),
      ] {
        let result = DocumentRewriting.rewrite(
          Array(text.utf8), isYAML: isYAML, from: before, to: after, identifiedBy: ["name"])
        guard let result = result?.bytes else { continue }
        let read = try isYAML ? YAMLReader.read(result) : JSONReader.read(result)
        #expect(read.value.sortingKeys == after.sortingKeys)
      }
    }
  }
}
