import Foundation
import Messages

/// The address of a database server, such as `postgres://ann:secret@host/db`.
///
/// Its description contains no password.
public struct StoreAddress: Sendable, Hashable, CustomStringConvertible {
  /// The kind of server, in lower case, such as `postgres`; empty for keywords of libpq.
  public let scheme: String
  /// The address with its password, for connecting only; never show it.
  package let secretText: String

  /// Parses an address; the part after the scheme is not validated.
  ///
  /// The result is `nil` unless the text begins with a scheme (RFC 3986, section 3.1) and `://`, as
  /// in `jdbc:postgresql://`. The colon or the slashes may be missing after a PostgreSQL scheme, and
  /// keywords with a password are an address, too, so that a misspelled address is not mistaken for a
  /// path, which would be created and shown in full.
  ///
  /// - Parameter text: The address; blanks before it are ignored.
  public init?(_ text: String) {
    let text = String(text.drop { $0.isWhitespace })
    secretText = text
    if let scheme = Self.scheme(of: text) {
      self.scheme = scheme
    } else if Self.password(inKeywords: text) != nil {
      scheme = ""
    } else {
      return nil
    }
  }

  /// The scheme of an address, in lower case.
  private static func scheme(of text: String) -> String? {
    if let scheme = schemesOfPostgreSQL.first(where: { scheme in
      [":", "//"].contains { text.lowercased().hasPrefix(scheme + $0) }
    }) {
      return scheme
    }
    guard let end = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<end.lowerBound].lowercased()
    guard let first = scheme.utf8.first, first.isLowercaseASCIILetter,
      scheme.utf8.allSatisfy({
        $0.isLowercaseASCIILetter || "0123456789+.-:".utf8.contains($0)
      })
    else { return nil }
    return scheme
  }

  /// Where the password begins in a keyword/value connection string of libpq
  /// (postgresql.org/docs/current/libpq-connect.html, section 34.1.1.1); `nil` if there is none.
  private static func password(inKeywords text: String) -> String.Index? {
    guard text.utf8.contains(UInt8(ascii: "=")) else { return nil }
    return text.firstMatch(of: /(?:^|\s)(?:ssl)?password\s*=/.ignoresCase())?.range.upperBound
  }

  /// Whether the server is PostgreSQL (postgresql.org/docs/current/libpq-connect.html, section
  /// 34.1.1.2).
  ///
  /// Keywords are libpq's as well, although they are not a valid address of a store.
  package var isPostgreSQL: Bool { scheme.isEmpty || Self.schemesOfPostgreSQL.contains(scheme) }

  private static let schemesOfPostgreSQL = ["postgres", "postgresql"]
}

// MARK: Without passwords

extension StoreAddress {
  private static let mask = "***"

  /// The address without its passwords.
  ///
  /// A password may contain characters that should have been encoded, and an address may be
  /// incomplete. When in doubt, more than the password is masked.
  public var description: String {
    if scheme.isEmpty {
      return Self.password(inKeywords: secretText).map { secretText[..<$0] + Self.mask }
        ?? Self.mask
    }
    let beginning = secretText.prefix(scheme.count + 1)
    let slashes = secretText[beginning.endIndex...].prefix { $0 == "/" }
    let rest = Self.maskingParameters(
      in: Self.maskingUser(in: secretText[slashes.endIndex...], hasServer: !slashes.isEmpty))
    return beginning + slashes + rest
  }

  /// Masks the text between the first colon and the last `@`; without an `@`, the text in the
  /// position of the port.
  private static func maskingUser(in rest: Substring, hasServer: Bool) -> String {
    guard let colon = rest.firstIndex(of: ":") else { return String(rest) }
    let secret = rest.index(after: colon)
    if let at = rest.lastIndex(of: "@"), colon < at {
      return rest[..<secret] + mask + rest[at...]
    }
    // In an IPv6 address or a list of hosts, the first colon does not begin a port.
    let port = rest[secret...].prefix { !"/?#".contains($0) }
    let isServer = port.allSatisfy { $0.isASCII && ($0.isHexDigit || "[]:,.-".contains($0)) }
    return hasServer && !isServer ? rest[..<secret] + mask : String(rest)
  }

  /// Masks the value of each parameter whose name says that it is a password, such as `password`
  /// and `sslpassword`.
  private static func maskingParameters(in rest: String) -> String {
    guard let question = rest.firstIndex(of: "?") else { return rest }
    let parameters = rest[rest.index(after: question)...].split(
      separator: "&", omittingEmptySubsequences: false)
    return rest[...question]
      + parameters.map { parameter -> Substring in
        let name = parameter.prefix { $0 != "=" }
        let isPassword = (name.removingPercentEncoding ?? "password").lowercased()
          .contains("password")
        return isPassword && name.endIndex < parameter.endIndex ? name + "=" + mask : parameter
      }.joined(separator: "&")
  }

  /// Masks the password of an address in a word of a command line; the address may follow an
  /// option's name.
  package static func maskingPassword(in word: String) -> String {
    guard let (prefix, address) = find(in: word) else { return word }
    return prefix + address.description
  }

  /// Masks the passwords of addresses from the command line in a text that quotes them, verbatim or
  /// escaped.
  package static func maskingPasswords(in text: String, of words: [String]) -> String {
    words.reduce(text) { text, word in
      guard let (prefix, address) = find(in: word), address.description != address.secretText
      else { return text }
      return [(word, prefix + address.description), (address.secretText, address.description)]
        .reduce(text) { text, quotation in
          text.replacing(quotation.0, with: quotation.1)
            .replacing(quotation.0.escapedForMessage, with: quotation.1.escapedForMessage)
        }
    }
  }

  /// The address in a word such as `--store=postgres://host` or `-qspostgres://host`.
  private static func find(in word: String) -> (prefix: Substring, StoreAddress)? {
    guard word.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }) else {
      return nil
    }
    var beginnings = [word.firstIndex { $0 != "-" } ?? word.endIndex]
    if let sign = word.firstIndex(of: "=") { beginnings.append(word.index(after: sign)) }
    let sign = /postgres(?:ql)?:|(?:ssl)?password\s*=/
    if let address = word.firstRange(of: sign.ignoresCase()) {
      beginnings.append(address.lowerBound)
    }
    // The last one is the closest: letters of other options may precede it.
    return beginnings.reversed().lazy.compactMap { beginning in
      StoreAddress(String(word[beginning...])).map { (word[..<beginning], $0) }
    }.first
  }
}
