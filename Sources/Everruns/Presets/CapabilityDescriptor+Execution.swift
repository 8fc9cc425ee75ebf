// The stock capabilities that run programs.
extension CapabilityDescriptor {
  /// The stock capability `container_sandbox`.
  public static let containerSandbox = CapabilityDescriptor(
    id: "container_sandbox",
    name: "Container Sandbox",
    description: "Runs commands and keeps files in a managed, isolated container.",
    category: "Execution",
    icon: "container",
    riskLevel: .high,
    dependencies: ["session_storage"],
    features: ["leased_resources"],
    tools: [
      "sandbox_create", "sandbox_exec", "sandbox_read_file", "sandbox_write_file",
      "sandbox_upload", "sandbox_download", "sandbox_list", "sandbox_manage",
    ])

  /// The stock capability `daytona`.
  public static let daytona = CapabilityDescriptor(
    id: "daytona",
    name: "Daytona",
    description: "Runs code in Daytona cloud workspaces and moves files in and out of them.",
    category: "Execution",
    icon: "daytona",
    riskLevel: .high,
    dependencies: ["session_storage"],
    features: ["leased_resources"],
    tools: [
      "daytona_create_sandbox", "daytona_exec", "daytona_read_file", "daytona_write_file",
      "daytona_download_workspace", "daytona_list_snapshots", "daytona_list_sandboxes",
      "daytona_manage_sandbox", "daytona_git_clone", "daytona_git_credentials",
    ])

  /// The stock capability `deno`.
  public static let deno = CapabilityDescriptor(
    id: "deno",
    name: "Deno Sandboxes",
    description: "Runs code in short-lived sandboxes hosted on Deno.",
    category: "Execution",
    icon: "server",
    riskLevel: .high,
    dependencies: ["session_storage"],
    features: ["leased_resources"],
    tools: [
      "deno_create_sandbox", "deno_exec", "deno_read_file", "deno_write_file",
      "deno_list_sandboxes", "deno_manage_sandbox",
    ])

  /// The stock capability `docker_container`.
  public static let dockerContainer = CapabilityDescriptor(
    id: "docker_container",
    name: "[Experimental] Docker Container",
    description: "Executes commands inside a local Docker container tied to the session.",
    category: "Development",
    icon: "container",
    riskLevel: .high,
    tools: [
      "docker_exec", "docker_read_file", "docker_write_file", "docker_logs", "docker_stop",
    ],
    isExperimental: true)

  /// The stock capability `e2b`.
  public static let e2b = CapabilityDescriptor(
    id: "e2b",
    name: "E2B",
    description: "Runs code in E2B cloud sandboxes.",
    category: "Execution",
    icon: "cloud",
    riskLevel: .high,
    dependencies: ["session_storage"],
    features: ["leased_resources"],
    tools: [
      "e2b_create_sandbox", "e2b_exec", "e2b_read_file", "e2b_write_file", "e2b_list_sandboxes",
      "e2b_manage_sandbox",
    ])

  /// The stock capability `sprites`.
  public static let sprites = CapabilityDescriptor(
    id: "sprites",
    name: "Sprites",
    description: "Runs code in long-lived Sprites machines with checkpoints.",
    category: "Execution",
    icon: "sprites",
    riskLevel: .high,
    dependencies: ["session_storage"],
    features: ["leased_resources"],
    tools: [
      "sprites_create_sprite", "sprites_exec", "sprites_read_file", "sprites_write_file",
      "sprites_list_sprites", "sprites_manage_sprite", "sprites_checkpoint",
      "sprites_restore_checkpoint", "sprites_service_url",
    ])

  /// The stock capability `system_commands`.
  public static let systemCommands = CapabilityDescriptor(
    id: "system_commands",
    name: "System Commands",
    description: "Adds slash commands that the platform itself answers.",
    category: "System",
    icon: "terminal")

  /// The stock capability `tool_output_persistence`.
  public static let toolOutputPersistence = CapabilityDescriptor(
    id: "tool_output_persistence",
    name: "Tool Output Persistence",
    description: """
      Saves very long tool results to session files so that only a part stays in context.
      """,
    dependencies: ["session_file_system"])

  /// The stock capability `virtual_bash`.
  public static let virtualBash = CapabilityDescriptor(
    id: "virtual_bash",
    name: "Virtual Bash",
    description: "Runs shell scripts in an in-process interpreter over the session files.",
    category: "Execution",
    icon: "terminal",
    dependencies: ["session_file_system"],
    features: ["file_system"],
    tools: ["bash"])
}
