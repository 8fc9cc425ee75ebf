import Messages

/// The location of a store.
///
/// Its description contains no password.
public enum StoreLocation: Sendable, Hashable, CustomStringConvertible {
  /// A file; an empty path is a store in memory.
  ///
  /// In a path that is not UTF-8, invalid bytes are private-use characters, as in the words of the
  /// command line.
  case file(path: String)
  /// The address of a database server.
  case server(StoreAddress)

  /// The variable that names the location.
  package static let variable = "EVERRUNS_STORE"

  /// The path of a file; `nil` if the store is on a server.
  public var path: String? {
    if case .file(let path) = self { path } else { nil }
  }

  /// Parses a location: an address such as `postgres://host/db`, else a path.
  ///
  /// - Parameter text: Text that ``StoreAddress/init(_:)`` accepts is an address. Write a path that
  ///   looks like one with a leading `./`.
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

  /// The default location: `everruns/store.db` in the user's data folder, as defined by the XDG
  /// Base Directory Specification (specifications.freedesktop.org/basedir-spec).
  ///
  /// - Parameter variable: Looks up a variable of the environment; `nil` if it is unset or empty.
  /// - Returns: The location of a file, which need not exist.
  /// - Throws: ``StoreError/noLocation`` if the environment has neither `XDG_DATA_HOME` nor `HOME`.
  package static func standard(
    variable: (String) -> String?
  ) throws(StoreError) -> StoreLocation {
    let file = "/everruns/store.db"
    // The specification says that a relative value is invalid and must be ignored.
    if let data = variable("XDG_DATA_HOME"), data.hasPrefix("/") { return .file(path: data + file) }
    guard let home = variable("HOME") else { throw .noLocation }
    return .file(path: home + "/.local/share" + file)
  }
}
