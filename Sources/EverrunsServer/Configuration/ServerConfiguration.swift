import CommandLineTree
public import Everruns
public import EverrunsStore
import Foundation

/// The configuration of a server: its address, access, and store.
public struct ServerConfiguration: Sendable {
  /// Where the store is.
  public var store: StoreLocation
  /// Where it listens.
  public var address: ServerAddress
  /// The prefix of every path except `/health`, `/ready` and the OpenAPI document, such as `/api`;
  /// may be empty.
  public var apiPrefix: String
  /// The origins of web pages that may use the API.
  public var allowedOrigins: [String]
  /// Who may use it.
  public var access: ServerAccess
  /// Whether access without a key is allowed at addresses that other machines can reach.
  public var isInsecureAllowed: Bool
  /// The deployment grade.
  public var grade: Grade
  /// Whether the platform is put into the store when the server starts.
  public var seedsAtStart: Bool
}

/// Who may use a server.
public enum ServerAccess: Sendable, Hashable {
  /// Anyone who can reach it.
  case anybody
  /// Anyone who sends the key as `Authorization: Bearer KEY`.
  case key(Secret)
}

extension ServerConfiguration {
  /// The configuration in the environment of the process.
  ///
  /// - Throws: `InvalidSettings` with all invalid settings; another error if it has
  ///   neither `EVERRUNS_STORE` nor a home folder for the store.
  public static func fromEnvironment() throws -> ServerConfiguration {
    try ServerConfiguration(environment: ProcessInfo.processInfo.environment)
  }

  /// The configuration in environment variables; an empty one counts as not set.
  package init(environment: [String: String]) throws {
    var reader = SettingsReader(environment.variable)
    let store = reader.value(StoreLocation.variable, .file(extensions: ["db"]))
    address = reader.value(of: ServerSettings.address)
    apiPrefix = reader.value(of: ServerSettings.prefix)
    allowedOrigins = reader.value(of: ServerSettings.origins)
    isInsecureAllowed = reader.value(of: ServerSettings.isInsecureAllowed)
    seedsAtStart = reader.value(of: ServerSettings.seeds)
    grade = .prod
    access = .anybody
    do throws(UnknownGrade) {
      grade = try Grade(environment: environment.variable)
    } catch {
      reader.refuse(error.message, hint: error.hint)
    }
    let key = reader.value(ServerSettings.keyVariable, .apiKey)
    switch (reader.value(of: ServerSettings.mode), key) {
    case (.none, _): break
    case (.key, let key?): access = .key(key)
    case (.key, nil):
      if environment.variable(ServerSettings.keyVariable) == nil {
        reader.refuse(
          "\(ServerSettings.mode.name) is 'key', but \(ServerSettings.keyVariable) is not set",
          hint: "generate one: openssl rand -hex 32")
      }
    }
    try reader.check()
    self.store = try store.map { StoreLocation($0) } ?? .standard(variable: environment.variable)
  }

  /// Whether other machines could use the server without a key, and no setting allows that.
  var isOpenToOthers: Bool { access == .anybody && !address.isLoopback && !isInsecureAllowed }
}
