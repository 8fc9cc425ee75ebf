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

  @Test func `anchors elsewhere stay, and an anchored value is not changed in its place`() throws {
    let text = "a: &x\n  k: 1 # one\nb: *x\nc: 1\n"
    #expect(
      try rewriting(text, isYAML: true, #"[{"op":"replace","path":"/c","value":2}]"#)
        == text.replacing("c: 1", with: "c: 2"))
    #expect(
      try rewriting(text, isYAML: true, #"[{"op":"replace","path":"/b","value":3}]"#)
        == text.replacing("*x", with: "3"))
    #expect(
      try rewriting(text, isYAML: true, #"[{"op":"replace","path":"/a/k","value":2}]"#) == nil)
    #expect(try rewriting(text, isYAML: true, #"[{"op":"remove","path":"/a"}]"#) == nil)
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
      let expected = layout.change(using: &generator)
      let after = try YAMLReader.read(expected.utf8).value
      let result = DocumentRewriting.rewrite(
        Array(text.utf8), isYAML: true, from: before, to: after, identifiedBy: ["name"])
      if let result {
        inPlace += 1
        #expect(String(decoding: result, as: UTF8.self) == expected, "\(text)")
      }
    }
    #expect(inPlace > 140)
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

  /// Changes something, and returns the text after it.
  mutating func change(using generator: inout SeededGenerator) -> String {
    let index = Int.random(in: entries.indices, using: &generator)
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: entries.remove(at: index)
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
    return text
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
    lines += prompts.randomElement(using: &generator) ?? []
    if .random(using: &generator) { lines.append("# inside of \(next)") }
    lines += tags.randomElement(using: &generator) ?? []
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
}
