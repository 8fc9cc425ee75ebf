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
    let address = SeedAddress(text)
    let explanation = try session.withFindings(narrowed(request, to: address)) { findings in
      try address.flatMap { try findings.explain($0).first }.map {
        SeedExplanation($0, request, findings.state)
      }
    }
    guard let explanation else {
      let known = try session.withPlan(request) { try $0.rows.collected() }
      throw ControlError.notFound(
        noun: "row", name: text, candidates: known.map(\.address.description),
        next: "'\(session.next("seed preview -v"))' shows all addresses")
    }
    let row = explanation.row
    try session.write(
      json: [
        "address": .string(text), "action": .string(row.action.rawValue),
        "reason": [
          "code": .string(row.reason.code.rawValue), "message": .string(row.reason.message),
        ],
        "trace": .array(explanation.steps.map(\.document)), "row": row.document,
      ],
      text: explanation.text(style: session.style))
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
