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

  @Test func `removing an item's first member moves the next one up`() throws {
    #expect(
      try rewriting("- a: 1\n  b: 2 # two\n", isYAML: true, #"[{"op":"remove","path":"/0/a"}]"#)
        == "- b: 2 # two\n")
  }

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

  // MARK: JSON

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
      guard let result else { continue }
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
      #expect(
        try YAMLReader.read(result).value.sortingKeys == after.sortingKeys,
        "\(text)\n-> \(String(decoding: result, as: UTF8.self))")
    }
    #expect(inPlace > 135)
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
        guard let result else { continue }
        let read = try isYAML ? YAMLReader.read(result) : JSONReader.read(result)
        #expect(read.value.sortingKeys == after.sortingKeys)
      }
    }
  }

  private func rewriting(_ text: String, isYAML: Bool, _ patch: String) throws -> String? {
    let before = try (isYAML ? YAMLReader.read(text.utf8) : JSONReader.read(text.utf8)).value
    let after = try JSONPatch(json: patch).applied(to: before)
    return DocumentRewriting.rewrite(
      Array(text.utf8), isYAML: isYAML, from: before, to: after, identifiedBy: ["id", "name"]
    ).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// A YAML text made of parts that are known, so that the text after a change is known too.
private struct RandomLayout {
  private var entries: [[String]] = []
  private let head: [String]
  private let tail: [String]
  private let lineBreak: String
  private let indentation: String
  private let isSpaced: Bool
  private let mark: String
  private var next = 0
  /// The lines of values with anchors, by name.
  private var anchored: [(key: String, name: String)] = []

  init(using generator: inout SeededGenerator) {
    lineBreak = Bool.random(using: &generator) ? "\n" : "\r\n"
    indentation = ["", "  ", "    "].randomElement(using: &generator) ?? ""
    isSpaced = .random(using: &generator)
    mark = Bool.random(using: &generator) ? "\u{FEFF}" : ""
    head = ["# head", "", "format: x # fmt", "list: # the list"]
    tail = ["# tail", "other: &o {k: v} # flow", "again: *o", "# end"]
    for _ in 0..<Int.random(in: 2...4, using: &generator) {
      entries.append(entry(using: &generator, hasComments: true))
    }
  }

  var text: String {
    let separated = entries.flatMap { $0 + (isSpaced ? [""] : []) }
    return mark + (head + separated + tail).joined(separator: lineBreak) + lineBreak
  }

  enum Change {
    /// Lines are added or differ.
    case lines
    /// An entry is removed; if it is shared, others repeat what has an anchor in it.
    case removal(Int, isShared: Bool)
  }

  /// Changes something in the text.
  mutating func change(using generator: inout SeededGenerator) -> Change {
    let index = Int.random(in: entries.indices, using: &generator)
    switch Int.random(in: 0..<3, using: &generator) {
    case 0:
      let removed = entries.remove(at: index)
      let isShared = anchored.contains { anchor in
        removed.contains { $0.contains("&\(anchor.name) ") || $0.hasSuffix("&\(anchor.name)") }
          && entries.joined().contains { $0.contains("*\(anchor.name)") }
      }
      return .removal(index, isShared: isShared)
    case 1:
      let line = entries[index].firstIndex { $0.contains("title:") } ?? 0
      entries[index][line] = entries[index][line].replacing("old", with: "new", maxReplacements: 1)
    default:
      // A new item is written plainly, behind the others.
      guard isSpaced ? entries.count > 1 : true else { break }
      next += 1
      entries.append([
        "\(indentation)- name: n\(next)", "\(indentation)  title: plain",
        "\(indentation)  tags:", "\(indentation)    - a",
      ])
    }
    return .lines
  }

  /// Lines with an anchor now and then, or an alias of an earlier value of the same key.
  private mutating func shared(
    _ lines: [String], _ key: String, using generator: inout SeededGenerator
  ) -> [String] {
    if let anchor = anchored.last(where: { $0.key == key }), .random(using: &generator) {
      return ["\(key): *\(anchor.name)"]
    }
    guard Int.random(in: 0..<3, using: &generator) == 0 else { return lines }
    let name = "x\(anchored.count)"
    anchored.append((key, name))
    var lines = lines
    lines[0] = "\(key): &\(name)" + lines[0].dropFirst(key.count + 1)
    return lines
  }

  private mutating func entry(
    using generator: inout SeededGenerator, hasComments: Bool
  ) -> [String] {
    next += 1
    let inner = indentation + "  "
    let titles = ["old", "'old'", "\"old\"", "old thing", "'old #1'"]
    let prompts = [
      ["prompt: |", "    a", "", "      # no comment", "    b"], ["prompt: |-", "    - a"],
      ["prompt: >", "    a", "    b"], ["prompt: >-", "  # no comment", "  b"],
      ["prompt: plain", "  goes on"], ["prompt: \"x", "  y\""], ["prompt: ''"],
      ["prompt: |2 # why", "     a"],
    ]
    let tags = [
      ["tags: [a, 'b']"], ["tags:", "- a # one", "- b"], ["tags: []"], ["tags: [a,", "  b]"],
      ["tags:", "  # first", "  - a"],
    ]
    var lines = ["name: n\(next)"]
    lines.append("title: " + (titles.randomElement(using: &generator) ?? ""))
    if .random(using: &generator) { lines[lines.count - 1] += " # of \(next)" }
    lines += shared(
      prompts.randomElement(using: &generator) ?? [], "prompt", using: &generator)
    if .random(using: &generator) { lines.append("# inside of \(next)") }
    lines += shared(tags.randomElement(using: &generator) ?? [], "tags", using: &generator)
    if .random(using: &generator) { lines.append("# behind \(next)") }
    var result = lines.enumerated().map { index, line in
      line.isEmpty ? "" : (index == 0 ? indentation + "- " : inner) + line
    }
    if .random(using: &generator) { result.insert("\(indentation)# about \(next)", at: 0) }
    return result
  }
}

extension JSONValue {
  /// The value with a few parts changed, removed or added.
  fileprivate func randomlyChanged(using generator: inout SeededGenerator) -> JSONValue {
    switch self {
    case .array(var elements) where !elements.isEmpty:
      let index = Int.random(in: elements.indices, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: elements.remove(at: index)
      case 1: elements.insert(.random(using: &generator, depth: 3), at: index)
      default: elements[index] = elements[index].randomlyChanged(using: &generator)
      }
      return .array(elements)
    case .object(var object) where !object.isEmpty:
      let members = object.members
      let key = members[Int.random(in: members.indices, using: &generator)].key
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: object[key] = nil
      case 1: object[key + "+"] = .random(using: &generator, depth: 3)
      default: object[key] = object[key]?.randomlyChanged(using: &generator)
      }
      return .object(object)
    default: return .random(using: &generator, depth: 3)
    }
  }

  /// The object without an element of one of its arrays.
  fileprivate func removing(_ index: Int, from key: String) throws -> JSONValue {
    guard case .object(var object) = self, case .array(var elements)? = object[key] else {
      throw Unexpected()
    }
    elements.remove(at: index)
    object[key] = .array(elements)
    return .object(object)
  }

  /// A value in which some parts are equal.
  fileprivate static func randomWithRepetitions(
    using generator: inout SeededGenerator
  ) -> JSONValue {
    let scalars: [JSONValue] = [
      "a", "b c", "x: y", "- z", "it's", "two\nlines\n", "", nil, true, 1, 25,
    ]
    var parts = scalars
    for _ in 0..<6 {
      let few = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        parts.randomElement(using: &generator) ?? nil
      }
      let keys = ["name", "k", "tags"]
      parts.append(
        .random(using: &generator)
          ? .array(few)
          : .object(JSONObject(zip(keys, few).map { JSONObject.Member(key: $0, value: $1) })))
    }
    let members = (0..<8).map {
      JSONObject.Member(
        key: "m\($0)", value: parts.suffix(9).randomElement(using: &generator) ?? nil)
    }
    return .object(JSONObject(members))
  }

  /// The value with one of its parts changed wherever it stands.
  fileprivate func changedEverywhere(using generator: inout SeededGenerator) -> JSONValue {
    guard case .object(let object) = self,
      let part = object.members.randomElement(using: &generator)?.value
    else { return self }
    return replacing(part, with: part.randomlyChanged(using: &generator))
  }

  private func replacing(_ part: JSONValue, with other: JSONValue) -> JSONValue {
    if self == part { return other }
    switch self {
    case .array(let elements): return .array(elements.map { $0.replacing(part, with: other) })
    case .object(let object):
      return .object(
        JSONObject(
          object.members.map {
            JSONObject.Member(key: $0.key, value: $0.value.replacing(part, with: other))
          }))
    default: return self
    }
  }
}

