// The stock capabilities of a session.
extension CapabilityDescriptor {
  /// The stock capability `current_time`.
  public static let currentTime = CapabilityDescriptor(
    id: "current_time",
    name: "Current Time",
    description: "Reports the present date and time on request.",
    category: "Utilities",
    icon: "clock",
    tools: ["get_current_time"])

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

  /// The stock capability `stateless_todo_list`.
  public static let statelessTodoList = CapabilityDescriptor(
    id: "stateless_todo_list",
    name: "Task Management",
    description: "Tracks the steps of a job as a to-do list held in the conversation.",
    category: "Productivity",
    icon: "list-checks",
    tools: ["write_todos"])
}
