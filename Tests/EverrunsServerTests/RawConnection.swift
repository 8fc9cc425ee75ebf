import Foundation
import Synchronization

/// A connection to a port of this machine that reads when a test wants, or never.
final class RawConnection: Sendable {
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "everruns.test.connection")
  private let received = Mutex<[UInt8]>([])

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 300, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  deinit {
    close(descriptor)
  }

  /// Sends a text.
  func send(_ text: String) async throws {
    try await onQueue { [descriptor] in
      let bytes = Array(text.utf8)
      guard write(descriptor, bytes, bytes.count) == bytes.count else {
        throw POSIXError(.EPIPE)
      }
    }
  }

  /// Reads until enough was received or the server has closed the connection.
  ///
  /// - Returns: Everything that was received so far, with line feeds as the ends of lines.
  @discardableResult
  func read(until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }) async throws
    -> String
  {
    try await onQueue { [self] in
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let text = received.withLock { String(decoding: $0, as: UTF8.self) }
        if isEnough(text) { return text }
        let count = Foundation.read(descriptor, &buffer, buffer.count)
        if count == 0 { return text }
        guard count > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let carriageReturn = UInt8(ascii: "\r")
        received.withLock { $0 += buffer[..<count].filter { $0 != carriageReturn } }
      }
    }
  }

  /// Closes both directions, as a client does that has gone.
  func end() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  private func onQueue<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }
}
