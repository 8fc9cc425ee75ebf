import Messages

/// Where a store is.
///
/// Its text shows no password.
public enum StoreLocation: Sendable, Hashable, CustomStringConvertible {
  /// A file; the path is empty for a store in memory.
  ///
  /// A path that is not UTF-8 has its bytes as private-use characters, as the words of the command
  /// line have them.
  case file(path: String)
  /// The address of a database server.
  case server(StoreAddress)

  /// The path of a file; `nil` if the store is on a server.
  public var path: String? {
    if case .file(let path) = self { path } else { nil }
  }

  /// The location that a user names: an address such as `postgres://host/db`, else a path.
  ///
  /// - Parameter text: What ``StoreAddress/init(_:)`` reads is an address. A path that looks like one
  ///   begins with `./`.
  public init(_ text: String) {
    self = StoreAddress(text).map(StoreLocation.server) ?? .file(path: text)
  }

  /// The path or the address, without a password.
  public var description: String {
    switch self {
    case .file(let path): path.showingKeptBytes
    case .server(let address): address.description
    }
  }

  /// Where the store is if nobody says otherwise: `everruns/store.db` in the user's folder for data,
  /// by the XDG Base Directory Specification (specifications.freedesktop.org/basedir-spec).
  ///
  /// - Parameter variable: Looks up a variable of the environment; `nil` where it is unset or empty.
  /// - Throws: ``StoreError/noLocation`` if the environment names neither that folder nor a home.
  package static func standard(
    variable: (String) -> String?
  ) throws(StoreError) -> StoreLocation {
    let file = "/everruns/store.db"
    // A relative value is invalid and ignored, says the specification.
    if let data = variable("XDG_DATA_HOME"), data.hasPrefix("/") { return .file(path: data + file) }
    guard let home = variable("HOME") else { throw .noLocation }
    return .file(path: home + "/.local/share" + file)
  }
}
