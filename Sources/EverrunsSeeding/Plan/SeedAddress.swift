import EverrunsDocuments
import Messages

/// The address of a row in a plan, for people and programs.
package struct SeedAddress: Sendable, Hashable, CustomStringConvertible {
  /// The organizations of an address.
  package enum Scope: Sendable, Hashable {
    /// The default organization.
    case defaultOrganization
    /// Another organization, by public id.
    case organization(String)
    /// Equal rows of two or more other organizations; to choose rows by, those of all others.
    case folded
    /// One of several groups of equal rows, numbered from 1 in the order of one plan.
    case group(Int)
  }

  /// The organizations.
  package let scope: Scope
  /// The row's kind.
  package let kind: RecordKind
  /// The path of names: one, or provider and model.
  package let names: [String]

  /// Creates an address.
  package init(_ kind: RecordKind, _ names: [String], in scope: Scope = .defaultOrganization) {
    self.scope = scope
    self.kind = kind
    self.names = names
  }

  /// Whether both address the same row: names are compared code point by code point.
  package static func == (a: SeedAddress, b: SeedAddress) -> Bool {
    a.scope == b.scope && a.kind == b.kind
      && a.names.map(ExactText.init) == b.names.map(ExactText.init)
  }

  /// Parses an address; `nil` if the text is not one.
  package init?(_ text: String) {
    let parts = text.split(at: "/")
    guard let first = parts.first else { return nil }
    var scope: Scope
    var rest: ArraySlice<String>
    if RecordKind(rawValue: first) != nil {
      scope = .defaultOrganization
      rest = parts[...]
    } else {
      scope = first == "*" ? .folded : .organization(first.percentDecoded)
      rest = parts.dropFirst()
    }
    guard let word = rest.first, let kind = RecordKind(rawValue: word) else { return nil }
    if scope == .folded, let last = rest.last, let (name, group) = Self.numbered(last) {
      scope = .group(group)
      rest = rest.dropLast() + [name]
    }
    self.scope = scope
    self.kind = kind
    names = rest.dropFirst().map(\.percentDecoded)
    guard !names.isEmpty, names.allSatisfy({ !$0.isEmpty }) else { return nil }
  }

  /// Splits `base~2` into the name and the number of a group.
  private static func numbered(_ text: String) -> (name: String, group: Int)? {
    let parts = text.split(separator: "~", omittingEmptySubsequences: false)
    guard parts.count == 2, let group = Int(parts[1]), group > 0, String(group) == parts[1] else {
      return nil
    }
    return (String(parts[0]), group)
  }

  /// Whether it addresses one of several groups.
  package var isNumbered: Bool {
    if case .group = scope { true } else { false }
  }

  /// Whether it addresses a harness, or a setting that names one.
  package var isOfHarnesses: Bool {
    switch kind {
    case .harness: true
    case .organizationSettings:
      OrganizationSetting.ofHarnesses.contains { $0.rawValue == names.last }
    case .organization, .user, .llmProvider, .llmModel, .mcpServer, .agent: false
    }
  }

  /// The address; that of every group for one of several groups.
  package var withoutGroup: SeedAddress {
    isNumbered ? SeedAddress(kind, names, in: .folded) : self
  }

  /// Whether another address matches this one: the same one, or for a folded one that of any
  /// organization but the default one.
  package func covers(_ other: SeedAddress) -> Bool {
    guard scope == .folded, other.scope != .defaultOrganization else { return self == other }
    return SeedAddress(kind, names) == SeedAddress(other.kind, other.names)
  }

  /// The address as text: `agent/daytona-coder`, `org_.../harness/base`, `*/harness/base`,
  /// `*/harness/base~2`.
  package var description: String {
    let prefix =
      switch scope {
      case .defaultOrganization: ""
      case .organization(let publicID): publicID.encodedAsScope + "/"
      case .folded, .group: "*/"
      }
    let number = if case .group(let group) = scope { "~\(group)" } else { "" }
    return prefix + ([kind.rawValue] + names.map(\.percentEncoded)).joined(separator: "/") + number
  }
}

extension String {
  /// The text with percent-encoding decoded; invalid encodings stay as they are.
  fileprivate var percentDecoded: String {
    guard utf8.contains(UInt8(ascii: "%")) else { return self }
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "%"), rest.count >= 3,
        let value = UInt8(Substring(rest.dropFirst().prefix(2)), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text percent-encoded, except the unreserved characters of RFC 3986, section 2.3, and the
  /// at sign, which no shell or address treats specially.
  ///
  /// The tilde is encoded, because it precedes the number of a group.
  fileprivate var percentEncoded: String { percentEncoded(keeping: "-._@") }

  /// The public id of an organization, as the first part of an address.
  ///
  /// A public id that equals the name of a kind is percent-encoded, so that it is not parsed as
  /// that kind.
  fileprivate var encodedAsScope: String {
    RecordKind(rawValue: self) == nil
      ? percentEncoded
      : utf8.map { "%" + String($0, radix: 16, uppercase: true) }.joined()
  }
}
