import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `seed why`.
enum SeedWhy {
  private static let address = Argument.required(
    "ADDRESS", .dynamic("address"), summary: "The address of a row, as shown in plans")

  static let command = Command<ControlAction>(
    "why", summary: "Explain the decision about one row",
    discussion: """
      Shows each rule in order, with the value it saw and the origin of that value, and the reason \
      at the end. '*/KIND/NAME' explains the rows of all organizations but the default one, \
      identical ones together; '*/KIND/NAME~2' only the second group of identical rows. For \
      '*/KIND/NAME', JSON is an array; for any other address, an object. -v shows changed values in \
      full, and names all organizations.
      """,
    arguments: [address], options: SeedingOptions.comparing,
    examples: [
      Example("Explain why an agent is skipped", "everrunsctl seed why agent/python-coder"),
      Example(
        "Explain a harness in all organizations but the default one",
        "everrunsctl seed why '*/harness/generic'"),
    ], exitCodes: [.failure, .badInput, .noInput]
  ) { session in
    let request = try session.seedRequest(for: try session.platform())
    let text = session.arguments[address]
    let address = SeedAddress(text)
    if let address, request.options.organizations == nil {
      try checkOrganization(of: address, text, in: request, session)
    }
    let explanations = try session.withFindings(narrowed(request, to: address)) { findings in
      try address.map {
        try findings.explain($0, session.isVerboseText ? .foldedNamingAll : .folded)
      }.map {
        $0.map { SeedExplanation($0, request, findings.state) }
      } ?? []
    }
    guard !explanations.isEmpty else {
      let known = try session.withPlan(request) { try $0.rows.collected() }
      throw ControlError.notFound(
        noun: "row", name: text, candidates: candidates(for: text, among: known),
        next: "list all addresses: \(session.nextPreview()) -v")
    }
    try session.write(
      json: address?.scope == .folded
        ? .array(explanations.map(\.document)) : .named(explanations.map(\.document)),
      text: explanations.map {
        $0.text(
          style: session.style, isVerbose: session.isVerbose, width: session.context.output.width)
      }.joined(separator: "\n"))
    return .success
  }
}

extension SeedWhy {
  /// Throws unless an address names no organization, or another one than the default one by its
  /// id; if it does so in another way, the error names the right address.
  private static func checkOrganization(
    of address: SeedAddress, _ text: String, in request: SeedRequest, _ session: Session
  ) throws {
    guard case .organization(let word) = address.scope else { return }
    let defaultOrganization = request.catalog.organization.publicID
    let publicID =
      word == defaultOrganization ? defaultOrganization : try session.organization(word).publicID
    guard publicID == defaultOrganization || publicID != word else { return }
    let meant = SeedAddress(
      address.kind, address.names,
      in: publicID == defaultOrganization ? .defaultOrganization : .organization(publicID))
    throw ControlError.notFound(
      noun: "row", name: text, candidates: [], next: "did you mean \(meant.description.quoted)?")
  }

  /// A request that is limited to the organization of the row: its decision depends on no other
  /// organization, unless harnesses are deleted that others may use; decisions may be about others.
  private static func narrowed(_ request: SeedRequest, to address: SeedAddress?) -> SeedRequest {
    var narrowed = request
    guard request.options.organizations == nil, request.options.prune == nil,
      request.options.adopted.isEmpty, request.options.acceptedOwn.isEmpty
    else { return request }
    switch address?.scope {
    case .folded, .group, nil: return request
    case .defaultOrganization:
      narrowed.options.organizations = [request.catalog.organization.publicID]
    case .organization(let publicID): narrowed.options.organizations = [publicID]
    }
    return narrowed
  }

  /// The addresses that a mistyped one may mean: of the same kind, organization and provider if
  /// there are any.
  private static func candidates(for text: String, among rows: [SeedPlanRow]) -> [String] {
    // One address stands for all organizations but the default one.
    let addresses = rows.flatMap { row in
      row.address.scope == .defaultOrganization
        ? [row.address]
        : [row.address, SeedAddress(row.address.kind, row.address.names, in: .folded)]
    }
    let head = text.split(at: "/").dropLast().map { $0 + "/" }.joined()
    var siblings = addresses.map(\.description).filter { !head.isEmpty && $0.hasPrefix(head) }
    if siblings.isEmpty, let typed = SeedAddress(text), typed.scope == .folded {
      // No organization but the default one has rows of this kind.
      siblings = addresses.filter { $0.kind == typed.kind }.map(\.description)
    }
    guard !siblings.isEmpty else { return addresses.map(\.description) }
    let names = siblings.map { $0.split(at: "/").last ?? $0 }
    let name = Spelling.closest(to: text.split(at: "/").last ?? text, among: names)
    return name.flatMap { names.firstIndex(of: $0) }.map { [siblings[$0]] } ?? []
  }
}
