import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Hummingbird

/// `/v1/harnesses`.
enum HarnessRoutes: ModuleRoutes {
  static let module = ServerModule.harnesses

  static func add(to routes: Routes, using services: ServerServices) {
    routes.get(
      "/v1/harnesses",
      .operation(
        "List the harnesses", id: "harnesses.list", returns: .list(RecordKind.harness.recordSchema))
    ) { request, context in
      JSONValue.list(try await services.records(.harness, request, context))
    }
    routes.get(
      "/v1/harnesses/{id}",
      .operation(
        "Show a harness", id: "harnesses.show", details: "The harness is named by id or by name.",
        returns: .json(RecordKind.harness.recordSchema))
    ) { request, context in
      try await services.record(.harness, request, context)
    }
    routes.get(
      "/v1/harnesses/{id}/preview",
      .operation(
        "Show what a harness gives to an agent", id: "harnesses.preview",
        details: "Prompts, capabilities and tools with those of the harnesses it inherits from.",
        returns: .json(HarnessPreview.shape))
    ) { request, context in
      let record = try await services.record(.harness, request, context)
      return HarnessPreview(
        record, among: try await services.records(.harness, request, context),
        of: services.platform.definition
      ).document
    }
  }
}
