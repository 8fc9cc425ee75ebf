import Messages

/// The grammar of identifiers of one kind.
package struct IdentifierGrammar: Sendable, Hashable {
  /// The noun for messages.
  package let noun: String
  /// The pattern, for people.
  package let pattern: String
  /// The maximum length in characters.
  package let maximumLength: Int
  private let rule: Rule

  private enum Rule: Sendable, Hashable {
    case words(separators: [UInt8])
    case hyphenated
    case uuid
    case organization
  }

  /// Identifiers of capabilities: `current_time`.
  package static let capability = IdentifierGrammar(
    noun: "capability id", pattern: "[a-z][a-z0-9_]*", maximumLength: 50,
    rule: .words(separators: [UInt8(ascii: "_")]))

  /// Identifiers of drivers and connection providers: `openai_completions`, `openai-codex`.
  package static let component = IdentifierGrammar(
    noun: "id", pattern: "[a-z][a-z0-9_-]*", maximumLength: 64,
    rule: .words(separators: [UInt8(ascii: "_"), UInt8(ascii: "-")]))

  /// Names of harness templates and of saved platform definitions: `platform-chat`.
  package static let name = IdentifierGrammar(
    noun: "name", pattern: "[a-z0-9]+(-[a-z0-9]+)*", maximumLength: 64, rule: .hyphenated)

  /// Seed ids: `01933b5a-0000-7000-8000-000000000601`.
  package static let uuid = IdentifierGrammar(
    noun: "UUID", pattern: "8-4-4-4-12 lower-case hexadecimal digits", maximumLength: 36,
    rule: .uuid)

  /// The pattern as a regular expression, without anchors.
  var expression: String {
    switch rule {
    case .words, .hyphenated: pattern
    case .organization: "org_[0-9a-f]{32}"
    case .uuid: "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    }
  }

  /// The rule, as the end of an error message.
  package var hint: String { "it must match \(pattern), at most \(maximumLength) characters" }

  /// Public ids of organizations: `org_00000000000000000000000000000001`.
  package static let organization = IdentifierGrammar(
    noun: "public id", pattern: "org_ and 32 lower-case hexadecimal digits", maximumLength: 36,
    rule: .organization)

  /// Whether a text is a valid identifier.
  package func accepts(_ text: String) -> Bool {
    let bytes = Array(text.utf8.prefix(maximumLength + 1))
    guard !bytes.isEmpty, bytes.count <= maximumLength else { return false }
    switch rule {
    case .words(let separators):
      return bytes[0].isLowercaseASCIILetter
        && bytes.allSatisfy {
          $0.isLowercaseASCIILetter || $0.isASCIIDigit || separators.contains($0)
        }
    case .hyphenated:
      return bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        .allSatisfy { part in
          !part.isEmpty && part.allSatisfy { $0.isLowercaseASCIILetter || $0.isASCIIDigit }
        }
    case .organization:
      let digits = bytes.dropFirst(4)
      return bytes.starts(with: "org_".utf8) && digits.count == 32
        && digits.allSatisfy(\.isHexadecimalDigit)
    case .uuid:
      let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      return parts.map(\.count) == [8, 4, 4, 4, 12]
        && parts.joined().allSatisfy(\.isHexadecimalDigit)
    }
  }
}
