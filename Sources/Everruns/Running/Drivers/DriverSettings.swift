/// Where a worker finds the address and the key of a provider.
package enum DriverSettings {
  /// The environment variable with the key for providers of a type.
  package static func keyVariable(of providerType: String) -> String {
    variable(providerType, "API_KEY")
  }

  /// The environment variable with the address of providers of a type.
  package static func addressVariable(of providerType: String) -> String {
    variable(providerType, "BASE_URL")
  }

  /// How to reach a provider.
  ///
  /// The address is the provider row's, else the environment's, else the driver's own. The key is
  /// the environment's alone: no store holds it. A driver that needs a key at its own address may
  /// do without at another one, where a server on one's own machine may listen.
  ///
  /// - Throws: ``ChatFailure/missingAPIKey`` if the driver needs a key and there is none.
  package static func connection(
    to driver: any Driver, rowBaseURL: String?, environment: [String: String],
    transport: any HTTPTransport
  ) throws(ChatFailure) -> DriverConnection {
    let key = nonEmpty(environment[keyVariable(of: driver.providerType)])
    let chosenURL =
      nonEmpty(rowBaseURL) ?? nonEmpty(environment[addressVariable(of: driver.providerType)])
    let isElsewhere = chosenURL != nil && chosenURL != driver.defaultBaseURL
    guard key != nil || !driver.requiresAPIKey || isElsewhere else {
      throw .missingAPIKey
    }
    return DriverConnection(
      baseURL: chosenURL ?? driver.defaultBaseURL,
      apiKey: key.map(Secret.init), transport: transport)
  }

  private static func variable(_ providerType: String, _ name: String) -> String {
    let type = providerType.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
      case UInt8(ascii: "-"): UInt8(ascii: "_")
      default: byte
      }
    }
    return "DEFAULT_\(String(decoding: type, as: UTF8.self))_\(name)"
  }

  /// A value without white space around it; an empty one is none.
  private static func nonEmpty(_ text: String?) -> String? {
    guard let text else { return nil }
    let trimmed = text.trimmingPrefix(while: \.isWhitespace)
    let end = trimmed.lastIndex { !$0.isWhitespace }
    return end.map { String(trimmed[...$0]) }
  }
}
