import Everruns
import EverrunsStore

/// The prompt and tools of a turn's requests.
struct TurnPreparation: Sendable {
  /// The tools of all capabilities.
  let toolset: Toolset
  private let prompts: (harness: String, agent: String, session: String)
  private let locale: String?

  /// The capabilities of harness, agent and session, with their dependencies.
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

  /// The system prompt of a request; `isLast` for the last one of its turn.
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

  /// The tools offered in a request.
  func tools(isLast: Bool) -> [any Tool] { isLast ? [] : toolset.tools.map(\.tool) }
}

extension PlatformDefinition {
  /// Uses of capabilities, after those they depend on.
  ///
  /// Unregistered capabilities come last, so that they can be reported. Dependencies that cannot be
  /// resolved are left out.
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
