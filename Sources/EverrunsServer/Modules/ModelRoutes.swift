import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Hummingbird

/// `/v1/llm-providers` and `/v1/llm-models`.
enum ModelRoutes: ModuleRoutes {
  static let module = ServerModule.models

  static func add(to routes: Routes, using services: ServerServices) {
    routes.get(
      "/v1/llm-providers",
      .operation(
        "List the LLM providers", id: "llm_providers.list",
        returns: .list(RecordKind.llmProvider.recordSchema))
    ) { request, context in
      JSONValue.list(try await services.records(.llmProvider, request, context))
    }
    routes.get(
      "/v1/llm-models",
      .operation(
        "List the LLM models", id: "llm_models.list",
        returns: .list(RecordKind.llmModel.recordSchema))
    ) { request, context in
      JSONValue.list(try await services.records(.llmModel, request, context))
    }
  }
}