extension ArraySlice where Element: Equatable {
  /// Whether other elements are among these in the same order.
  fileprivate func hasSubsequence(_ others: [Element]) -> Bool {
    var rest = self
    return others.allSatisfy { other in
      guard let index = rest.firstIndex(of: other) else { return false }
      rest = rest[(index + 1)...]
      return true
    }
  }
}

/// A YAML text in which repeated values may be aliases.
private struct AnchoredText {
  /// What the names stand for so far; each may be used again for something else.
  private var values: [String: JSONValue] = [:]

  static func text(of value: JSONValue, using generator: inout SeededGenerator) -> String {
    var text = AnchoredText()
    return text.lines(of: value, at: "", using: &generator).joined(separator: "\n") + "\n"
  }

  private func alias(of value: JSONValue, using generator: inout SeededGenerator) -> String? {
    guard Int.random(in: 0..<4, using: &generator) > 0 else { return nil }
    return values.keys.sorted().first { values[$0] == value }.map { "*\($0)" }
  }

  private func anchor(using generator: inout SeededGenerator) -> String? {
    guard Int.random(in: 0..<3, using: &generator) == 0 else { return nil }
    return ["a", "b", "c", "d"].randomElement(using: &generator)
  }

  /// The entries of a collection that is not empty, each with its lines.
  private mutating func lines(
    of value: JSONValue, at indentation: String, using generator: inout SeededGenerator
  ) -> [String] {
    var lines: [String] = []
    switch value {
    case .array(let elements):
      for element in elements {
        lines += entry("\(indentation)-", element, indentation, using: &generator)
      }
    case .object(let object):
      for member in object.members {
        lines += entry("\(indentation)\(member.key):", member.value, indentation, using: &generator)
      }
    default: break
    }
    return lines
  }

