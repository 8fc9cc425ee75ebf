// The stock capabilities for the platform itself, its agents and its documentation.
extension CapabilityDescriptor {
  /// The stock capability `openui`.
  public static let openUI = CapabilityDescriptor(
    id: "openui",
    name: "OpenUI",
    description: "Lets the agent answer with rendered interface components.",
    category: "UI",
    icon: "layout",
    features: ["openui"])

  /// The stock capability `platform_docs`.
  public static let platformDocs = CapabilityDescriptor(
    id: "platform_docs",
    name: "Platform Documentation",
    description: "Mounts the product documentation as read-only files.",
    category: "Knowledge",
    icon: "book-open",
    dependencies: ["session_file_system"],
    features: ["file_system"])

  /// The stock capability `platform_management`.
  public static let platformManagement = CapabilityDescriptor(
    id: "platform_management",
    name: "Platform Management",
    description: "Lets an agent inspect and change harnesses, agents and sessions.",
    category: "Platform",
    icon: "settings-2",
    tools: [
      "read_capabilities", "read_harnesses", "manage_harnesses", "read_agents", "manage_agents",
      "read_sessions", "manage_sessions", "session_send_message", "session_read_messages",
      "session_read_response",
    ])

  /// The stock capability `research`.
  public static let research = CapabilityDescriptor(
    id: "research",
    name: "Deep Research",
    description: "Planned multi-step investigation of a topic; not usable yet.",
    status: .comingSoon,
    category: "AI",
    icon: "search")

  /// The stock capability `subagents`.
  public static let subagents = CapabilityDescriptor(
    id: "subagents",
    name: "Subagents",
    description: "Hands parts of a job to child sessions and talks to them.",
    category: "Orchestration",
    icon: "git-branch",
    features: ["subagents"],
    tools: ["spawn_subagent", "get_subagents", "message_subagent"])
}
