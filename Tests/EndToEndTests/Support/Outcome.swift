import Foundation
import Testing

/// How a run of a program ended, and what it wrote.
struct Outcome {
  /// What was run, for reports.
  let command: String
  /// What it wrote to standard output.
  let output: Data
  /// What it wrote to standard error.
  let errorOutput: Data
  /// Its exit code, or 128 and the number of the signal that ended it.
  let exitCode: Int32

  /// Standard output as text.
  var out: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  var err: String { String(decoding: errorOutput, as: UTF8.self) }
  /// The lines of standard output.
  var lines: [String] { out.split(separator: "\n").map(String.init) }

  /// Standard output as one JSON value.
  func json(sourceLocation: SourceLocation = #_sourceLocation) throws -> JSON {
    try parsed(output, sourceLocation)
  }

  /// Standard error as one JSON value.
  func errorJSON(sourceLocation: SourceLocation = #_sourceLocation) throws -> JSON {
    try parsed(errorOutput, sourceLocation)
  }

  private func parsed(_ data: Data, _ sourceLocation: SourceLocation) throws -> JSON {
    do {
      return try JSONDecoder().decode(JSON.self, from: data)
    } catch {
      Issue.record("not JSON: \(error)\n\(report)", sourceLocation: sourceLocation)
      throw error
    }
  }

  /// All there is to say about the run, for a test that fails.
  var report: Comment {
    """
    $ \(raw: command)
    --- standard output
    \(raw: shortened(out))
    --- standard error
    \(raw: shortened(err))
    --- exit code \(exitCode)
    """
  }

  private static func difference(_ stream: String, _ wanted: String, _ found: String) -> String {
    let wanted = wanted.split(separator: "\n", omittingEmptySubsequences: false)
    let found = found.split(separator: "\n", omittingEmptySubsequences: false)
    let number = zip(wanted, found).prefix { $0 == $1 }.count
    let line = number < wanted.count ? "'\(wanted[number])'" : "the end"
    return "line \(number + 1) of \(stream) should be \(line)"
  }

  private func shortened(_ text: String) -> String {
    text.utf8.count > 3000 ? String(text.prefix(3000)) + "\n[...]" : text
  }

  /// Expects the whole of what a run wrote and how it ended; `nil` leaves a stream unexamined.
  func expect(
    out: String? = nil, err: String? = "", exit code: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var wrong: [String] = []
    if let out, out != self.out { wrong.append(Self.difference("standard output", out, self.out)) }
    if let err, err != self.err { wrong.append(Self.difference("standard error", err, self.err)) }
    if code != exitCode { wrong.append("the exit code should be \(code)") }
    guard !wrong.isEmpty else { return }
    Issue.record(
      "\(raw: wrong.joined(separator: "\n"))\n\(report)", sourceLocation: sourceLocation)
  }

  /// Expects an error and nothing on standard output.
  func expectError(
    _ err: String, exit code: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expect(out: "", err: err, exit: code, sourceLocation: sourceLocation)
  }
}

extension Comment.StringInterpolation {
  mutating func appendInterpolation(raw text: String) { appendLiteral(text) }
}

/// A JSON value, to compare whole ones.
///
/// The order of keys does not count here.
enum JSON: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  init(_ text: String) throws {
    self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
  }

  /// A member of an object; null where there is none.
  subscript(key: String) -> JSON {
    if case .object(let members) = self { members[key] ?? .null } else { .null }
  }

  /// The elements of an array.
  var elements: [JSON] {
    if case .array(let elements) = self { elements } else { [] }
  }

  /// The text of a string.
  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The keys of an object.
  var keys: Set<String> {
    if case .object(let members) = self { Set(members.keys) } else { [] }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(nilLiteral: ()) { self = .null }
  init(arrayLiteral elements: JSON...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(uniqueKeysWithValues: elements))
  }
}
