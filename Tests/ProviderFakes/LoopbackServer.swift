import Foundation

/// Serves a fake of a provider on the loopback interface.
///
/// It speaks HTTP/1.1 and uses nothing that the product uses. Each connection has a thread, and
/// each event of an answer is a separate chunk. It serves until it is released.
package final class LoopbackServer: Sendable {
  /// A connection could not be opened; `errno` says why.
  struct SystemError: Error {
    let call: String
    let number: Int32
  }

  /// The port that it listens on.
  package let port: Int
  /// The base URL to give to a driver.
  package let baseURL: String
  private let socket: Int32
  private let connections: LoopbackConnections

  /// Starts to serve a fake on a port; 0 picks one.
  package convenience init(_ fake: ProviderFake, port: UInt16 = 0) throws {
    try self.init(basePath: fake.service.basePath, port: port) { fake.answer($0) }
  }

  /// Starts to serve the answers of a function.
  ///
  /// - Parameters:
  ///   - basePath: The path of the base URL.
  ///   - port: The port to listen on; 0 picks one.
  ///   - answer: Called on a thread of the connection, which it may block.
  /// - Throws: ``SystemError`` if the port cannot be opened.
  package init(
    basePath: String = "/v1", port: UInt16 = 0,
    answer: @escaping @Sendable (ServiceRequest) -> ServiceAnswer
  ) throws {
    let listener = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw SystemError(call: "socket", number: errno) }
    var reuse: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 64) == 0
          && getsockname(listener, address, &length) == 0
      }
    }
    guard isBound else {
      let number = errno
      close(listener)
      throw SystemError(call: "bind", number: number)
    }
    socket = listener
    let number = Int(UInt16(bigEndian: address.sin_port))
    self.port = number
    baseURL = "http://127.0.0.1:\(number)\(basePath)"
    let connections = LoopbackConnections(answer: answer)
    self.connections = connections
    Thread.detachNewThread {
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else {
          close(listener)
          return
        }
        Thread.detachNewThread { connections.serve(connection) }
      }
    }
  }

  deinit {
    // Wakes the thread that accepts connections, which closes the socket.
    shutdown(socket, Int32(SHUT_RDWR))
  }

  /// The requests so far.
  package var requests: [ServiceRequest] { connections.requests }
}
