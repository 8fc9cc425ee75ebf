public import EverrunsDocuments
import HTTPTypes
public import Hummingbird

extension JSONValue: ResponseGenerator {
  /// The value as a response body.
  public func response(from request: Request, context: some RequestContext) -> Response {
    Response(json: self)
  }
}

extension JSONObject: ResponseGenerator {
  /// The object as a response body.
  public func response(from request: Request, context: some RequestContext) -> Response {
    Response(json: .object(self))
  }
}

extension Response {
  /// A response with a JSON body, indented for readers.
  init(status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], json: JSONValue) {
    let (body, headers) = json.body(headers)
    self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
  }
}

extension JSONValue {
  /// The value as a response body, with the headers that describe it.
  func body(_ headers: HTTPFields) -> (ByteBuffer, HTTPFields) {
    let buffer = ByteBuffer(string: prettyJSON + "\n")
    var headers = headers
    headers[.contentType] = "application/json"
    headers[.contentLength] = String(buffer.readableBytes)
    return (buffer, headers)
  }
}
