import Foundation
import Messages

/// The address of a database server, such as `postgres://ann:secret@host/db`.
///
/// Its text shows no password.
public struct StoreAddress: Sendable, Hashable, CustomStringConvertible {
  /// The kind of server, in lower case, such as `postgres`.
  public let scheme: String
  /// The address with its password, for the connection and never to be shown.
  package let secretText: String

  /// Reads an address; what follows the scheme is not checked.
  ///
  /// - Returns: `nil` if the text does not begin with a scheme (RFC 3986, section 3.1) and `://`. The
  ///   slashes may be missing after a scheme of PostgreSQL, so that a misspelled address is not taken
  ///   for a path, which would be shown.
  public init?(_ text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let scheme = text[..<colon].lowercased()
    guard let first = scheme.utf8.first, Self.isLetter(first),
      scheme.utf8.allSatisfy({ Self.isLetter($0) || "0123456789+.-".utf8.contains($0) }),
      text[colon...].hasPrefix("://") || Self.schemesOfPostgreSQL.contains(scheme)
    else { return nil }
    self.scheme = scheme
    secretText = text
  }

  /// Whether the server is one of PostgreSQL
  /// (postgresql.org/docs/current/libpq-connect.html, section 34.1.1.2).
  package var isPostgreSQL: Bool { Self.schemesOfPostgreSQL.contains(scheme) }

  private static let schemesOfPostgreSQL = ["postgres", "postgresql"]

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}

// MARK: Without passwords

extension StoreAddress {
  private static let mask = "***"

  /// The address without its passwords.
  ///
  /// A password may hold characters that should have been encoded, and an address may be incomplete.
  /// Rather more than the password is left out than less.
  public var description: String {
    let beginning = secretText.prefix(scheme.count + 1)
    let slashes = secretText[beginning.endIndex...].prefix { $0 == "/" }
    let rest = Self.maskingParameters(
      in: Self.maskingUser(in: secretText[slashes.endIndex...], hasServer: !slashes.isEmpty))
    return beginning + slashes + rest
  }

  /// Masks what stands between the first colon and the last `@`; without an `@`, what stands where
  /// the number of a port should be.
  private static func maskingUser(in rest: Substring, hasServer: Bool) -> String {
    guard let colon = rest.firstIndex(of: ":") else { return String(rest) }
    let secret = rest.index(after: colon)
    if let at = rest.lastIndex(of: "@"), colon < at {
      return rest[..<secret] + mask + rest[at...]
    }
    // Of an IPv6 address or of several hosts the first colon is not that of a port.
    let port = rest[secret...].prefix { !"/?#".contains($0) }
    let isServer = port.allSatisfy { $0.isASCII && ($0.isHexDigit || "[]:,.-".contains($0)) }
    return hasServer && !isServer ? rest[..<secret] + mask : String(rest)
  }

  /// Masks the value of each parameter that is a password by its name, as `password` and
  /// `sslpassword` are.
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

  /// A word of a command line without the password of an address in it, which may follow the name
  /// of an option.
  package static func maskingPassword(in word: String) -> String {
    guard let (prefix, address) = find(in: word) else { return word }
    return prefix + address.description
  }

  /// A text without the passwords of the addresses that words of a command line hold, quoted in full
  /// or as messages quote them.
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
    guard word.utf8.contains(UInt8(ascii: ":")) else { return nil }
    var beginnings = [word.firstIndex { $0 != "-" } ?? word.endIndex]
    if let sign = word.firstIndex(of: "=") { beginnings.append(word.index(after: sign)) }
    if let scheme = word.firstRange(of: /postgres(?:ql)?:/.ignoresCase()) {
      beginnings.append(scheme.lowerBound)
    }
    // The last is the closest: other letters may stand before a scheme.
    return beginnings.reversed().lazy.compactMap { beginning in
      StoreAddress(String(word[beginning...])).map { (word[..<beginning], $0) }
    }.first
  }
}
