import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// A list of words that only the program knows: values of options and operands.
struct CompletionList: Sendable {
  let name: String
  /// The words with their descriptions; a choice without a word is a remark about the list.
  let choices: @Sendable (CompletionRequest, Session) throws -> [Choice]

  static let all: [CompletionList] = [
    component(CapabilityDescriptor.self) { Choice($0.id, summary: $0.description) },
    component(DriverDescriptor.self) { Choice($0.providerType, summary: $0.displayName) },
    component(ConnectionProviderDescriptor.self) { Choice($0.id, summary: $0.description) },
    CompletionList(name: "category") { _, session in
      frequencies(
        try session.platform().definition.capabilities.descriptors.compactMap(\.category))
    },
    CompletionList(name: "feature") { _, session in
      frequencies(try session.platform().definition.capabilities.descriptors.flatMap(\.features))
    },
    CompletionList(name: "harness") { _, session in
      let newParent = session.arguments[HarnessesRemove.reparent]
      return harnesses(
        try session.platform().definition.builtInHarnesses.filter { $0.name != newParent })
    },
    CompletionList(name: "parent-harness") { _, session in
      let removed = Set(session.arguments.given(HarnessesRemove.names) ?? [])
      return harnesses(try session.platform().definition.possibleParents(of: removed))
    },
    CompletionList(name: "platform") { request, session in
      let name = request.prefix.split(separator: "@", omittingEmptySubsequences: false).first
      return request.prefix.contains("@")
        ? try revisions(of: String(name ?? ""), session) : try platforms(session)
    },
    CompletionList(name: "saved-platform") { request, session in
      let name = request.prefix.split(separator: "@", omittingEmptySubsequences: false).first
      return request.prefix.contains("@")
        ? try revisions(of: String(name ?? ""), session) : savedPlatforms(session)
    },
    CompletionList(name: "harness-assignment", choices: harnessAssignments),
    CompletionList(name: "organization-assignment", choices: organizationAssignments),
    CompletionList(name: "organization", choices: organizations),
    CompletionList(name: "address") { try addresses($0, $1) },
    CompletionList(name: "blocked-address") { try addresses($0, $1, areDecided: true) },
    CompletionList(name: "command", choices: commands),
    CompletionList(name: "column", choices: columns),
  ]

  // MARK: What the platform holds

  private static func component<Descriptor: ComponentNoun>(
    _ family: Descriptor.Type, _ choice: @escaping @Sendable (Descriptor) -> Choice
  ) -> CompletionList {
    CompletionList(name: Descriptor.noun) { _, session in
      try session.platform().definition[keyPath: Descriptor.registry].descriptors.map(choice)
    }
  }

  /// Each distinct word, in order, with the number of capabilities or other things that have it.
  static func frequencies(
    _ words: [String], _ noun: String = "capability", plural: String = "capabilities"
  ) -> [Choice] {
    let counts = words.reduce(into: [ExactText: Int]()) { $0[ExactText($1), default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map {
      Choice($0.key.text, summary: count($0.value, noun, plural: plural))
    }
  }

  /// The names of harness templates.
  static func harnesses(_ templates: [BuiltInHarness]) -> [Choice] {
    templates.map { Choice($0.name, summary: $0.description) }
  }

  // MARK: What the store holds

  private static func platforms(_ session: Session) throws -> [Choice] {
    session.program.presets.map { Choice($0.name, summary: $0.summary) } + savedPlatforms(session)
  }

  /// The saved definitions; none without a readable store.
  private static func savedPlatforms(_ session: Session) -> [Choice] {
    ((try? session.storeForReading()?.platforms()) ?? []).map {
      Choice($0.name, summary: "saved, revision \($0.latestRevision)")
    }
  }

  private static func revisions(of name: String, _ session: Session) throws -> [Choice] {
    guard
      let platform = try session.storeForReading()?.platforms().first(where: { $0.name == name })
    else { return [] }
    let latest = platform.latestRevision
    // Another program may have written any number.
    guard latest > 0 else { return [] }
    let first = max(1, latest - platform.revisionCount + 1)
    func number(_ selector: RevisionSelector) -> Int {
      switch selector {
      case .latest: latest
      case .previous: latest - 1
      case .number(let number): number
      }
    }
    let named = RevisionSelector.named.map { (word: $0.word, number: number($0.selector)) }
      .filter { $0.number >= first }
    return (first...latest).reversed().map { number in
      Choice("\(name)@\(number)", summary: named.first { $0.number == number }?.word ?? "")
    } + named.map { Choice("\(name)@\($0.word)", summary: "revision \($0.number)") }
  }

  /// How many organizations are offered at once: more than a screenful helps no one.
  private static let organizationLimit = 200

  /// The organizations, by id; by name if a name is being typed.
  ///
  /// If there are too many, the last choice says so.
  private static func organizations(
    _ request: CompletionRequest, _ session: Session
  ) throws -> [Choice] {
    guard
      let found = try session.storeForReading()?.organizationNames(
        beginningWith: request.prefix, atMost: organizationLimit)
    else { return [] }
    return found.byID.map { Choice($0.publicID, summary: $0.name) }
      + found.byName.map { Choice($0.name, summary: $0.publicID) }
      + (found.omitted > 0 ? [Choice("", summary: "\(found.omitted) more; type on")] : [])
  }

  // MARK: What the program holds

  /// The columns of the list that the command writes, without those already named.
  private static func columns(_ request: CompletionRequest, _ session: Session) -> [Choice] {
    let command = session.program.tree.command(at: session.path)
    let typed = request.prefix.split(at: ",").dropLast()
    let earlier = session.arguments[ListOptions.columns].flatMap { $0.split(at: ",") }
    let named = Set((earlier + typed).map(ExactText.init))
    let head = typed.map { $0 + "," }.joined()
    return (command?.action?.columns.keys(session.arguments) ?? [])
      .filter { !named.contains(ExactText($0)) }.map { Choice(head + $0) }
  }

  /// The commands and topics of help, after those already named.
  private static func commands(_ request: CompletionRequest, _ session: Session) -> [Choice] {
    let tree = session.program.tree
    let named = session.arguments[HelpCommand.words]
    guard !named.isEmpty else {
      return tree.commands.map { Choice($0.name, summary: $0.summary) }
        + tree.topics.map { Choice($0.name, summary: $0.summary) }
    }
    return (tree.command(at: named)?.subcommands ?? []).map {
      Choice($0.name, summary: $0.summary)
    }
  }
}
