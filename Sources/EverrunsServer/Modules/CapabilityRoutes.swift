import Everruns
import EverrunsDocuments
import EverrunsStore
import Hummingbird

/// `/v1/capabilities`.
enum CapabilityRoutes: ModuleRoutes {
  static let module = ServerModule.capabilities

  static func add(to routes: Routes, using services: ServerServices) {
    let capabilities = services.platform.definition.capabilities.map {
      CapabilityDescriptor.coding.encode(CapabilityDescriptor($0))
    }
    routes.get(
      "/v1/capabilities",
      .operation(
        "List the capabilities", id: "capabilities.list", returns: .list(Self.shape))
    ) { _, _ in
      let workers = try await Self.liveWorkers(services)
      return JSONValue.list(capabilities.map { Self.document($0, workers) })
    }
    routes.get(
      "/v1/capabilities/{id}",
      .operation("Show a capability", id: "capabilities.show", returns: .json(Self.shape))
    ) { _, context in
      let id = try context.pathParameter("id")
      let workers = try await Self.liveWorkers(services)
      guard let capability = capabilities.first(where: { $0.text("id") == id }) else {
        throw APIError.notFound("capability", id, among: capabilities.compactMap { $0.text("id") })
      }
      return Self.document(capability, workers)
    }
  }

  private static func liveWorkers(_ services: ServerServices) async throws -> [WorkerRecord] {
    try await services.runs.opened().workers().filter(\.isLive)
  }

  /// A capability with the number of live workers that can execute it.
  private static func document(_ capability: JSONObject, _ workers: [WorkerRecord]) -> JSONObject {
    let id = capability.text("id") ?? ""
    return capability.adding(
      executableBy, .integer(workers.count { $0.report.capabilities.contains(id) }))
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
