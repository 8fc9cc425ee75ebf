import EverrunsDocuments
import Hummingbird
import Synchronization

/// `/api-doc/openapi.json`.
///
/// The document includes this route, so it is created after all routes are known.
struct OpenAPIRoute {
  /// The path of the document, which never has the API's prefix.
  static let path: RouterPath = "/api-doc/openapi.json"

  /// The document, once it has been created.
  final class Contents: Sendable {
    private let text = Mutex("")

    var value: String {
      get { text.withLock { $0 } }
      set { text.withLock { $0 = newValue } }
    }
  }

  let contents: Contents

  func add(to routes: Routes) {
    let contents = contents
    routes.get(
      Self.path,
      .operation(
        "Show this document", id: "openapi.show", returns: .object)
    ) { _, _ in
      Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: contents.value)))
    }
  }
}
