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

  /// The stock capability `brave_search`.
  public static let braveSearch = CapabilityDescriptor(
    id: "brave_search",
    name: "[Experimental] Brave Search",
    description: "Lets the agent query the web through the Brave search service.",
    category: "Network",
    icon: "search",
    tools: ["brave_web_search"],
    isExperimental: true)

  /// The stock capability `browserless`.
  public static let browserless = CapabilityDescriptor(
    id: "browserless",
    name: "Browserless",
    description: """
      Drives a remote headless browser for visiting, reading and operating web pages.
      """,
    category: "Browser",
    icon: "browserless",
    riskLevel: .medium,
    dependencies: ["session_storage"],
    features: ["leased_resources"],
    tools: [
      "browserless_open_browser", "browserless_close_browser", "browserless_navigate",
      "browserless_screenshot", "browserless_content", "browserless_scrape",
      "browserless_interact",
    ])

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

  /// The stock capability `current_time`.
  public static let currentTime = CapabilityDescriptor(
    id: "current_time",
    name: "Current Time",
    description: "Reports the present date and time on request.",
    category: "Utilities",
    icon: "clock",
    tools: ["get_current_time"])

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

  /// The stock capability `duckduckgo`.
  public static let duckDuckGo = CapabilityDescriptor(
    id: "duckduckgo",
    name: "[Experimental] DuckDuckGo",
    description: "Looks things up with DuckDuckGo without needing a key.",
    category: "Network",
    icon: "search",
    tools: ["duckduckgo_search"],
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

  /// The stock capability `fake_aws`.
  public static let fakeAWS = CapabilityDescriptor(
    id: "fake_aws",
    name: "Fake AWS Tools",
    description: "Imitates a small AWS account for demonstrations.",
    category: "Demo Tools",
    icon: "cloud",
    tools: [
      "aws_list_ec2_instances", "aws_create_ec2_instance", "aws_stop_ec2_instance",
      "aws_list_rds_databases", "aws_create_rds_database", "aws_list_s3_buckets",
      "aws_create_s3_bucket", "aws_list_iam_users", "aws_create_iam_user",
      "aws_list_security_groups", "aws_get_cloudwatch_metrics",
    ])

  /// The stock capability `fake_crm`.
  public static let fakeCRM = CapabilityDescriptor(
    id: "fake_crm",
    name: "Fake CRM Tools",
    description: "Imitates a customer database with support tickets for demonstrations.",
    category: "Demo Tools",
    icon: "users",
    tools: [
      "crm_list_customers", "crm_get_customer", "crm_create_customer", "crm_list_tickets",
      "crm_create_ticket", "crm_update_ticket", "crm_add_interaction", "crm_search_customers",
    ])

  /// The stock capability `fake_financial`.
  public static let fakeFinancial = CapabilityDescriptor(
    id: "fake_financial",
    name: "Fake Financial Tools",
    description: "Imitates a bookkeeping system with budgets and reports for demonstrations.",
    category: "Demo Tools",
    icon: "dollar-sign",
    tools: [
      "finance_list_transactions", "finance_create_transaction", "finance_get_balance",
      "finance_list_budgets", "finance_create_budget", "finance_get_expense_report",
      "finance_get_revenue_report", "finance_forecast_cash_flow",
    ])

  /// The stock capability `fake_warehouse`.
  public static let fakeWarehouse = CapabilityDescriptor(
    id: "fake_warehouse",
    name: "Fake Warehouse Tools",
    description: "Imitates stock, orders and shipping for demonstrations.",
    category: "Demo Tools",
    icon: "package",
    tools: [
      "warehouse_get_inventory", "warehouse_update_inventory", "warehouse_create_shipment",
      "warehouse_list_shipments", "warehouse_update_shipment_status", "warehouse_create_order",
      "warehouse_list_orders", "warehouse_create_invoice", "warehouse_process_return",
      "warehouse_inventory_report",
    ])

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

  /// The stock capability `noop`.
  public static let noop = CapabilityDescriptor(
    id: "noop",
    name: "No-Op",
    description: "Does nothing; exists for tests.",
    category: "Testing",
    icon: "circle-off")

  /// The stock capability `openai_tool_search`.
  public static let openAIToolSearch = CapabilityDescriptor(
    id: "openai_tool_search",
    name: "OpenAI Tool Search",
    description: "Defers tool schemas on OpenAI models so that large tool sets stay cheap.",
    category: "Optimization")

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

  /// The stock capability `sample_data`.
  public static let sampleData = CapabilityDescriptor(
    id: "sample_data",
    name: "Sample Data",
    description: "Mounts a few read-only example data files.",
    category: "Data",
    icon: "database",
    dependencies: ["session_file_system"],
    features: ["file_system"])

  /// The stock capability `session`.
  public static let session = CapabilityDescriptor(
    id: "session",
    name: "Session",
    description: "Reads details about the running session and sets its title.",
    category: "Session",
    icon: "panel-left",
    tools: ["write_session_title", "get_session_info"])

  /// The stock capability `session_file_system`.
  public static let sessionFileSystem = CapabilityDescriptor(
    id: "session_file_system",
    name: "File System",
    description: "Gives the session its own file workspace.",
    category: "File Operations",
    icon: "hard-drive",
    features: ["file_system"],
    tools: [
      "read_file", "write_file", "edit_file", "list_directory", "grep_files", "delete_file",
      "stat_file",
    ])

  /// The stock capability `session_schedule`.
  public static let sessionSchedule = CapabilityDescriptor(
    id: "session_schedule",
    name: "Schedules",
    description: "Plans one-off or repeated wake-ups for the session.",
    category: "Session",
    icon: "clock",
    features: ["schedules"],
    tools: ["create_schedule", "cancel_schedule", "list_schedules"])

  /// The stock capability `session_sql_database`.
  public static let sessionSQLDatabase = CapabilityDescriptor(
    id: "session_sql_database",
    name: "SQL Database",
    description: "Provides SQL databases private to the session.",
    category: "Data",
    icon: "database",
    features: ["sql_database"],
    tools: ["sql_execute", "sql_query", "sql_schema"])

  /// The stock capability `session_storage`.
  public static let sessionStorage = CapabilityDescriptor(
    id: "session_storage",
    name: "Storage",
    description: "Keeps plain key-value pairs and secrets for the session.",
    category: "Storage",
    icon: "database",
    features: ["secrets", "key_value"],
    tools: ["kv_store", "secret_store"])

  /// The stock capability `skills`.
  public static let skills = CapabilityDescriptor(
    id: "skills",
    name: "Agent Skills",
    description: "Finds skill folders in the session files and loads one when it is wanted.",
    category: "Skills",
    icon: "wand",
    dependencies: ["session_file_system"],
    tools: ["list_skills", "activate_skill"])

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

  /// The stock capability `stateless_todo_list`.
  public static let statelessTodoList = CapabilityDescriptor(
    id: "stateless_todo_list",
    name: "Task Management",
    description: "Tracks the steps of a job as a to-do list held in the conversation.",
    category: "Productivity",
    icon: "list-checks",
    tools: ["write_todos"])

  /// The stock capability `subagents`.
  public static let subagents = CapabilityDescriptor(
    id: "subagents",
    name: "Subagents",
    description: "Hands parts of a job to child sessions and talks to them.",
    category: "Orchestration",
    icon: "git-branch",
    features: ["subagents"],
    tools: ["spawn_subagent", "get_subagents", "message_subagent"])

  /// The stock capability `system_commands`.
  public static let systemCommands = CapabilityDescriptor(
    id: "system_commands",
    name: "System Commands",
    description: "Adds slash commands that the platform itself answers.",
    category: "System",
    icon: "terminal")

  /// The stock capability `test_math`.
  public static let testMath = CapabilityDescriptor(
    id: "test_math",
    name: "Test Math",
    description: "Basic arithmetic tools for testing tool calls.",
    category: "Testing",
    icon: "calculator",
    tools: ["add", "subtract", "multiply", "divide"])

  /// The stock capability `test_weather`.
  public static let testWeather = CapabilityDescriptor(
    id: "test_weather",
    name: "Test Weather",
    description: "Made-up weather tools for testing tool calls.",
    category: "Testing",
    icon: "cloud-sun",
    tools: ["get_weather", "get_forecast"])

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

  /// The stock capability `web_fetch`.
  public static let webFetch = CapabilityDescriptor(
    id: "web_fetch",
    name: "Web Fetch",
    description: "Downloads a web address and returns readable text.",
    category: "Network",
    icon: "globe",
    riskLevel: .medium,
    tools: ["web_fetch"])
}

extension CapabilityDescriptor {
  /// The capabilities of the stock platform, sorted by id.
  static let stock: [CapabilityDescriptor] = [
    .agentInstructions, .braveSearch, .browserless, .budgeting, .compaction, .containerSandbox,
    .currentTime, .daytona, .deno, .dockerContainer, .duckDuckGo, .e2b, .fakeAWS, .fakeCRM,
    .fakeFinancial, .fakeWarehouse, .infinityContext, .loopDetection, .memory, .noop,
    .openAIToolSearch, .openUI, .platformDocs, .platformManagement, .research, .sampleData,
    .session, .sessionFileSystem, .sessionSchedule, .sessionSQLDatabase, .sessionStorage, .skills,
    .sprites, .statelessTodoList, .subagents, .systemCommands, .testMath, .testWeather,
    .toolOutputPersistence, .virtualBash, .webFetch,
  ]
}
