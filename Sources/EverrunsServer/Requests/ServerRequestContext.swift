public import Hummingbird
import NIOCore

/// The context of a request.
public struct ServerRequestContext: RequestContext {
  /// Hummingbird's part: path parameters and the logger.
  public var coreContext: CoreRequestContextStorage
  /// The principal; ``Principal/anonymous`` on a public route.
  public var principal: Principal = .anonymous

  /// The connection that the request came through.
  let connection: any Channel

  /// The context of a request that has just arrived.
  public init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    connection = source.channel
  }

  /// The maximum size of a body in bytes: 1 MiB.
  public var maxUploadSize: Int { Self.maximumBodySize }

  /// The maximum size of a body in bytes.
  static let maximumBodySize = 1 << 20

  /// The maximum size of a request's headers in bytes: 16 KiB.
  static let maximumHeaderSize = 16 << 10
}
