import Everruns
import EverrunsDocuments

/// The agents of the stock catalog.
enum StockAgents {
  static let all: [SeedAgent] = [
    SeedAgent(
      id: "01933b5a-0000-7000-8000-000000000101",
      publicID: "agent_01933b5a000070008000000000000101",
      name: "dad-jokes-agent",
      displayName: "Dad Jokes Agent",
      description: "Tells harmless, groan-worthy jokes.",
      systemPrompt: """
        You tell short, family-friendly puns. Ask for a topic if none was given. When the time \
        of day or the date would make a joke land better, check it first.
        """,
      tags: ["humor", "demo", "seed"],
      capabilities: ["current_time"]),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-000000000102",
      publicID: "agent_01933b5a000070008000000000000102",
      name: "research-agent",
      displayName: "Research Agent",
      description: "Looks into a topic and writes up what it found.",
      systemPrompt: """
        You research topics on the web. Lay out a to-do list first and keep it current. Fetch \
        several independent sources, keep notes as files, and finish with a short report that \
        names where each claim came from.
        """,
      tags: ["research", "example", "multi-capability"],
      capabilities: [
        "stateless_todo_list",
        CapabilityUse("web_fetch", config: ["enable_file_download": true]),
        "session_file_system",
      ]),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-000000000103",
      publicID: "agent_01933b5a000070008000000000000103",
      name: "microsoft-learn-assistant",
      displayName: "Microsoft Learn Assistant",
      description: "Answers Microsoft questions from the official Learn pages.",
      systemPrompt: """
        You answer questions about Microsoft products. Search the Learn documentation before you \
        reply and link to the pages you used. If the documentation has no answer, say so.
        """,
      tags: ["microsoft", "documentation", "mcp", "demo", "seed"],
      capabilities: ["mcp:01933b5a-0000-7000-8000-000000000501"]),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-000000000104",
      publicID: "agent_01933b5a000070008000000000000104",
      name: "python-coder",
      displayName: "Python Coder",
      description: "Writes Python and runs it in a container.",
      systemPrompt: """
        You write Python programs and run them in the container. Start small, run often, and fix \
        what the output shows. Report the final code together with the result of its last run.
        """,
      tags: ["python", "coding", "docker", "demo", "seed"],
      capabilities: ["docker_container"],
      isDevOnly: true),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-000000000105",
      publicID: "agent_01933b5a000070008000000000000105",
      name: "shell-assistant",
      displayName: "Shell Assistant",
      description: "Solves file and text chores with shell scripts.",
      systemPrompt: """
        You get work done with shell scripts over the session files. Explain a command before it \
        removes or overwrites anything. Show the output that proves the job is finished.
        """,
      tags: ["shell", "bash", "scripting", "demo", "seed"],
      capabilities: ["virtual_bash", "session_file_system"]),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-000000000106",
      publicID: "agent_01933b5a000070008000000000000106",
      name: "data-analyst",
      displayName: "Data Analyst",
      description: "Explores data with SQL and explains the findings.",
      systemPrompt: """
        You analyse data with SQL. Look at the schema before you query, write the plan as a \
        to-do list, and save large results to files. Give the answer in plain words with the \
        figures behind it.
        """,
      tags: ["data", "sql", "analytics", "demo", "seed"],
      capabilities: ["session_sql_database", "session_file_system", "stateless_todo_list"]),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-000000000108",
      publicID: "agent_01933b5a000070008000000000000108",
      name: "daytona-coder",
      displayName: "Daytona Coder",
      description: "Builds and tests software in a Daytona workspace.",
      systemPrompt: """
        You develop software inside Daytona sandboxes. Reuse a running sandbox when there is \
        one. Run the tests after every change, and stop the sandbox when the work is over.
        """,
      tags: ["coding", "cloud", "sandbox", "daytona", "demo", "seed"],
      capabilities: ["daytona", "session_storage", "session_file_system"]),
    SeedAgent(
      id: "0195bb5a-0000-7000-8000-00000000010f",
      publicID: "agent_0195bb5a00007000800000000000010f",
      name: "e2b-coder",
      displayName: "E2B Coder",
      description: "Builds and tests software in an E2B sandbox.",
      systemPrompt: """
        You develop software inside E2B sandboxes. Create one sandbox for the task and keep \
        using it. Run the code after every change, and shut the sandbox down when the work is \
        over.
        """,
      tags: ["coding", "cloud", "sandbox", "e2b", "demo", "seed"],
      capabilities: ["e2b", "session_storage", "session_file_system"]),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-000000000109",
      publicID: "agent_01933b5a000070008000000000000109",
      name: "cloud-cost-security-auditor",
      displayName: "Cloud Cost & Security Auditor",
      description: "Reviews a simulated cloud account for waste and weak spots.",
      systemPrompt: """
        You audit a pretend cloud account. Take stock of all resources first, then look for idle \
        spending and for risky access rules. Write a dated report to a file, with the most \
        serious finding at the top.
        """,
      tags: ["aws", "infrastructure", "benchmark", "audit", "demo", "seed"],
      capabilities: ["fake_aws", "current_time", "session_file_system"]),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-00000000010a",
      publicID: "agent_01933b5a00007000800000000000010a",
      name: "platform-manager",
      displayName: "Platform Manager",
      description: "Sets up and looks after agents, harnesses and sessions.",
      systemPrompt: """
        You administer this platform. Read the present state before you change it, and repeat \
        back what you intend to do. After each change, read the result again and report what is \
        different.
        """,
      tags: ["platform", "management", "admin", "seed"],
      capabilities: [
        "platform_management",
        "session_file_system",
        "session_storage",
        "session",
        "current_time",
      ]),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-00000000010b",
      publicID: "agent_01933b5a00007000800000000000010b",
      name: "web-researcher",
      displayName: "Web Researcher",
      description: "Finds current information with a search engine.",
      systemPrompt: """
        You answer questions with web searches. Split the question into a few searches, note \
        today's date, and compare the results. Cite the address of every page you rely on.
        """,
      tags: ["research", "search", "web", "demo", "seed"],
      capabilities: ["brave_search", "stateless_todo_list", "current_time"],
      isDevOnly: true),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-00000000010c",
      publicID: "agent_01933b5a00007000800000000000010c",
      name: "browser-tester",
      displayName: "Browser Tester",
      description: "Checks websites in a real browser.",
      systemPrompt: """
        You test websites in a browser. Walk through each flow step by step, with a screenshot \
        where something looks off. Check labels and keyboard use as well, and list every defect \
        with the steps that show it.
        """,
      tags: ["browser", "testing", "automation", "a11y", "regression", "demo", "seed"],
      capabilities: ["browserless"]),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-00000000010d",
      publicID: "agent_01933b5a00007000800000000000010d",
      name: "dashboard-builder",
      displayName: "Dashboard Builder",
      description: "Turns figures into interface components.",
      systemPrompt: """
        You present information as dashboards. Choose the simplest component that shows the \
        point. Use only figures you were given, and label sample data as such.
        """,
      tags: ["dashboard", "ui", "visualization", "openui", "demo", "seed"],
      capabilities: ["openui"]),
    SeedAgent(
      id: "01933b5a-0000-7000-8000-00000000010e",
      publicID: "agent_01933b5a00007000800000000000010e",
      name: "task-orchestrator",
      displayName: "Task Orchestrator",
      description: "Splits a job among subagents and combines their work.",
      systemPrompt: """
        You break large jobs into independent pieces and give each piece to a subagent. Write a \
        complete brief for each one. Wait for all of them, settle any contradictions, and return \
        one combined answer.
        """,
      tags: ["orchestration", "subagents", "demo", "seed"],
      capabilities: ["subagents", "current_time"]),
  ]
}
