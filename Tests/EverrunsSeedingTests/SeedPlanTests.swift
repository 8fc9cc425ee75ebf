import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Testing

@Suite struct SeedPlanTests {
  private static let create = SeedPlanRow(
    address: SeedAddress(.harness, ["base"]), name: "base", id: nil, organization: "org_1",
    organizationName: "Home", reason: .missing(becomes: nil), notes: [.parentUnknown("x")])
  private static let update = SeedPlanRow(
    address: SeedAddress(.harness, ["base"], in: .folded), name: "base", id: nil,
    organization: nil, organizations: 3,
    examples: [NamedOrganization(publicID: "org_2", name: "Acme")],
    reason: .overwritesLocalEdit(fields: ["tags"]),
    changes: [FieldChange(field: "tags", before: ["a"], after: [])])
  private static let skip = SeedPlanRow(
    address: SeedAddress(.agent, ["helper"]), name: "helper", id: "4", organization: "org_1",
    reason: .devOnly(.prod), exists: false)

  // MARK: The document

  @Test func `the document has its keys in the order of the contract`() throws {
    let plan = try plan([Self.create, Self.update, Self.skip])
    #expect(
      try plan.document() == [
        "format": "everruns.seed-plan/v1",
        "platform": [
          "ref": "acme@3", "revision": 3,
          "fingerprint": .string(PlatformDefinition.empty.fingerprint.description),
        ],
        "store": ["id": "store-1", "serial": 17],
        "grade": "prod",
        "catalog": [
          "ref": "stock",
          "fingerprint": .string(SeedCatalog.stock.fingerprint.description),
        ],
        "options": [
          "scope": "all", "org": nil, "prune": nil, "overwrite": false, "adopt": [],
          "accept_own": [],
        ],
        "rules": 4,
        "rows": [
          [
            "address": "harness/base", "kind": "harness", "name": "base", "id": nil,
            "org": "org_1", "org_name": "Home", "action": "create",
            "reason": ["code": "missing", "message": "not in the store"],
            "notes": [
              [
                "code": "parent_unknown",
                "message": "without a parent: 'x' is not in the definition",
              ]
            ],
          ],
          [
            "address": "*/harness/base", "kind": "harness", "name": "base", "id": nil,
            "org": nil, "orgs": 3, "examples": [["public_id": "org_2", "name": "Acme"]],
            "action": "update",
            "reason": [
              "code": "overwrites_local_edit", "message": "'tags' was edited; the definition wins",
            ],
            "notes": [],
            "changes": [["field": "tags", "before": ["a"], "after": []]],
          ],
          [
            "address": "agent/helper", "kind": "agent", "name": "helper", "id": "4",
            "org": "org_1", "action": "skip",
            "reason": [
              "code": "dev_only",
              "message": "only for grade 'dev'; the grade is 'prod'",
            ],
            "notes": [],
            "exists": false,
          ],
        ],
        "summary": [
          "create": 1, "update": 3, "unchanged": 0, "skip": 1, "keep": 0, "release": 0,
          "delete": 0, "blocked": 0,
        ],
        "by_kind": ["harness": ["create": 1, "update": 3], "agent": ["skip": 1]],
        "by_reason": ["missing": 1, "overwrites_local_edit": 3, "dev_only": 1],
        "overwrites": 3,
        "token": .string(try plan.token().description),
      ])
  }

  @Test func `a missing store has no id and serial 0`() throws {
    guard case .object(let document) = try plan([], store: .new).document() else { return }
    #expect(document["store"] == ["id": nil, "serial": 0])
  }

  @Test func `a preset has no revision`() throws {
    guard case .object(let document) = try plan([], revision: nil).document(),
      case .object(let platform)? = document["platform"]
    else {
      Issue.record("no platform")
      return
    }
    #expect(platform["revision"] == .null)
  }

  @Test(arguments: [[], [create], [create, update, skip]])
  func `a document written row by row is the same as one written at once`(rows: [SeedPlanRow])
    throws
  {
    let plan = try plan(rows)
    let document = try plan.document()
    guard case .object(let object) = document else {
      Issue.record("no object")
      return
    }
    func text(_ notation: DocumentNotation, with more: JSONObject = [:]) throws -> String {
      var bytes: [UInt8] = []
      try plan.write(as: notation, with: more) { bytes += $0 }
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(try text(.json(.pretty)) == document.prettyJSON)
    #expect(try text(.json(.canonical)) == document.canonicalJSON)
    #expect(try text(.yaml) == YAMLWriter.write(document))
    let more: JSONObject = ["applied": true, "list": ["a"]]
    let whole = JSONValue.object(JSONObject(object.members + more.members))
    #expect(try text(.json(.pretty), with: more) == whole.prettyJSON)
    #expect(try text(.yaml, with: more) == YAMLWriter.write(whole))
    #expect(
      try Fingerprint { try plan.write(as: .json(.canonical), to: $0) } == Fingerprint(of: document)
    )
  }

  @Test func `a folded row counts for each of its organizations`() throws {
    let summary = try plan([Self.create, Self.update, Self.update, Self.skip]).summary
    #expect(summary.total == 8)
    #expect(summary.words == "6 update (6 overwrite local edits), 1 create, 1 skip")
    #expect(
      summary.document == [
        "create": 1, "update": 6, "unchanged": 0, "skip": 1, "keep": 0, "release": 0, "delete": 0,
        "blocked": 0,
      ])
  }

  @Test func `creating, changing and blocked rows are differences, kept and skipped ones are not`()
    throws
  {
    #expect(
      SeedAction.allCases.filter(\.isDifference) == [.create, .update, .release, .delete, .blocked])
    #expect(try plan([Self.skip, Self.update]).hasDifferences)
    #expect(try !plan([Self.skip]).hasDifferences)
    #expect(try !plan([]).hasDifferences)
  }

  // MARK: The token

  @Test func `equal plans have equal tokens`() throws {
    #expect(try plan([Self.create, Self.skip]).token() == plan([Self.create, Self.skip]).token())
  }

  @Test func `the id of a row to be created is not part of the token`() throws {
    #expect(try plan([Self.create(id: nil)]).token() == plan([Self.create(id: "fresh")]).token())
  }

  @Test func `the token covers the organizations, not their names`()
    throws
  {
    func update(_ publicID: String, _ name: String) -> SeedPlanRow {
      SeedPlanRow(
        address: Self.update.address, name: "base", id: nil, organization: nil, organizations: 2,
        examples: [NamedOrganization(publicID: publicID, name: name)], reason: Self.update.reason,
        changes: Self.update.changes)
    }
    let token = try plan([update("org_2", "Acme")]).token()
    #expect(try plan([update("org_2", "Renamed")]).token() == token)
    #expect(try plan([update("org_3", "Acme")]).token() != token)
    let before = update("org_2", "Acme").document
    #expect(
      try SavedPlan.difference(from: [before], to: SeedPlanRows([update("org_2", "New")])) == .none)
    #expect(
      try SavedPlan.difference(from: [before], to: SeedPlanRows([update("org_3", "Acme")]))
        == .rows(["*/harness/base"]))
  }

  @Test func `a token matches the inputs that it was made of, whatever the rows are`() throws {
    let plan = try plan([Self.create])
    let token = try plan.token()
    func isOf(_ plan: SeedPlan) -> [Bool] {
      [token.hasInputs(of: plan.header), token.hasOrganizations(of: plan.header)]
    }
    #expect(isOf(plan) == [true, true])
    #expect(try isOf(self.plan([Self.skip])) == [true, true])
    #expect(try isOf(self.plan([Self.create], grade: .dev)) == [false, true])
    #expect(try isOf(self.plan([Self.create], definition: .oss())) == [false, true])
    #expect(try isOf(self.plan([Self.create], catalog: Sample.catalog)) == [false, true])
    var limited = plan.header
    limited.options.organizations = ["org_2"]
    #expect(token.hasInputs(of: limited) && !token.hasOrganizations(of: limited))
    #expect(PlanToken(token.description) == token)
    #expect(PlanToken(token.description + "0") == nil)
  }

  @Test func `neither order nor repetition of organizations and addresses changes the token`()
    throws
  {
    func token(_ organizations: [String], _ names: [String]) throws -> PlanToken {
      var header = try plan([Self.create]).header
      header.options.organizations = organizations
      header.options.adopted = names.map { SeedAddress(.harness, [$0]) }
      return try SeedPlan(header: header, rows: SeedPlanRows([Self.create])).token()
    }
    #expect(try token(["b", "a", "b"], ["y", "x"]) == token(["a", "b"], ["x", "y", "x"]))
    #expect(try token(["a"], ["x"]) != token(["a", "b"], ["x"]))
  }

  @Test func `selected rows are written with the totals of the whole plan`() throws {
    let plan = try plan([Self.create, Self.update, Self.skip])
    let filter = SeedRowFilter(actions: [.update])
    let shown = try plan.rows.filtered(by: filter)
    var bytes: [UInt8] = []
    try plan.write(as: .json(.canonical), showing: shown) { bytes += $0 }
    guard case .object(var whole) = try plan.document() else { return }
    whole["rows"] = [Self.update.document]
    #expect(String(decoding: bytes, as: UTF8.self) == JSONValue.object(whole).canonicalJSON)
    bytes = []
    try plan.writeLines(showing: shown) { bytes += $0 }
    whole["rows"] = nil
    #expect(
      String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init) == [
        JSONValue.object(["row": Self.update.document]).canonicalJSON,
        JSONValue.object(["plan": .object(whole)]).canonicalJSON,
      ])
  }

  @Test func `the token does not cover the store's serial or the names of platform and catalog`()
    throws
  {
    let token = try plan([Self.create]).token()
    #expect(try plan([Self.create], store: .new).token() == token)
    #expect(try plan([Self.create], ref: "./acme.json", revision: nil).token() == token)
    #expect(try plan([Self.create], catalogRef: "./stock.json").token() == token)
  }

  @Test func `the token covers everything else`() throws {
    var otherID = Self.skip
    otherID = SeedPlanRow(
      address: otherID.address, name: otherID.name, id: "5", organization: "org_1",
      reason: otherID.reason, exists: false)
    let plans = try [
      plan([Self.create, Self.skip]),
      plan([Self.skip, Self.create]),
      plan([Self.create]),
      plan([Self.create, otherID]),
      plan([Self.create, Self.skip], grade: .dev),
      plan([Self.create, Self.skip], definition: .oss()),
      plan([Self.create, Self.skip], catalog: Sample.catalog),
    ]
    #expect(Set(try plans.map { try $0.token() }).count == plans.count)
  }

  private static func create(id: String?) -> SeedPlanRow {
    SeedPlanRow(
      address: create.address, name: create.name, id: id, organization: create.organization,
      reason: create.reason, notes: create.notes)
  }

  private func plan(
    _ rows: [SeedPlanRow], ref: String = "acme@3", revision: Int? = 3,
    definition: PlatformDefinition = .empty, catalogRef: String = "stock",
    catalog: SeedCatalog = .stock, grade: Grade = .prod,
    store: SeedPlan.StoreState = SeedPlan.StoreState(id: "store-1", serial: 17)
  ) throws -> SeedPlan {
    try SeedPlan(
      header: SeedPlan.Header(
        platform: SeedPlan.Source(ref: ref, fingerprint: definition.fingerprint),
        platformRevision: revision,
        catalog: SeedPlan.Source(ref: catalogRef, fingerprint: catalog.fingerprint),
        store: store, grade: grade),
      rows: SeedPlanRows(rows))
  }
}
