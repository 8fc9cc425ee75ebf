import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// The inputs of a seeding run, except the store.
struct SeedRequest {
  let platform: LoadedPlatform
  /// The definition, as recorded in a plan.
  let source: SeedPlan.Source
  private let loadedCatalog: LoadedCatalog
  /// The catalog, as recorded in a plan.
  let catalogSource: SeedPlan.Source
  let grade: Grade
  var options: SeedOptions
  /// How to compare and show, and what stops the run.
  var run: SeedRunOptions
  /// The source of the grade.
  let gradeSource: ValueSource
  /// Whether the platform was named explicitly.
  let isPlatformNamed: Bool
  /// The saved plan that the inputs come from.
  let saved: SavedPlan?

  /// Creates a request for a platform and a catalog.
  init(
    platform: LoadedPlatform, catalog: LoadedCatalog, grade: Grade, gradeSource: ValueSource,
    options: SeedOptions, run: SeedRunOptions, isPlatformNamed: Bool, saved: SavedPlan? = nil
  ) {
    self.platform = platform
    source = SeedPlan.Source(ref: platform.reference, fingerprint: platform.fingerprint)
    loadedCatalog = catalog
    catalogSource = catalog.source
    self.grade = grade
    self.gradeSource = gradeSource
    self.options = options
    self.run = run
    self.isPlatformNamed = isPlatformNamed
    self.saved = saved
  }

  var definition: PlatformDefinition { platform.definition }

  var catalog: SeedCatalog { loadedCatalog.catalog }

  /// The inputs that determine the desired state.
  var basis: SeedBasis {
    SeedBasis(platform: source.fingerprint, catalog: catalogSource.fingerprint, grade: grade) {
      SeedPlanner(definition: definition, catalog: catalog, grade: grade)
    }
  }

  /// The plan of some findings; `state` is the state of the store, if it differs from the compared
  /// one.
  func plan(_ findings: SeedFindings, state: SeedPlan.StoreState? = nil) -> SeedPlan {
    SeedPlan(
      header: SeedPlan.Header(
        platform: source, platformRevision: platform.revision,
        catalog: catalogSource,
        store: state ?? findings.state, grade: grade, options: options),
      rows: findings.rows, summary: findings.summary)
  }

  /// The rows of some findings to show.
  func shownRows(_ findings: SeedFindings) throws -> SeedPlanRows {
    guard !run.showsPlanAsItIs else { return findings.rows }
    return run.listing == .folded
      ? try findings.rows.filtered(by: run.filter)
      : try findings.list(run.listing, run.filter)
  }
}

extension Session {
  /// The options of the command line that affect decisions.
  func seedRequest(
    for platform: LoadedPlatform, scope: SeedOptions.Scope = .all
  ) throws -> SeedRequest {
    let catalog = try seedCatalog()
    let (adopted, acceptedOwn) = try both(
      { try addresses(SeedingOptions.adopt) }, { try addresses(SeedingOptions.acceptOwn) })
    try refuseContradictions(
      adopted, acceptedOwn, defaultOrganization: catalog.catalog.organization.publicID)
    return SeedRequest(
      platform: platform, catalog: catalog, grade: try grade(), gradeSource: gradeSource(),
      options: SeedOptions(
        scope: scope, organizations: try organizationIDs(catalog),
        prune: arguments[SeedingOptions.prune],
        overwrites: arguments[SeedingOptions.overwrite],
        adopted: adopted, acceptedOwn: acceptedOwn),
      run: seedRunOptions, isPlatformNamed: arguments.isGiven(GlobalOptions.platform))
  }

  /// The addresses of an option.
  private func addresses(_ option: Option<[String]>) throws -> [SeedAddress] {
    let texts = arguments[option]
    let unknown = texts.filter { SeedAddress($0) == nil }
    guard unknown.isEmpty else {
      throw ControlError.unknownAddresses(
        unknown, option: option.specification.typedName, next: nextPreview(isDeciding: false))
    }
    let addresses = texts.compactMap(SeedAddress.init)
    if let numbered = addresses.first(where: \.isNumbered) {
      throw usageError(
        "'\(option.specification.typedName)' does not accept \(numbered.description.quoted): "
          + "group numbers are valid in one plan only",
        hint: "name an organization's own address, or '\(numbered.withoutGroup)' for every "
          + "organization")
    }
    return addresses
  }

