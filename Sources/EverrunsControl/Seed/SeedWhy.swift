import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `seed why`.
enum SeedWhy {
  private static let address = Argument.required(
    "ADDRESS", .dynamic("address"), summary: "The address of a row, as a plan shows it")

  static let command = Command<ControlAction>(
    "why", summary: "Explain the decision about one row",
    discussion: """
      Shows each rule that was asked, in order, with the value it saw and where that came from, \
      ending in the row's reason.
      """,
    arguments: [address], options: SeedingOptions.all,
    examples: [
      Example("Explain why an agent is skipped", "everrunsctl seed why agent/python-coder")
    ], exitCodes: [.failure, .badInput, .noInput]
  ) { session in
    let request = try session.seedRequest(for: try session.platform())
    let text = session.arguments[address]
    let trace = try session.withPlan(narrowed(request, to: SeedAddress(text))) { plan in
      try plan.rows.filter { $0.address.description == text }.first.map {
        SeedTrace($0, request, plan.header.store)
      }
    }
    guard let trace else {
      let known = try session.withPlan(request) { try $0.rows.collected() }
      throw ControlError.notFound(
        noun: "row", name: text, candidates: known.map(\.address.description),
        next: "'\(session.next("seed preview -v"))' shows all addresses")
    }
    let row = trace.row
    try session.write(
      json: [
        "address": .string(text), "action": .string(row.action.rawValue),
        "reason": [
          "code": .string(row.reason.code.rawValue), "message": .string(row.reason.message),
        ],
        "trace": .array(trace.steps.map(\.document)), "row": row.document,
      ],
      text: trace.text(style: session.style))
    return .success
  }
}

extension SeedWhy {
  /// A request that looks no further than at the organization whose row is asked for: what becomes
  /// of it depends on no other, unless harnesses are removed that others may use.
  private static func narrowed(_ request: SeedRequest, to address: SeedAddress?) -> SeedRequest {
    var narrowed = request
    guard request.options.organizations == nil, request.options.prune == nil else {
      narrowed.options.expands = address.map { $0.scope != .folded } ?? false
      return narrowed
    }
    switch address?.scope {
    case .folded, nil: return request
    case .defaultOrganization:
      narrowed.options.organizations = [request.catalog.organization.publicID]
    case .organization(let publicID): narrowed.options.organizations = [publicID]
    }
    return narrowed
  }
}

/// How a row came to its reason: each rule asked, with what it saw and where that came from.
struct SeedTrace {
  /// One rule that was asked.
  struct Step {
    let rule: String
    let value: String
    let source: String

    var document: JSONValue {
      ["rule": .string(rule), "value": .string(value), "source": .string(source)]
    }
  }

  let row: SeedPlanRow
  let steps: [Step]

  init(_ row: SeedPlanRow, _ request: SeedRequest, _ store: SeedPlan.StoreState) {
    self.row = row
    steps =
      Self.rules(of: row, request) + Self.storeSteps(of: row, store)
      + Self.decisionSteps(of: row, request)
  }

  /// What the definition, the catalog and the grade say about the row.
  private static func rules(of row: SeedPlanRow, _ request: SeedRequest) -> [Step] {
    let catalog = "catalog '\(request.catalogReference)'"
    let platform = "platform '\(request.platform.reference)'"
    let name = row.address.names.last ?? ""
    switch row.address.kind {
    case .organization:
      return [Step(rule: "is the default organization", value: name, source: catalog)]
    case .user:
      let user = request.catalog.users.first { ($0.email ?? $0.name) == name }
      return [
        Step(
          rule: "when the user is seeded", value: user?.when.rawValue ?? "never", source: catalog)
      ]
    case .llmProvider:
      let provider = request.catalog.llmProviders.first { $0.name == name }
      return driverStep(provider?.providerType, request, platform)
    case .llmModel:
      let provider = request.catalog.llmProviders.first { $0.name == row.address.names.first }
      return [
        Step(rule: "its LLM provider", value: provider?.name ?? "none", source: catalog)
      ] + driverStep(provider?.providerType, request, platform)
    case .mcpServer:
      return [Step(rule: "is in the catalog", value: "yes", source: catalog)]
    case .agent:
      return agentSteps(name, request, catalog, platform)
    case .harness:
      let template = request.definition.harness(named: name)
      return [
        Step(
          rule: "is in the definition", value: template == nil ? "no" : "yes", source: platform)
      ]
        + (template?.parent.map { parent in
          let isThere = request.definition.harness(named: parent) != nil
          return [
            Step(
              rule: "its parent is in the definition",
              value: isThere ? "yes, '\(parent)'" : "no, '\(parent)'", source: platform)
          ]
        } ?? [])
    case .organizationSettings:
      guard let role = OrganizationSetting(rawValue: name)?.role else {
        return [
          Step(
            rule: "the default model", value: request.catalog.defaultModel?.modelID ?? "none",
            source: catalog)
        ]
      }
      return [
        Step(
          rule: "the harness with the role '\(role.rawValue)'",
          value: request.definition.harness(for: role)?.name ?? "none", source: platform)
      ]
    }
  }

