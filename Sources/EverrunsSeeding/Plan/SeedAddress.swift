import EverrunsDocuments

/// What names a row in a plan, so that people and programs can point to it.
package struct SeedAddress: Sendable, Hashable, CustomStringConvertible {
  /// Whose rows an address speaks of.
  package enum Scope: Sendable, Hashable {
    /// The default organization's.
    case defaultOrganization
    /// Another organization's, by its public id.
    case organization(String)
    /// Equal rows of two or more other organizations: every group of them.
    case folded
    /// One of several groups of equal rows, numbered from 1 in the order of one plan.
    case group(Int)
  }

  /// Whose row it is.
  package let scope: Scope
  /// The row's kind.
  package let kind: RecordKind
  /// The names that lead to the row: one, or provider and model.
  package let names: [String]

  /// An address from its parts.
  package init(_ kind: RecordKind, _ names: [String], in scope: Scope = .defaultOrganization) {
    self.scope = scope
    self.kind = kind
    self.names = names
  }

  /// Whether both lead to the same row: names are compared code point by code point.
  package static func == (a: SeedAddress, b: SeedAddress) -> Bool {
    a.scope == b.scope && a.kind == b.kind
      && a.names.map(ExactText.init) == b.names.map(ExactText.init)
  }

  /// Reads an address; `nil` where the text is none.
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

  /// The name and the number of a group: `base~2`.
  private static func numbered(_ text: String) -> (name: String, group: Int)? {
    let parts = text.split(separator: "~", omittingEmptySubsequences: false)
    guard parts.count == 2, let group = Int(parts[1]), group > 0, String(group) == parts[1] else {
      return nil
    }
    return (String(parts[0]), group)
  }

  /// Whether the address is that of one of several groups.
  package var isNumbered: Bool {
    if case .group = scope { true } else { false }
  }

  /// Whether the row of another address is meant: the same one, or any group of a folded one.
  package func covers(_ other: SeedAddress) -> Bool {
    guard scope == .folded, case .group = other.scope else { return self == other }
    return kind == other.kind && names == other.names
  }

  /// The address as it is written: `agent/daytona-coder`, `org_.../harness/base`,
  /// `*/harness/base`, `*/harness/base~2`.
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
  /// The text with percent-encoded bytes as what they stand for; what is no encoding stays.
  fileprivate var percentDecoded: String {
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

  /// The text with everything percent-encoded but the at sign, which no shell and no address treats
  /// specially, and the unreserved characters of RFC 3986, section 2.3, except the tilde, which
  /// precedes the number of a group.
  fileprivate var percentEncoded: String {
    let digits = Array("0123456789ABCDEF".utf8)
    return String(
      decoding: utf8.flatMap { byte -> [UInt8] in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"), UInt8(ascii: "@"):
          [byte]
        default:
          [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
      }, as: UTF8.self)
  }

  /// The public id of an organization, as the first part of an address.
  ///
  /// One that is the name of a kind is encoded as a whole, so that it is not read as that kind.
  fileprivate var encodedAsScope: String {
    RecordKind(rawValue: self) == nil
      ? percentEncoded
      : utf8.map { "%" + String($0, radix: 16, uppercase: true) }.joined()
  }
}