  private mutating func entry(
    _ sign: String, _ value: JSONValue, _ indentation: String,
    using generator: inout SeededGenerator
  ) -> [String] {
    if let alias = alias(of: value, using: &generator) { return ["\(sign) \(alias) # same"] }
    let anchor = anchor(using: &generator)
    defer { if let anchor { values[anchor] = value } }
    let head = sign + (anchor.map { " &\($0)" } ?? "")
    let hasEntries =
      switch value {
      case .array(let elements): !elements.isEmpty
      case .object(let object): !object.isEmpty
      default: false
      }
    if hasEntries, .random(using: &generator) {
      let lines = lines(of: value, at: indentation + "  ", using: &generator)
      guard anchor == nil, sign.hasSuffix("-"), !lines[0].contains("&"), .random(using: &generator)
      else { return ["\(head) # lines"] + lines }
      return [sign + " " + lines[0].dropFirst(indentation.count + 2)] + lines.dropFirst()
    }
    if case .string("two\nlines\n") = value, .random(using: &generator) {
      return ["\(head) | # block", "\(indentation)  two", "\(indentation)  lines"]
    }
    return ["\(head) \(inFlow(value, using: &generator)) # flow"]
  }

  /// A value in brackets, without an anchor of its own.
  private mutating func inFlow(
    _ value: JSONValue, using generator: inout SeededGenerator
  ) -> String {
    func part(_ value: JSONValue, _ text: inout AnchoredText) -> String {
      if let alias = text.alias(of: value, using: &generator) { return alias }
      let anchor = text.anchor(using: &generator)
      defer { if let anchor { text.values[anchor] = value } }
      return (anchor.map { "&\($0) " } ?? "") + text.inFlow(value, using: &generator)
    }
    switch value {
    case .array(let elements):
      return "[" + elements.map { part($0, &self) }.joined(separator: ", ") + "]"
    case .object(let object):
      return "{"
        + object.members.map { "\($0.key): " + part($0.value, &self) }
        .joined(separator: ", ") + "}"
    default: return value.canonicalJSON
    }
  }
}
