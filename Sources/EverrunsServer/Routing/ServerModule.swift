/// A part of the HTTP API that a server may do without.
///
/// The routes of a module that is left out answer 404, are absent from the OpenAPI document, and
/// are free for an embedder's own.
public enum ServerModule: String, CaseIterable, Sendable {
  /// The OpenAPI document.
  case openapi
  /// The platform definition.
  case platform
  /// Capabilities.
  case capabilities
  /// Connection providers.
  case connections
  /// Organizations and their settings.
  case organizations
  /// Harnesses of an organization.
  case harnesses
  /// LLM providers and their models.
  case models
  /// Agents.
  case agents
  /// Sessions.
  case sessions
  /// Messages of sessions; needs ``sessions``.
  case messages
  /// Events of sessions, listed and streamed; needs ``sessions``.
  case events
  /// Turns and workers, for operators.
  case durable
  /// The state of seeding.
  case seeding

  /// The modules that this one depends on.
  var requirements: [ServerModule] {
    switch self {
    case .messages, .events: [.sessions]
    case .openapi, .platform, .capabilities, .connections, .organizations, .harnesses, .models,
      .agents, .sessions, .durable, .seeding:
      []
    }
  }

  /// Whether a request of the module is about one organization.
  var isOfOrganization: Bool {
    switch self {
    case .harnesses, .models, .agents, .sessions, .messages, .events: true
    case .openapi, .platform, .capabilities, .connections, .organizations, .durable, .seeding:
      false
    }
  }

  /// What the routes of the module are about, for the OpenAPI document.
  var summary: String {
    switch self {
    case .openapi: "This document"
    case .platform: "The platform definition"
    case .capabilities: "Capabilities of agents"
    case .connections: "Outside accounts that users can connect"
    case .organizations: "Organizations and their settings"
    case .harnesses: "Harnesses of an organization"
    case .models: "LLM providers and their models"
    case .agents: "Agents"
    case .sessions: "Conversations"
    case .messages: "Messages of sessions"
    case .events: "Events of sessions"
    case .durable: "Turns and workers"
    case .seeding: "State of seeding"
    }
  }
}

extension Set<ServerModule> {
  /// Every module.
  public static var all: Set<ServerModule> { Set(ServerModule.allCases) }
}
