// The stock capabilities that affect the model's context.
extension CapabilityDescriptor {
  /// The stock capability `agent_instructions`.
  public static let agentInstructions = CapabilityDescriptor(
    id: "agent_instructions",
    name: "AGENTS.md",
    description: """
      Picks up an AGENTS.md file from the session and adds its contents to the prompt.
      """,
    category: "Configuration",
    icon: "file-text")

  /// The stock capability `budgeting`.
  public static let budgeting = CapabilityDescriptor(
    id: "budgeting",
    name: "Budgeting",
    description: "Gives the agent a view of how much of its spending allowance is left.",
    category: "System",
    icon: "wallet",
    features: ["budgeting"],
    tools: ["check_budget"])

  /// The stock capability `compaction`.
  public static let compaction = CapabilityDescriptor(
    id: "compaction",
    name: "Compaction",
    description: "Shortens older conversation history once the context window is getting full.",
    category: "Optimization",
    icon: "shrink")

  /// The stock capability `infinity_context`.
  public static let infinityContext = CapabilityDescriptor(
    id: "infinity_context",
    name: "Infinity Context",
    description: "Hides old messages from the model but keeps them searchable.",
    category: "Optimization",
    icon: "infinity",
    tools: ["query_history"])

  /// The stock capability `loop_detection`.
  public static let loopDetection = CapabilityDescriptor(
    id: "loop_detection",
    name: "Tool Loop Detection",
    description: """
      Notices when an agent keeps making the same tool call and nudges it off that path.
      """)

  /// The stock capability `memory`.
  public static let memory = CapabilityDescriptor(
    id: "memory",
    name: "Persistent Memory",
    description: "Stores facts that outlive a single session and brings them back later.",
    category: "Knowledge",
    icon: "brain",
    tools: ["remember", "recall", "forget"])

  /// The stock capability `openai_tool_search`.
  public static let openAIToolSearch = CapabilityDescriptor(
    id: "openai_tool_search",
    name: "OpenAI Tool Search",
    description: "Defers tool schemas on OpenAI models so that large tool sets stay cheap.",
    category: "Optimization")

  /// The stock capability `skills`.
  public static let skills = CapabilityDescriptor(
    id: "skills",
    name: "Agent Skills",
    description: "Finds skill folders in the session files and loads one when it is wanted.",
    category: "Skills",
    icon: "wand",
    dependencies: ["session_file_system"],
    tools: ["list_skills", "activate_skill"])
}
