/// The base URLs and API keys of providers in the environment of a worker.
///
/// A key is a ``Secret``: printed settings do not show it.
package struct DriverSettings: Sendable, Hashable {
  private var baseURLs: [String: String] = [:]
  private var apiKeys: [String: Secret] = [:]

  private static let prefix = "DEFAULT_"
  private static let keySuffix = "_API_KEY"
  private static let baseURLSuffix = "_BASE_URL"

  /// The settings in an environment, for all types of providers.
  package init(environment: [String: String]) {
    for (name, value) in environment where name.hasPrefix(Self.prefix) {
      guard let value = Self.nonEmpty(value) else { continue }
      if name.hasSuffix(Self.keySuffix) { apiKeys[name] = Secret(value) }
      if name.hasSuffix(Self.baseURLSuffix) { baseURLs[name] = value }
    }
  }

  /// The environment variable with the API key for providers of a type.
  package static func keyVariable(of providerType: String) -> String {
    prefix + capitals(providerType) + keySuffix
  }

  /// The environment variable with the base URL of providers of a type.
  package static func baseURLVariable(of providerType: String) -> String {
    prefix + capitals(providerType) + baseURLSuffix
  }

  /// How to reach a provider.
  ///
  /// The base URL is the provider row's, else the environment's, else the driver's own. The key
  /// comes from the environment alone: no store holds it. A driver that needs a key at its own base
  /// URL may do without one elsewhere, for example at a server on the same machine.
  ///
  /// - Throws: ``ChatFailure/missingAPIKey`` if the driver needs a key and there is none.
  package func connection(
    to driver: any Driver, rowBaseURL: String?, transport: any HTTPTransport
  ) throws(ChatFailure) -> DriverConnection {
    let key = apiKeys[Self.keyVariable(of: driver.providerType)]
    let chosenURL =
      rowBaseURL.flatMap(Self.nonEmpty)
      ?? baseURLs[Self.baseURLVariable(of: driver.providerType)]
    let isElsewhere = chosenURL != nil && chosenURL != driver.defaultBaseURL
    guard key != nil || !driver.requiresAPIKey || isElsewhere else {
      throw .missingAPIKey
    }
    return DriverConnection(
      baseURL: chosenURL ?? driver.defaultBaseURL, apiKey: key, transport: transport)
  }

  /// A type as it is spelled in names of variables.
  private static func capitals(_ providerType: String) -> String {
    let type = providerType.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
      case UInt8(ascii: "-"): UInt8(ascii: "_")
      default: byte
      }
    }
    return String(decoding: type, as: UTF8.self)
  }

  /// A value without white space around it; `nil` for an empty one.
  private static func nonEmpty(_ text: String) -> String? {
    let trimmed = text.trimmingPrefix(while: \.isWhitespace)
    let end = trimmed.lastIndex { !$0.isWhitespace }
    return end.map { String(trimmed[...$0]) }
  }
}
