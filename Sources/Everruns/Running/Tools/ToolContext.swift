public import EverrunsDocuments
public import Foundation

/// The context of a tool call.
public struct ToolContext: Sendable {
  /// The session.
  public let sessionID: SessionID
  /// The turn.
  public let turnID: TurnID
  /// The model's id of the call.
  public let callID: String
  /// Identifies the call: equal for every attempt at it, and different for every other call.
  public let idempotencyKey: String
  /// The session's organization, by its public id.
  public let organization: String
  /// The configuration of the tool's capability in the harness or agent.
  public let configuration: JSONObject
  /// The time at which the tool was called.
  public let now: Date
  /// The session's own data.
  package let session: any SessionAccess
  private let reportProgress: @Sendable (String) async -> Void

  /// A context for testing a tool.
  ///
  /// - Parameters:
  ///   - configuration: How the capability is configured.
  ///   - now: The time at which the tool is called.
  ///   - reportProgress: What ``report(_:)`` does.
  public init(
    configuration: JSONObject = [:], now: Date,
    reportProgress: @escaping @Sendable (String) async -> Void = { _ in }
  ) {
    self.init(
      sessionID: SessionID(at: now), turnID: TurnID(at: now), callID: "call_1",
      idempotencyKey: "test", organization: "org_00000000000000000000000000000001",
      configuration: configuration, now: now, session: NoSession(),
      reportProgress: reportProgress)
  }

  /// The context of a call that a worker makes.
  package init(
    sessionID: SessionID, turnID: TurnID, callID: String, idempotencyKey: String,
    organization: String, configuration: JSONObject, now: Date, session: any SessionAccess,
    reportProgress: @escaping @Sendable (String) async -> Void
  ) {
    self.sessionID = sessionID
    self.turnID = turnID
    self.callID = callID
    self.idempotencyKey = idempotencyKey
    self.organization = organization
    self.configuration = configuration
    self.now = now
    self.session = session
    self.reportProgress = reportProgress
  }

  /// Reports the tool's progress to readers of the session; the model does not read it.
  public func report(_ progress: String) async {
    await reportProgress(progress)
  }
}

/// What the tools of the capability `session` read and write.
package protocol SessionAccess: Sendable {
  /// Information about the session.
  func information() async throws -> JSONObject
  /// Sets the session's title.
  func setTitle(_ title: String) async throws
}

/// A placeholder if there is no session.
private struct NoSession: SessionAccess {
  func information() throws -> JSONObject { throw ToolRefusal("there is no session") }
  func setTitle(_ title: String) throws { throw ToolRefusal("there is no session") }
}
