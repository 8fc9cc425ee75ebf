import Everruns
import EverrunsDocuments
import Synchronization

/// A capability whose tools note that they ran.
final class Probe: ExecutableCapability {
  let id = "probe"
  let name = "Probe"
  private let runs = Mutex<[String: Int]>([:])
  private let behavior: @Sendable (String) async throws -> JSONValue

  /// - Parameter behavior: What a tool of a name does after it was noted.
  init(_ behavior: @escaping @Sendable (String) async throws -> JSONValue = { _ in ["ok": true] }) {
    self.behavior = behavior
  }

  /// How often a tool ran.
  func count(_ name: String) -> Int { runs.withLock { $0[name] ?? 0 } }

  func toolset(_ configuration: JSONObject) -> [any Tool] {
    [tool("look", .pure), tool("put", .idempotent), tool("send", .atMostOnce)]
  }

  private func tool(_ name: String, _ effect: ToolEffect) -> FunctionTool {
    FunctionTool(name, "Notes that it ran.", effect: effect) {
      [self] _, _ in
      runs.withLock { $0[name, default: 0] += 1 }
      return try await behavior(name)
    }
  }
}
