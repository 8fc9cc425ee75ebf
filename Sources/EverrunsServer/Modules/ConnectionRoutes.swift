import Everruns
import EverrunsDocuments
import Hummingbird

/// `/v1/user/connections/providers`.
enum ConnectionRoutes: ModuleRoutes {
  static let module = ServerModule.connections

  static func add(to routes: Routes, using services: ServerServices) {
    let answer = JSONValue.list(
      services.platform.definition.connectionProviders.map { provider in
        let object = ConnectionProviderDescriptor.coding.encode(
          ConnectionProviderDescriptor(provider))
        // The control plane's name for the key.
        return JSONObject(
          object.members.map { member in
            member.key == "id" ? .init(key: "provider_id", value: member.value) : member
          })
      })
    routes.get(
      "/v1/user/connections/providers",
      .operation(
        "List the providers of outside accounts", id: "connections.providers",
        returns: .list(DocumentSchema.anyObject))
    ) { _, _ in answer }
  }
}
