import Foundation

/// Reads requests from a connection.
struct RequestReader {
  let connection: Int32
  private var buffer: [UInt8] = []

  init(connection: Int32) {
    self.connection = connection
  }

  /// The next request; `nil` at the end of the connection and for what is not a request.
  mutating func next() -> ServiceRequest? {
    let end = Array("\r\n\r\n".utf8)
    var headEnd: Int?
    while true {
      headEnd = buffer.firstRange(of: end)?.lowerBound
      if headEnd != nil { break }
      guard receive() else { return nil }
    }
    guard let headEnd else { return nil }
    let lines = String(decoding: buffer[..<headEnd], as: UTF8.self)
      .components(separatedBy: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count == 3 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      headers[line[..<colon].lowercased()] =
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    guard let size = Int(headers["content-length"] ?? "0") else { return nil }
    let bodyStart = headEnd + end.count
    while buffer.count < bodyStart + size {
      guard receive() else { return nil }
    }
    let body = Array(buffer[bodyStart..<bodyStart + size])
    buffer.removeFirst(bodyStart + size)
    return ServiceRequest(
      method: String(words[0]), target: String(words[1]), headers: headers, body: body)
  }

  private mutating func receive() -> Bool {
    let piece = [UInt8](unsafeUninitializedCapacity: 65_536) { bytes, count in
      count = max(0, recv(connection, bytes.baseAddress, bytes.count, 0))
    }
    buffer += piece
    return !piece.isEmpty
  }
}