  private func refuseContradictions(
    _ adopted: [SeedAddress], _ accepted: [SeedAddress], defaultOrganization: String
  ) throws {
    // The default organization's rows have a short address, and may be addressed by its id.
    func row(_ address: SeedAddress) -> SeedAddress {
      address.scope == .organization(defaultOrganization)
        ? SeedAddress(address.kind, address.names) : address
    }
    let accepted = Set(accepted.map(row))
    guard let both = adopted.first(where: { accepted.contains(row($0)) }) else { return }
    throw usageError("\(both.description.quoted) is given to both '--adopt' and '--accept-own'")
  }

  /// The program's own catalog.
  var programCatalog: LoadedCatalog {
    LoadedCatalog(reference: LoadedCatalog.stock, program.ownCatalog)
  }

  /// The catalog of `--catalog`, else the program's own.
  func seedCatalog() throws -> LoadedCatalog {
    guard let path = arguments[SeedingOptions.catalog] else { return programCatalog }
    let node = try readDocument(path)
    do throws(DocumentRefusal) {
      return LoadedCatalog(reference: path, try SeedCatalog(reading: node))
    } catch {
      throw ControlError.document(source: path, error)
    }
  }

  /// The public ids of the organizations of `--org`; `nil` for all.
  ///
  /// The default organization of the catalog can be named before it exists.
  private func organizationIDs(_ catalog: LoadedCatalog) throws -> [String]? {
    let words = arguments[SeedingOptions.organizations]
    guard !words.isEmpty else { return nil }
    let defaultOrganization = catalog.catalog.organization
    return try organizations(words) { (word) throws(ControlError) in
      word == defaultOrganization.publicID ? word : try organization(word).publicID
    }
  }

  /// Compares the store and passes the plan to `body`.
  ///
  /// Preview, status and saving all use this.
  func withPlan<Value>(_ request: SeedRequest, _ body: (SeedPlan) throws -> Value) throws -> Value {
    try withFindings(request) { try body(request.plan($0)) }
  }

  /// Compares the store and passes the findings to `body`.
  func withFindings<Value>(
    _ request: SeedRequest, _ body: (SeedFindings) throws -> Value
  ) throws -> Value {
    let store = try storeForComparing()
    return try store.compare(request.basis, options: request.options, isFull: request.run.isFull) {
      findings in
      endProgress()
      try checkDecisions(request, store, findings.rows)
      return try body(findings)
    }
  }

  /// Checks the decisions of the options.
  func checkDecisions(
    _ request: SeedRequest, _ store: any Store, _ rows: SeedPlanRows
  ) throws {
    try noteOtherPlatform(request, try store.appliedPlatform())
    try noteServersOwnSeeding(rows, store)
    try noteMissingDefaultOrganization(request, rows)
    try refuseUnknownAddresses(request, rows, store)
  }

  /// Notes if another platform was applied before: its harnesses are then orphans.
  func noteOtherPlatform(_ request: SeedRequest, _ applied: SeedPlan.Source?) throws {
    let source = request.source
    guard let applied, applied.ref != source.ref, applied.fingerprint != source.fingerprint
    else { return }
    guard request.options.prune == nil || request.isPlatformNamed else {
      throw ControlError.platformNotNamed(applied: applied.ref)
    }
    note("the platform '\(applied.ref)' was applied last; this is '\(source.ref)'")
  }

  /// Notes that the default organization, whose harnesses are meant too, does not exist yet: only
  /// `seed apply` creates it.
  func noteMissingDefaultOrganization(_ request: SeedRequest, _ rows: SeedPlanRows) throws {
    guard try lacksDefaultOrganization(request, rows) else { return }
    let command = nextSeeding("seed apply")
    note("the default organization does not exist yet; create it: \(command)")
  }

  /// Whether rows that are limited to harnesses lack those of the default organization, which are
  /// meant too, because it does not exist yet.
  func lacksDefaultOrganization(_ request: SeedRequest, _ rows: SeedPlanRows) throws -> Bool {
    try request.options.scope == .harnesses
      && request.options.organizations?.contains(request.catalog.organization.publicID) ?? true
      && rows.filter { $0.address.scope == .defaultOrganization }.isEmpty
  }

  /// Notes that edits which a plan keeps are lost when the control plane starts: without our schema
  /// its database does not record what was last applied, and the control plane does not ask.
  private func noteServersOwnSeeding(_ rows: SeedPlanRows, _ store: any Store) throws {
    guard store.location.path == nil,
      try !rows.filter({ $0.notes.contains(.noMemory) }).isEmpty
    else { return }
    note("the control plane itself overwrites edited catalog rows when it starts")
  }

