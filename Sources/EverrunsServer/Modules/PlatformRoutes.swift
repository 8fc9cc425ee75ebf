import Everruns
import EverrunsDocuments
import Hummingbird

/// `/v1/platform`.
enum PlatformRoutes: ModuleRoutes {
  static let module = ServerModule.platform

  static func add(to routes: Routes, using services: ServerServices) {
    let definition = services.platform.definition
    let answer: JSONValue = [
      "fingerprint": .string(definition.fingerprint.description),
      "runtime_fingerprint": .string(definition.runtimeFingerprint.description),
      "document": definition.document,
    ]
    routes.get(
      "/v1/platform",
      .operation(
        "Show the platform definition", id: "platform.show",
        details: "Workers compare the runtime fingerprint with that of their own definition.",
        returns: .json(
          .object(
            "platform",
            [("fingerprint", .text), ("runtime_fingerprint", .text), ("document", .anyObject)])))
    ) { _, _ in answer }
  }
}
