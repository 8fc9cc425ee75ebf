import CommandLineTree
public import EverrunsStore
import Foundation

/// How a server runs.
public struct ServerConfiguration: Sendable {
  /// Where the store is.
  public var store: StoreLocation
}

extension ServerConfiguration {
  /// The configuration that the environment describes.
  ///
  /// - Throws: `InvalidSettings` with everything that is wrong with it, ``StoreError/noLocation`` if
  ///   it names no place for the store.
  public static func fromEnvironment() throws -> ServerConfiguration {
    let environment = ProcessInfo.processInfo.environment
    return try ServerConfiguration { environment[$0] }
  }

  /// The configuration that variables describe.
  ///
  /// - Parameter variable: Looks up a variable; `nil` where it is not set.
  package init(_ variable: @escaping (String) -> String?) throws {
    var reader = SettingsReader(variable)
    let store = reader.value("EVERRUNS_STORE", .file(extensions: ["db"]))
    try reader.check()
    self.store =
      try store.map { StoreLocation($0) }
      ?? .standard { name in variable(name).flatMap { $0.isEmpty ? nil : $0 } }
  }
}
