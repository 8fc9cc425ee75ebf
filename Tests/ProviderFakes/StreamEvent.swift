import EverrunsDocuments

/// An event of a stream.
struct StreamEvent {
  /// The type; `nil` for services that name none.
  var type: String?
  var data: String

  init(_ data: JSONObject) {
    self.data = JSONValue.object(data).canonicalJSON
  }

  init(_ type: String, _ data: JSONObject) {
    self.type = type
    self.data = JSONValue.object(data).canonicalJSON
  }

  /// The end of OpenAI's older streams.
  static let done = StreamEvent(text: "[DONE]")

  private init(text: String) {
    data = text
  }

  /// The event as bytes.
  func bytes(_ framing: Manner.Framing, isLast: Bool) -> [UInt8] {
    var lines: [String] = []
    let space = framing == .terse ? "" : " "
    if framing == .comments { lines += [": keep-alive", ""] }
    if framing == .terse { lines += ["id:7", "retry:1000", "unknown"] }
    if let type { lines.append("event:\(space)\(type)") }
    if framing == .multilineData, let value = try? JSONValue(json: data) {
      lines += value.prettyJSON.split(separator: "\n").map { "data: \($0)" }
    } else {
      lines.append("data:\(space)\(data)")
    }
    if framing == .comments { lines.append(":") }
    let end = framing == .carriageReturns ? "\r\n" : "\n"
    let hasBlankLine = framing != .noLastBlankLine || !isLast
    return Array((lines.joined(separator: end) + end + (hasBlankLine ? end : "")).utf8)
  }
}
