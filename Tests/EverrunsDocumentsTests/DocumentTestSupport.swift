import EverrunsDocuments
import Testing

struct Unexpected: Error {}

/// A text that cannot be read, with the whole error it must give.
struct Refusal: CustomTestStringConvertible {
  let bytes: [UInt8]
  let error: DocumentSyntaxError

  init(_ text: String, _ line: Int, _ column: Int, _ kind: DocumentSyntaxError.Kind) {
    self.init(bytes: Array(text.utf8), line, column, kind)
  }

  init(bytes: [UInt8], _ line: Int, _ column: Int, _ kind: DocumentSyntaxError.Kind) {
    self.bytes = bytes
    error = DocumentSyntaxError(kind, at: SourcePlace(line: line, column: column))
  }

  var testDescription: String { String(decoding: bytes.prefix(40), as: UTF8.self) }
}

extension SourceNode {
  /// Each part of the tree with its place, in the order of the text.
  var outline: [String] {
    let prefix = place.text
    return switch content {
    case .null: [prefix + " null"]
    case .bool(let value): [prefix + " \(value)"]
    case .number(let number): [prefix + " " + number.literal]
    case .string(let text): [prefix + " " + text]
    case .array(let elements): [prefix + " array"] + elements.flatMap(\.outline)
    case .object(let members):
      [prefix + " object"]
        + members.flatMap { [$0.keyPlace.text + " key " + $0.key] + $0.value.outline }
    }
  }
}

extension SourcePlace {
  fileprivate var text: String { "\(line):\(column)" }
}

extension JSONValue {
  /// The one element of an array.
  var only: JSONValue? {
    guard case .array(let elements) = self, elements.count == 1 else { return nil }
    return elements[0]
  }
}

/// The number with these digits, as the reader makes it.
func readNumber(_ literal: String) -> JSONNumber? {
  guard case .number(let number)? = try? JSONValue(json: literal) else { return nil }
  return number
}

/// The same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension JSONValue {
  /// A value of a few levels, with the texts that notations have trouble with.
  static func random(using generator: inout SeededGenerator, depth: Int = 0) -> JSONValue {
    switch Int.random(in: 0..<(depth < 4 ? 12 : 8), using: &generator) {
    case 0: return .null
    case 1: return .bool(.random(using: &generator))
    case 2, 3:
      let literals = ["0", "-1", "12", "1.50", "1e5", "-0.0", "9007199254740993", "1E+400"]
      return literals.randomElement(using: &generator).flatMap(readNumber).map(JSONValue.number)
        ?? nil
    case 4...7: return .string(randomText(using: &generator))
    case 8, 9:
      let count = Int.random(in: 0...4, using: &generator)
      return .array((0..<count).map { _ in random(using: &generator, depth: depth + 1) })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0...4, using: &generator) {
        object[randomText(using: &generator)] = random(using: &generator, depth: depth + 1)
      }
      return .object(object)
    }
  }

  /// U+FDD0, which the compiler does not take in a literal.
  private static let noncharacter = Unicode.Scalar(0xFDD0 as UInt32).map(String.init) ?? ""

  private static func randomText(using generator: inout SeededGenerator) -> String {
    let pieces = [
      "a", "word", "Two words", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", "\u{1}", "\u{1B}[31m",
      "é", "e\u{301}", "😀", "漢字", "\u{85}", "\u{2028}", "\u{202E}", "\u{FEFF}", "\u{FFFE}",
      noncharacter, "\u{7F}", "\u{A0}", "*", "*a", "**b**", "&a", "!!str", "|", ">", "- ", "? ",
      ": ",
      " #", "#", "'", "\"", "\\", "\\n", "{", "}", "[", "]", ",", "%", "@", "`", "<<", "=", "~",
      "null", "Yes", "no", "on", "1", "012", "0x1F", "1_000", ".inf", "1:30", "2024-01-01", "---",
      "...", "--- a", "true", "-", "?", ":", "key: value", "http://x/y", "/", "…", "\u{1FFFE}",
    ]
    let count = [0, 1, 1, 1, 2, 3, 4, 6].randomElement(using: &generator) ?? 1
    return (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }
}
