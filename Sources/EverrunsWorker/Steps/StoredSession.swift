import Everruns
import EverrunsDocuments
import EverrunsStore

/// The session of a turn, for the tools that read and change it.
struct StoredSession: SessionAccess {
  let id: SessionID
  let organization: String
  let turn: RunningTurn

  func information() async throws -> JSONObject {
    let session = try await turn.store.session(id, of: organization)
    return JSONObject()
      .adding("id", .string(session.id.description))
      .adding("title", session.title.map(JSONValue.string))
      .adding("harness_id", .string(session.harnessID))
      .adding("agent_id", session.agentID.map(JSONValue.string))
      .adding("model_id", session.modelID.map(JSONValue.string))
      .adding("created_at", .string(RunTime.text(session.createdAt)))
  }

  func setTitle(_ title: String) async throws {
    var patch = SessionPatch()
    patch.title = .some(title)
    _ = try await turn.store.update(id, of: organization, with: patch)
  }
}
