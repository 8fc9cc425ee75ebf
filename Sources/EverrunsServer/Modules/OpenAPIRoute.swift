import EverrunsDocuments
import Hummingbird
import Synchronization

/// `/api-doc/openapi.json`.
///
/// The document has the route itself, and so is made when all routes are known.
struct OpenAPIRoute {
  /// Where the document is, whatever the prefix of the API.
  static let path: RouterPath = "/api-doc/openapi.json"

  /// The document once it is made.
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