  /// Refuses decisions about harnesses that do not exist, so that a mistyped address is noticed.
  ///
  /// An adoption that was already carried out is valid, with a note: scripts may run twice.
  private func refuseUnknownAddresses(
    _ request: SeedRequest, _ rows: SeedPlanRows, _ store: any Store
  ) throws {
    let options = request.options
    guard !options.adopted.isEmpty || !options.acceptedOwn.isEmpty else { return }
    let requested = options.adopted + options.acceptedOwn
    let names = Set(requested.filter { $0.kind == .harness }.map(\.names))
    let rows = try rows.filter { $0.address.kind == .harness && names.contains($0.address.names) }
    var problems: [ControlError] = []
    for (addresses, option, isAdoption) in [
      (options.adopted, "--adopt", true), (options.acceptedOwn, "--accept-own", false),
    ] {
      let targets = try addresses.map { address in
        (address: address.description, target: try target(of: address, request, rows, store))
      }
      func those(_ target: DecisionTarget) -> [String] {
        targets.filter { $0.target == target }.map(\.address)
      }
      let foreign = those(.noTemplate) + (isAdoption ? [] : those(.orphan))
      if !foreign.isEmpty {
        problems.append(
          .notInDefinition(
            addresses: foreign, option: option,
            templates: request.definition.builtInHarnesses.map(\.name)))
      }
      let unknown = targets.filter {
        $0.target != .own && !(isAdoption && $0.target.isBuiltIn) && !foreign.contains($0.address)
      }
      if !unknown.isEmpty {
        problems.append(
          .unknownAddresses(
            unknown.map(\.address), option: option,
            next: nextPreview(of: request, isDeciding: false)))
      }
      guard problems.isEmpty else { continue }
      for address in those(.builtIn) {
        note("'\(option)': the harness at \(address.quoted) is already the built-in one")
      }
      for address in those(.orphan) {
        note(
          "'\(option)': the harness at \(address.quoted) is no longer in the definition, "
            + "so none is adopted")
      }
    }
    guard problems.isEmpty else { throw ControlError(several: problems) }
  }

  /// What a decision is about.
  private enum DecisionTarget {
    case nothing
    /// No template has the name, so that nothing can take its place.
    case noTemplate
    case own
    case builtIn
    /// A built-in harness that the definition no longer has, or that has another name since.
    case orphan

    var isBuiltIn: Bool { self == .builtIn || self == .orphan }
  }

  private func target(
    of address: SeedAddress, _ request: SeedRequest, _ rows: [SeedPlanRow], _ store: any Store
  ) throws -> DecisionTarget {
    guard address.kind == .harness, let name = address.names.first else { return .nothing }
    let rows = rows.filter { $0.address.names == address.names }
    let hasTemplate = request.definition.harness(named: name) != nil
    let wasRenamed = request.definition.builtInHarnesses.contains {
      $0.previousNames.contains { $0.hasSameBytes(as: name) }
    }
    let absent: DecisionTarget = hasTemplate ? .nothing : wasRenamed ? .orphan : .noTemplate
    let publicID: String
    switch address.scope {
    // Group numbers are refused earlier.
    case .folded, .group:
      guard hasTemplate else { return rows.isEmpty ? absent : .orphan }
      if rows.contains(where: \.isOfOwnHarness) { return .own }
      return rows.contains { $0.action != .create } ? .builtIn : .nothing
    case .defaultOrganization: publicID = request.catalog.organization.publicID
    case .organization(let id): publicID = id
    }
    var harness: JSONObject?
    if request.options.organizations?.contains(publicID) ?? true,
      let organization = try store.organizations(named: publicID).first(where: {
        $0.publicID == publicID
      })
    {
      harness = try store.records(.harness, organization: organization.orgID).first {
        $0["name"] == .string(name)
      }
    }
    switch harness?.isBuiltInHarness {
    case true?: return hasTemplate ? .builtIn : .orphan
    case false?: return hasTemplate ? .own : .noTemplate
    case nil: return absent
    }
  }
}

extension SeedPlanRow {
  /// Whether there is an organization-owned harness with the name of a template, which the plan may
  /// adopt.
  var isOfOwnHarness: Bool {
    reason.code == .nameOwnedByOrganization || reason.code == .ownHarnessAccepted
      || changes.contains { $0.field == HarnessField.isBuiltIn.rawValue }
  }
}
