/// Recognizes the names and addresses of the loopback interface.
enum Loopback {
  /// Whether a host, with or without a port, is this machine by its name alone.
  static func isLoopback(authority: String) -> Bool {
    let host: Substring
    if authority.hasPrefix("[") {
      host = authority.dropFirst().prefix { $0 != "]" }
    } else {
      host = authority.prefix { $0 != ":" }
    }
    return isLoopback(host: String(host))
  }

  /// Whether a host is this machine by its name alone.
  static func isLoopback(host: String) -> Bool {
    let host = host.lowercased()
    if host == "localhost" || host == "::1" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
  }
}
