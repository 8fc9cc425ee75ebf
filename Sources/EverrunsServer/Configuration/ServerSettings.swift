package import CommandLineTree
import Everruns
import Foundation
import Messages

/// The environment variables of a server: the one place where they are named.
package enum ServerSettings {
  static let keyVariable = "EVERRUNS_API_KEY"

  package static let address = Setting(
    "HTTP_ADDR", .serverAddress, default: .standard, summary: "Where the server listens")

  static let prefix = Setting(
    "API_PREFIX", .pathPrefix, default: "", summary: "The prefix of the API's paths")

  static let origins = Setting(
    "CORS_ALLOWED_ORIGINS", .origins, default: [],
    summary: "The origins of web pages that may use the API, separated by commas")

  static let mode = Setting(
    "AUTH_MODE", .choice(AccessMode.self), default: .none, summary: "Who may use the server")

  static let isInsecureAllowed = Setting(
    "EVERRUNS_INSECURE", .onOrOff, default: false,
    summary: "Whether AUTH_MODE none is allowed where others can reach the server")

  static let seeds = Setting(
    "EVERRUNS_SEED", .onOrOff, default: true,
    summary: "Whether the server puts the platform into the store when it starts")

  /// The variables, for the help.
  package static var terms: [HelpTerm] {
    [
      address.term, prefix.term, origins.term, mode.term,
      HelpTerm(keyVariable, "The key of AUTH_MODE key, at least 16 characters"),
      isInsecureAllowed.term, seeds.term,
    ]
  }
}

/// The choices of `AUTH_MODE`.
package enum AccessMode: String, CaseIterable, Sendable, CommandLineChoice {
  /// Anyone who can reach it.
  case none
  /// Anyone who has the key.
  case key

  /// The choice's description in the help.
  package var choiceSummary: String {
    switch self {
    case .none: "anyone who can reach it"
    case .key: "clients that send the key in EVERRUNS_API_KEY"
    }
  }
}

extension ValueFormat where Value == ServerAddress {
  /// A host and a port.
  package static var serverAddress: Self {
    Self(.text) { text throws(ValueError) in
      guard let address = ServerAddress(text) else {
        throw .invalid(reason: "it is not a host and a port", hint: "write it as 127.0.0.1:9000")
      }
      return address
    }
  }
}

extension ValueFormat where Value == Bool {
  /// `on` or `off`, also as `true`, `1`, `false` and `0`.
  fileprivate static var onOrOff: Self {
    Self(.text, text: { $0 ? "on" : "off" }, convert: onOrOff)
  }

  @Sendable private static func onOrOff(_ text: String) throws(ValueError) -> Bool {
    switch text.lowercased() {
    case "on", "true", "1": return true
    case "off", "false", "0": return false
    default: throw .invalid(reason: "it is neither on nor off")
    }
  }
}

extension ValueFormat where Value == String {
  /// The beginning of a path: `/api`.
  fileprivate static var pathPrefix: Self {
    Self(.text, text: { $0.isEmpty ? "none" : $0 }, convert: pathPrefix)
  }

  @Sendable private static func pathPrefix(_ text: String) throws(ValueError) -> String {
    let isPrefix =
      text.hasPrefix("/") && !text.hasSuffix("/") && !text.contains("//")
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/-_.~".contains($0)) }
    guard isPrefix else {
      throw .invalid(
        reason: "it is not the beginning of a path",
        hint: "write it with a leading slash and no trailing one: /api")
    }
    return text
  }
}

extension ValueFormat where Value == [String] {
  /// Origins, separated by commas.
  fileprivate static var origins: Self {
    Self(
      .text, text: { $0.isEmpty ? "none" : $0.joined(separator: ",") }, convert: origins)
  }

  @Sendable private static func origins(_ text: String) throws(ValueError) -> [String] {
    let origins = text.split(separator: ",").map { word in
      String(word.drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
    }
    for origin in origins where !isOrigin(origin) {
      throw .invalid(
        reason: "\(origin.quoted) is not an origin",
        hint: origin == "*"
          ? "name each origin: https://example.com"
          : "an origin has a scheme and a host, and no path: https://example.com")
    }
    return origins
  }

  /// Whether a text is an origin as browsers send it (RFC 6454, section 6.2).
  private static func isOrigin(_ text: String) -> Bool {
    guard let url = URL(string: text), let scheme = url.scheme, let host = url.host() else {
      return false
    }
    return ["http", "https"].contains(scheme) && !host.isEmpty && url.path().isEmpty
      && url.query() == nil && url.fragment() == nil && url.user() == nil
  }
}

extension ValueFormat where Value == Secret {
  /// A key that is long enough not to be guessed.
  static var apiKey: Self {
    Self(.text, text: { _ in "" }, convert: apiKey)
  }

  @Sendable private static func apiKey(_ text: String) throws(ValueError) -> Secret {
    guard text.utf8.count >= 16 else {
      throw .invalid(
        reason: "it is shorter than 16 characters", hint: "generate one: openssl rand -hex 32")
    }
    return Secret(text)
  }
}
