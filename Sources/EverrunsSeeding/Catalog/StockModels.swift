/// The models of the stock catalog, by provider.
enum StockModels {
  static let all: [SeedLLMModel] = openAI + anthropic + gemini + llmSim

  private static let openAI = models(
    of: "01933b5a-0000-7000-8000-000000000001",
    [
      Entry(
        "01933b5a-0000-7000-8000-00000000021f", "gpt-5.4", "GPT-5.4",
        isInstalled: true, isFavorite: true),
      Entry("01933b5a-0000-7000-8000-000000000220", "gpt-5.4-pro", "GPT-5.4 Pro", isFavorite: true),
      Entry(
        "01933b5a-0000-7000-8000-000000000221", "gpt-5.4-mini", "GPT-5.4 mini",
        isInstalled: true, isFavorite: true),
      Entry("01933b5a-0000-7000-8000-000000000222", "gpt-5.4-nano", "GPT-5.4 nano"),
      Entry("01933b5a-0000-7000-8000-000000000201", "gpt-5.2", "GPT-5.2", isFavorite: true),
      Entry("01933b5a-0000-7000-8000-000000000202", "gpt-5.2-pro", "GPT-5.2 Pro", isFavorite: true),
      Entry(
        "01933b5a-0000-7000-8000-000000000203", "gpt-5.2-codex", "GPT-5.2 Codex",
        isFavorite: true),
      Entry("01933b5a-0000-7000-8000-000000000204", "gpt-5.2-chat-latest", "GPT-5.2 Chat"),
      Entry("01933b5a-0000-7000-8000-000000000205", "gpt-5.1", "GPT-5.1"),
      Entry("01933b5a-0000-7000-8000-000000000206", "gpt-5.1-codex", "GPT-5.1 Codex"),
      Entry("01933b5a-0000-7000-8000-000000000207", "gpt-5.1-codex-mini", "GPT-5.1 Codex mini"),
      Entry("01933b5a-0000-7000-8000-000000000208", "gpt-5.1-codex-max", "GPT-5.1 Codex max"),
      Entry("01933b5a-0000-7000-8000-000000000209", "gpt-5.1-chat-latest", "GPT-5.1 Chat"),
      Entry("01933b5a-0000-7000-8000-00000000020a", "gpt-5-mini", "GPT-5 mini"),
      Entry("01933b5a-0000-7000-8000-00000000020b", "gpt-5", "GPT-5"),
      Entry("01933b5a-0000-7000-8000-00000000020c", "gpt-5-nano", "GPT-5 nano"),
      Entry("01933b5a-0000-7000-8000-00000000020d", "gpt-5-pro", "GPT-5 Pro"),
      Entry("01933b5a-0000-7000-8000-00000000020e", "gpt-5-codex", "GPT-5 Codex"),
      Entry("01933b5a-0000-7000-8000-00000000020f", "gpt-5-chat-latest", "GPT-5 Chat"),
      Entry("01933b5a-0000-7000-8000-000000000210", "gpt-4.1", "GPT-4.1"),
      Entry("01933b5a-0000-7000-8000-000000000211", "gpt-4.1-mini", "GPT-4.1 mini"),
      Entry("01933b5a-0000-7000-8000-000000000212", "gpt-4.1-nano", "GPT-4.1 nano"),
      Entry("01933b5a-0000-7000-8000-000000000213", "gpt-4o", "GPT-4o"),
      Entry("01933b5a-0000-7000-8000-000000000214", "gpt-4o-mini", "GPT-4o mini"),
      Entry("01933b5a-0000-7000-8000-000000000215", "o4-mini", "o4 mini"),
      Entry(
        "01933b5a-0000-7000-8000-000000000216", "o4-mini-deep-research", "o4 mini Deep Research"),
      Entry("01933b5a-0000-7000-8000-000000000217", "o3", "o3"),
      Entry("01933b5a-0000-7000-8000-000000000218", "o3-mini", "o3 mini"),
      Entry("01933b5a-0000-7000-8000-000000000219", "o3-pro", "o3 Pro"),
      Entry("01933b5a-0000-7000-8000-00000000021a", "o3-deep-research", "o3 Deep Research"),
      Entry("01933b5a-0000-7000-8000-00000000021b", "o1", "o1"),
      Entry("01933b5a-0000-7000-8000-00000000021c", "o1-mini", "o1 mini"),
      Entry("01933b5a-0000-7000-8000-00000000021d", "o1-pro", "o1 Pro"),
      Entry("01933b5a-0000-7000-8000-00000000021e", "o1-preview", "o1 Preview"),
    ])

