import Everruns
import EverrunsStore

/// What a model receives in a turn besides the conversation.
struct TurnPreparation: Sendable {
  /// The tools of all capabilities.
  let toolset: Toolset
  private let prompts: (harness: String, agent: String, session: String)
  private let locale: String?

  /// The capabilities of harness, agent and session, with all that they need.
  init(
    _ context: TurnContext, in platform: PlatformDefinition, _ implementations: Implementations
  ) {
    let uses =
      (context.harnesses.flatMap(\.capabilities) + (context.agent?.capabilities ?? [])
      + context.session.capabilities).merged
    toolset = Toolset(
      of: platform.withDependencies(uses), in: platform, implementations: implementations)
    prompts = (
      context.harnesses.map(\.systemPrompt).filter { !$0.isEmpty }.joined(separator: "\n\n"),
      context.agent?.systemPrompt ?? "", context.session.systemPrompt ?? ""
    )
    locale = context.session.locale
  }

  /// The system prompt of a request, which `isLast` if it is the last one of its turn.
  func system(isLast: Bool) -> String {
    var prompt = SystemPrompt()
    prompt.capabilities = toolset.instructions
    prompt.harness = prompts.harness
    prompt.agent = prompts.agent
    prompt.session = prompts.session
    prompt.locale = locale
    prompt.isLastRequest = isLast
    return prompt.text
  }

  /// The tools that a request offers.
  func tools(isLast: Bool) -> [any Tool] { isLast ? [] : toolset.tools.map(\.tool) }
}

extension PlatformDefinition {
  /// Uses of capabilities with those that they depend on, which come first.
  ///
  /// What is not registered keeps its place at the end, so that it can be named. Dependencies that
  /// cannot be resolved are left out.
  fileprivate func withDependencies(_ uses: [CapabilityUse]) -> [CapabilityUse] {
    let registered = uses.compactMap { use -> String? in
      guard case .registered(let id) = CapabilityReference(use.ref) else { return nil }
      return id
    }
    guard let resolution = try? capabilities.resolve(registered) else { return uses }
    let configured = Dictionary(uses.map { ($0.ref, $0) }) { first, _ in first }
    return resolution.resolved.map { configured[$0] ?? CapabilityUse($0) }
      + uses.filter { !resolution.resolved.contains($0.ref) }
  }
}
