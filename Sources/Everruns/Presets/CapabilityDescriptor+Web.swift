// The stock capabilities that access the web.
extension CapabilityDescriptor {
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

  /// The stock capability `duckduckgo`.
  public static let duckDuckGo = CapabilityDescriptor(
    id: "duckduckgo",
    name: "[Experimental] DuckDuckGo",
    description: "Looks things up with DuckDuckGo without needing a key.",
    category: "Network",
    icon: "search",
    tools: ["duckduckgo_search"],
    isExperimental: true)

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
