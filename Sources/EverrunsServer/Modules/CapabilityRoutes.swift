import Everruns
import EverrunsDocuments
import EverrunsStore
import Hummingbird

/// `/v1/capabilities`.
enum CapabilityRoutes: ModuleRoutes {
  static let module = ServerModule.capabilities

  static func add(to routes: Routes, using services: ServerServices) {
    routes.get(
      "/v1/capabilities",
      .operation(
        "List the capabilities", id: "capabilities.list", returns: .list(Self.shape))
    ) { _, _ in
      JSONValue.list(try await Self.documents(services))
    }
    routes.get(
      "/v1/capabilities/{id}",
      .operation("Show a capability", id: "capabilities.show", returns: .json(Self.shape))
    ) { _, context in
      let id = try context.pathParameter("id")
      let documents = try await Self.documents(services)
      guard let document = documents.first(where: { $0.text("id") == id }) else {
        throw APIError.notFound("capability", id, among: documents.compactMap { $0.text("id") })
      }
      return document
    }
  }

  /// The capabilities with the number of live workers that can execute each.
  private static func documents(_ services: ServerServices) async throws -> [JSONObject] {
    let workers = try await services.runs.opened().workers().filter(\.isLive)
    return services.platform.definition.capabilities.map { capability in
      CapabilityDescriptor.coding.encode(CapabilityDescriptor(capability)).adding(
        executableBy,
        .integer(workers.count { $0.report.capabilities.contains(capability.id) }))
    }
  }

  /// The key with the number of live workers that can execute a capability.
  private static let executableBy = "executable_by"

  private static let shape: DocumentSchema = {
    guard case .object(let noun, let fields, let condition) = CapabilityDescriptor.coding.schema
    else { return .anyObject }
    return .object(
      noun: noun,
      fields: fields + [
        .init(
          key: executableBy, isRequired: true, schema: .integer,
          summary: "How many live workers can execute it")
      ], condition: condition)
  }()
}
