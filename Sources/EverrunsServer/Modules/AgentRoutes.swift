import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Hummingbird

/// `/v1/agents`.
enum AgentRoutes: ModuleRoutes {
  static let module = ServerModule.agents

  static func add(to routes: Routes, using services: ServerServices) {
    routes.get(
      "/v1/agents",
      .operation(
        "List the agents", id: "agents.list", returns: .list(RecordKind.agent.recordSchema))
    ) { request, context in
      JSONValue.list(try await services.records(.agent, request, context))
    }
    routes.get(
      "/v1/agents/{id}",
      .operation(
        "Show an agent", id: "agents.show", details: "The agent is named by id or by name.",
        returns: .json(RecordKind.agent.recordSchema))
    ) { request, context in
      try await services.record(.agent, request, context)
    }
  }
}
