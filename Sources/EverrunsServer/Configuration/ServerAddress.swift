/// Where a server listens: a host and a port.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
  /// The name or the address of the host, an address of IPv6 without brackets.
  public var host: String
  /// The port; 0 lets the system choose one.
  public var port: Int

  /// An address of a host and a port.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Parses an address: `127.0.0.1:9000`, `[::1]:9000`, or `:9000` for all interfaces; `nil` if the
  /// text is not an address.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[colon...].dropFirst()) else {
      return nil
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.contains(where: { $0.isWhitespace || "[]/@".contains($0) }) else { return nil }
    self.init(host: host.isEmpty ? "0.0.0.0" : String(host), port: Int(port))
  }

  /// The default address: port 9000 on the loopback interface.
  public static let standard = ServerAddress(host: "127.0.0.1", port: 9000)

  /// Whether it is a loopback address.
  package var isLoopback: Bool { Loopback.isLoopback(host: host) }

  /// The address in text form.
  public var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
