public import Hummingbird
import NIOCore

/// What a handler knows about its request beside the request itself.
public struct ServerRequestContext: RequestContext {
  /// What Hummingbird knows: parameters of the path, the logger.
  public var coreContext: CoreRequestContextStorage
  /// Who asks; ``Principal/anonymous`` on a public route.
  public var principal: Principal = .anonymous

  /// The connection that the request came through.
  let connection: any Channel

  /// The context of a request that has just arrived.
  public init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    connection = source.channel
  }

  /// How long a body may be, in bytes: 1 MiB.
  public var maxUploadSize: Int { Self.maximumBodySize }

  /// How long a body may be, in bytes.
  static let maximumBodySize = 1 << 20

  /// How long the headers of a request may be, in bytes: 16 KiB.
  static let maximumHeaderSize = 16 << 10
}
