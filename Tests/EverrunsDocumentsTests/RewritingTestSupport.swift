import EverrunsDocuments

/// The text after a patch of its value; `nil` if it cannot be rewritten in place.
func rewriting(_ text: String, isYAML: Bool, _ patch: String) throws -> String? {
  let before = try (isYAML ? YAMLReader.read(text.utf8) : JSONReader.read(text.utf8)).value
  let after = try JSONPatch(json: patch).applied(to: before)
  return DocumentRewriting.rewrite(
    Array(text.utf8), isYAML: isYAML, from: before, to: after, identifiedBy: ["id", "name"]
  ).map { String(decoding: $0.bytes, as: UTF8.self) }
}

/// A YAML text made of parts that are known, so that the text after a change is known too.
struct RandomLayout {
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
    switch Int.random(in: 0..<5, using: &generator) {
    case 4:
      // The first tag becomes an object on its line.
      guard let key = entries[index].firstIndex(where: { $0.contains("tags:") }),
        let line = entries[index][key...].dropFirst().firstIndex(where: {
          $0.drop { $0 == " " }.hasPrefix("-")
        })
      else { break }
      let text = entries[index][line]
      let sign = text.prefix { "- \t".contains($0) }
      let start = sign.contains("\t") ? sign.prefix { $0 != "\t" } + " " : sign
      entries[index][line] = start + "name: " + text.dropFirst(sign.count)
      entries[index].insert(String(repeating: " ", count: start.count) + "m: 1", at: line + 1)
    case 3 where anchored.isEmpty && entries.count > 1:
      entries.insert(entries.remove(at: index), at: (index + 1) % entries.count)
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
    // Blanks after the dashes of items.
    let blanks = ["", "", " ", "   "].randomElement(using: &generator) ?? ""
    let inner = indentation + "  " + blanks
    let tab = Int.random(in: 0..<4, using: &generator) == 0 ? "\t" : " \(blanks)"
    let titles = ["old", "'old'", "\"old\"", "old thing", "'old #1'"]
    let prompts = [
      ["prompt: |", "    a", "", "      # no comment", "    b"], ["prompt: |-", "    - a"],
      ["prompt: >", "    a", "    b"], ["prompt: >-", "  # no comment", "  b"],
      ["prompt: plain", "  goes on"], ["prompt: \"x", "  y\""], ["prompt: ''"],
      ["prompt: |2 # why", "     a"],
    ]
    let tags = [
      ["tags: [a, 'b']"], ["tags:", "-\(tab)a # one", "-\(tab)b"], ["tags: []"],
      ["tags: [a,", "  b]"], ["tags:", "  # first", "  -\(tab)a"],
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
      line.isEmpty ? "" : (index == 0 ? indentation + "- " + blanks : inner) + line
    }
    if .random(using: &generator) { result.insert("\(indentation)# about \(next)", at: 0) }
    return result
  }
}

extension JSONValue {
  /// The value with a few parts changed, removed or added.
  func randomlyChanged(using generator: inout SeededGenerator) -> JSONValue {
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
  func removing(_ index: Int, from key: String) throws -> JSONValue {
    guard case .object(var object) = self, case .array(var elements)? = object[key] else {
      throw Unexpected()
    }
    elements.remove(at: index)
    object[key] = .array(elements)
    return .object(object)
  }

  /// A value in which some parts are equal.
  static func randomWithRepetitions(
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
  func changedEverywhere(using generator: inout SeededGenerator) -> JSONValue {
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
  func hasSubsequence(_ others: [Element]) -> Bool {
    var rest = self
    return others.allSatisfy { other in
      guard let index = rest.firstIndex(of: other) else { return false }
      rest = rest[(index + 1)...]
      return true
    }
  }
}

/// A YAML text in which repeated values may be aliases.
struct AnchoredText {
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