  private static func driverStep(
    _ type: String?, _ request: SeedRequest, _ platform: String
  ) -> [Step] {
    guard let type else { return [] }
    return [
      Step(
        rule: "the driver '\(type)' is registered",
        value: request.definition.drivers.has(type) ? "yes" : "no", source: platform)
    ]
  }

  private static func agentSteps(
    _ name: String, _ request: SeedRequest, _ catalog: String, _ platform: String
  ) -> [Step] {
    guard let agent = request.catalog.agents.first(where: { $0.name == name }) else { return [] }
    return [
      Step(
        rule: "is for the grade dev only", value: agent.isDevOnly ? "yes" : "no", source: catalog),
      Step(rule: "the grade", value: request.grade.rawValue, source: "command or environment"),
    ]
      + agent.capabilities.map { capability in
        switch CapabilityReference(capability.ref) {
        case .mcpServer(let id):
          return Step(rule: "needs an MCP server", value: id, source: catalog)
        case .registered(let id):
          let missing = request.definition.capabilities.unregistered(in: [id])
          return Step(
            rule: "the capability '\(id)' is registered with what it needs",
            value: missing.isEmpty ? "yes" : "no, not \(missing.joinedInQuotes)", source: platform)
        }
      }
  }

  /// What the store has of the row.
  private static func storeSteps(
    of row: SeedPlanRow, _ store: SeedPlan.StoreState
  ) -> [Step] {
    let source = store.id == nil ? "a new store" : "store, serial \(store.serial)"
    let isThere =
      switch row.action {
      case .create: false
      case .skip: row.exists ?? false
      case .update, .unchanged, .keep, .release, .delete, .blocked: true
      }
    var steps = [Step(rule: "is in the store", value: isThere ? "yes" : "no", source: source)]
    if isThere, let id = row.id {
      steps.append(Step(rule: "its id", value: id, source: source))
    }
    steps += row.changes.map { change in
      Step(rule: "'\(change.field)' differs", value: change.before.canonicalJSON, source: source)
    }
    return steps
  }

  /// What the options and earlier runs say.
  private static func decisionSteps(of row: SeedPlanRow, _ request: SeedRequest) -> [Step] {
    let memory = "what seeding last applied"
    let options = "command"
    var steps: [Step] = []
    switch row.reason {
    case .definitionChanged:
      steps.append(
        Step(rule: "somebody edited the row", value: "no, it is as last applied", source: memory))
    case .keptLocalEdit(let fields), .overwritesLocalEdit(let fields):
      steps.append(
        Step(
          rule: "somebody edited the row", value: fields.joined(separator: ", "), source: memory))
    case .removedLocally:
      steps.append(Step(rule: "was seeded before", value: "yes", source: memory))
    case .ownHarnessAccepted, .nameOwnedByOrganization:
      steps.append(
        Step(
          rule: "the organization's own harness may stay",
          value: row.reason.code == .ownHarnessAccepted ? "yes" : "nobody has decided",
          source: "\(options) and earlier decisions"))
    case .pruned, .orphaned, .inUse:
      steps.append(
        Step(
          rule: "what becomes of orphans", value: request.options.prune?.rawValue ?? "they stay",
          source: options))
    case .missing, .matches, .keptOrganizationChoice, .archived, .authMode, .devOnly,
      .driverNotRegistered, .providerSkipped, .mcpServerMissing, .capabilityNotRegistered,
      .defaultModelSkipped, .noHarnessForRole:
      break
    }
    if request.options.overwrites {
      steps.append(Step(rule: "edits are overwritten", value: "yes", source: options))
    }
    return steps
  }

  /// The trace as people read it.
  func text(style: Style) -> String {
    let title = style.heading("\(row.address)  \(row.action.rawValue)")
    let width = steps.map { $0.rule.displayWidth }.max() ?? 0
    let lines = steps.map { step in
      "  \(step.rule.escapingControls().padded(to: width))  \(step.value.escapedForMessage)"
        + style.faint("  (\(step.source.escapingControls()))")
    }
    let notes = row.notes.map { "  \($0.code.rawValue): \($0.message.escapingControls())" }
    return
      ([title] + lines
      + ["  -> \(row.reason.code.rawValue): \(row.reason.message.escapingControls())"] + notes)
      .map { $0 + "\n" }.joined()
  }
}
