import Foundation
import Synchronization

/// The connections of a server.
final class LoopbackConnections: Sendable {
  private let answer: @Sendable (ServiceRequest) -> ServiceAnswer
  private let log = Mutex<[ServiceRequest]>([])

  init(answer: @escaping @Sendable (ServiceRequest) -> ServiceAnswer) {
    self.answer = answer
  }

  var requests: [ServiceRequest] { log.withLock { $0 } }

  /// Answers the requests of a connection, one after the other, and closes it.
  func serve(_ connection: Int32) {
    defer { close(connection) }
    var noDelay: Int32 = 1
    setsockopt(
      connection, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
    var reader = RequestReader(connection: connection)
    while let request = reader.next() {
      log.withLock { $0.append(request) }
      guard write(answer(request), to: connection) else { return }
    }
  }

  /// - Returns: whether the connection can be used again.
  private func write(_ answer: ServiceAnswer, to connection: Int32) -> Bool {
    let headers = answer.headers.map { "\($0.0): \($0.1)\r\n" }.joined()
    var isOpen = send(
      Array("HTTP/1.1 \(answer.status) Fake\r\n\(headers)transfer-encoding: chunked\r\n\r\n".utf8),
      to: connection)
    for piece in answer.pieces where isOpen {
      isOpen = send(
        Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8),
        to: connection)
    }
    guard isOpen else { return false }
    switch answer.ending {
    case .whole: return send(Array("0\r\n\r\n".utf8), to: connection)
    case .broken: return false
    case .held:
      var byte: UInt8 = 0
      _ = recv(connection, &byte, 1, 0)
      return false
    }
  }

  private func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}
