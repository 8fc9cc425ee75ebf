import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Hummingbird
import Messages

/// `/v1/orgs`.
enum OrganizationRoutes: ModuleRoutes {
  static let module = ServerModule.organizations

  static func add(to routes: Routes, using services: ServerServices) {
    routes.get(
      "/v1/orgs",
      .operation(
        "List the organizations", id: "organizations.list",
        returns: .list(Self.shape))
    ) { _, context in
      let own = context.principal.organization
      return JSONValue.list(
        try await services.administration.use { store in
          try store.organizations(named: own).filter { own == nil || $0.publicID == own }
            .map(\.document)
        })
    }
    routes.get(
      "/v1/orgs/{org}",
      .operation(
        "Show an organization", id: "organizations.show",
        details: "The organization is named by its public id, or by its name if that is unique.",
        returns: .json(Self.shape))
    ) { _, context in
      let word = try context.pathParameter("org")
      let own = context.principal.organization
      return try await services.administration.use { store in
        try store.organization(word, visibleTo: own).document
      }
    }
    addChanges(to: routes, using: services)
  }

  private static func addChanges(to routes: Routes, using services: ServerServices) {
    routes.post(
      "/v1/orgs",
      .operation(
        "Create an organization", id: "organizations.create",
        details: "It gets its built-in harnesses and settings at once.",
        body: NewOrganization.coding, returns: .json(Self.shape), status: .created)
    ) { draft, request, context in
      try context.checkActsForAllOrganizations()
      try Self.check(name: draft.name)
      let author = services.author(of: request, context)
      let now = services.now
      return try await services.administration.use { store in
        let publicID =
          try draft.publicID(defaultOrganization: services.platform.catalog.organization)
          ?? Organization.newPublicID(UUIDGenerator(now: now))
        _ = try store.createOrganization(
          name: draft.name, publicID: publicID, basis: services.platform.basis,
          change: author.change)
        return try store.organization(publicID, visibleTo: nil).document
      }
    }
    routes.patch(
      "/v1/orgs/{org}",
      .operation(
        "Rename an organization, or choose its harnesses and default model",
        id: "organizations.update",
        details: "Harnesses and models are named by name or by id; null unsets a setting.",
        body: OrganizationChanges.coding, returns: .json(Self.shape))
    ) { changes, request, context in
      try Self.check(name: changes.name)
      let word = try context.pathParameter("org")
      let own = context.principal.organization
      let author = services.author(of: request, context)
      return try await services.administration.use { store in
        let organization = try store.organization(word, visibleTo: own)
        let name = changes.name.flatMap { $0 == organization.name ? nil : $0 }
        let settings = try changes.settings(of: organization, in: store)
        if name != nil || !settings.isEmpty {
          try store.update(organization, name: name, settings: settings, change: author.change)
        }
        return try store.organization(organization.publicID, visibleTo: own).document
      }
    }
  }

  /// Refuses a name that no organization can have.
  private static func check(name: String?) throws {
    guard let name, let problem = Organization.problem(ofName: name) else { return }
    throw APIError.wrongValue(RequestProblem.invalidName(reason: problem), at: "name")
  }

  private static let shape = DocumentSchema.object(
    "organization",
    [
      ("org_id", .integer), ("public_id", .text), ("name", .text),
      (
        "settings",
        .object(
          "settings",
          OrganizationSetting.allCases.map { setting in
            (
              setting.documentKey,
              .nullable(.object("record", [("id", .text), ("name", .nullable(.text))]))
            )
          })
      ),
    ])
}

extension Store {
  /// The organization with a public id or a unique name; `own` is the only visible one, or `nil`
  /// for all.
  fileprivate func organization(_ word: String, visibleTo own: String?) throws -> Organization {
    guard let own else { return try organization(word, failingAs: APIProgramError.self) }
    guard let organization = try organizations(named: own).first(where: { $0.publicID == own }),
      word == organization.publicID || word == organization.name
    else { throw APIError.notFound("organization", word) }
    return organization
  }
}

/// An organization to be created.
struct NewOrganization: Sendable {
  var name = ""
  var publicID: String?

  static let coding = ObjectCoding<NewOrganization>(
    noun: "organization", blank: NewOrganization(),
    fields: [
      .required("name", \.name, .text, "The display name"),
      .defaulted(
        "public_id", \.publicID, .orNull(.identifier(.organization)),
        "The public id; a new one if it is left out"),
    ])

  /// The requested public id.
  ///
  /// - Throws: ``APIError`` for that of the default organization, which seeding creates.
  func publicID(defaultOrganization: SeedOrganization) throws -> String? {
    guard publicID != defaultOrganization.publicID else {
      throw APIError(
        .conflict, code: ErrorCode.conflict.rawValue,
        message: "\(defaultOrganization.publicID.quoted) is the default organization",
        hint: APIError.seedingHint)
    }
    return publicID
  }
}

/// Changes of an organization.
struct OrganizationChanges: Sendable {
  var name: String?
  var defaultHarness: Choice?
  var baseHarness: Choice?
  var defaultModel: Choice?

  /// The new value of a setting.
  enum Choice: Sendable, Hashable {
    /// Nothing.
    case nothing
    /// What has this name or id.
    case named(String)
  }

  static let coding = ObjectCoding<OrganizationChanges>(
    noun: "organization", blank: OrganizationChanges(),
    fields: [
      .optional("name", \.name, .text, "The display name"),
      .optional("default_harness", \.defaultHarness, .choice, "The default harness"),
      .optional("base_harness", \.baseHarness, .choice, "The harness of sessions that name none"),
      .optional("default_model", \.defaultModel, .choice, "The default model"),
    ])

  /// The new ids of the changed settings.
  func settings(
    of organization: Organization, in store: any Store
  ) throws -> [OrganizationSetting: String?] {
    let choices: [OrganizationSetting: Choice?] = [
      .defaultHarness: defaultHarness, .baseHarness: baseHarness, .defaultModel: defaultModel,
    ]
    var settings: [OrganizationSetting: String?] = [:]
    for (setting, choice) in choices {
      let before = organization.settings[setting]?.id
      switch choice {
      case nil: continue
      case .nothing: if before != nil { settings.updateValue(nil, forKey: setting) }
      case .named(let word):
        let id = try store.recordID(
          word, for: setting, of: organization, failingAs: APIProgramError.self)
        if before != id { settings.updateValue(id, forKey: setting) }
      }
    }
    return settings
  }
}

extension ValueCoding where Value == OrganizationChanges.Choice {
  /// A name or an id, or null for none.
  fileprivate static var choice: Self {
    let coding = ValueCoding<String?>.orNull(.text)
    return Self(
      schema: coding.schema,
      decode: { node, path, decoding in
        coding.decode(node, path, &decoding).map { $0.map(Value.named) ?? .nothing }
      },
      encode: { choice in
        switch choice {
        case .nothing: .null
        case .named(let name): .string(name)
        }
      })
  }
}