  private static let anthropic = models(
    of: "01933b5a-0000-7000-8000-000000000002",
    [
      Entry(
        "01933b5a-0000-7000-8000-000000000309", "claude-opus-4-6", "Claude Opus 4.6",
        isInstalled: true, isFavorite: true),
      Entry(
        "01933b5a-0000-7000-8000-00000000030a", "claude-sonnet-4-6", "Claude Sonnet 4.6",
        isInstalled: true, isFavorite: true),
      Entry(
        "01933b5a-0000-7000-8000-00000000030b", "claude-haiku-4-6-20260301", "Claude Haiku 4.6",
        isInstalled: true, isFavorite: true),
      Entry(
        "01933b5a-0000-7000-8000-000000000301", "claude-opus-4-5", "Claude Opus 4.5",
        isFavorite: true),
      Entry(
        "01933b5a-0000-7000-8000-000000000302", "claude-sonnet-4-5", "Claude Sonnet 4.5",
        isFavorite: true),
      Entry(
        "01933b5a-0000-7000-8000-000000000303", "claude-haiku-4-5", "Claude Haiku 4.5",
        isFavorite: true),
      Entry("01933b5a-0000-7000-8000-000000000304", "claude-opus-4", "Claude Opus 4"),
      Entry("01933b5a-0000-7000-8000-000000000305", "claude-sonnet-4", "Claude Sonnet 4"),
      Entry(
        "01933b5a-0000-7000-8000-000000000306", "claude-3-7-sonnet-latest", "Claude 3.7 Sonnet"),
      Entry(
        "01933b5a-0000-7000-8000-000000000307", "claude-3-5-sonnet-latest", "Claude 3.5 Sonnet"),
      Entry("01933b5a-0000-7000-8000-000000000308", "claude-3-5-haiku-latest", "Claude 3.5 Haiku"),
    ])

  private static let gemini = models(
    of: "01933b5a-0000-7000-8000-000000000004",
    [
      Entry(
        "01933b5a-0000-7000-8000-000000000601", "gemini-2.5-pro", "Gemini 2.5 Pro",
        isFavorite: true),
      Entry(
        "01933b5a-0000-7000-8000-000000000602", "gemini-2.5-flash", "Gemini 2.5 Flash",
        isFavorite: true),
      Entry("01933b5a-0000-7000-8000-000000000603", "gemini-2.0-flash", "Gemini 2.0 Flash"),
    ])

  private static let llmSim = models(
    of: "01933b5a-0000-7000-8000-000000000003",
    [
      Entry("01933b5a-0000-7000-8000-000000000401", "llmsim-default", "LlmSim Default"),
      Entry("01933b5a-0000-7000-8000-000000000402", "llmsim-latency", "LlmSim Latency"),
    ])

  /// The properties in which models of one provider differ.
  private struct Entry {
    let id: String
    let modelID: String
    let displayName: String
    let isInstalled: Bool
    let isFavorite: Bool

    init(
      _ id: String, _ modelID: String, _ displayName: String, isInstalled: Bool = false,
      isFavorite: Bool = false
    ) {
      self.id = id
      self.modelID = modelID
      self.displayName = displayName
      self.isInstalled = isInstalled
      self.isFavorite = isFavorite
    }
  }

  private static func models(of providerID: String, _ entries: [Entry]) -> [SeedLLMModel] {
    entries.map { entry in
      SeedLLMModel(
        id: entry.id, providerID: providerID, modelID: entry.modelID,
        displayName: entry.displayName, isInstalled: entry.isInstalled,
        isFavorite: entry.isFavorite)
    }
  }
}
