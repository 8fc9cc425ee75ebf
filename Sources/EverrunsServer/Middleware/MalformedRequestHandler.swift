import EverrunsDocuments
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Responds to invalid HTTP in the API's error format.
///
/// No middleware sees it: there is no request yet, and Hummingbird answers 400 without a body.
final class MalformedRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// Why the connection cannot be read any further.
  private var error: APIError?

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let error = error as? HTTPParserError { self.error = APIError(error) }
    context.fireErrorCaught(error)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard let error, case .head(let head) = unwrapOutboundIn(data), head.status == .badRequest,
      head.headerFields[.contentLength] == "0"
    else {
      context.write(data, promise: promise)
      return
    }
    let (body, headers) = error.document.body(error.headers)
    let response = HTTPResponse(status: error.status, headerFields: headers)
    context.write(wrapOutboundOut(.head(response)), promise: nil)
    context.write(wrapOutboundOut(.body(body)), promise: promise)
  }
}

extension APIError {
  /// The response to invalid HTTP.
  init(_ error: HTTPParserError) {
    self =
      error == .headerOverflow
      ? .headersTooLarge(limit: ServerRequestContext.maximumHeaderSize) : .malformedRequest
  }
}
