/// The purpose of a harness.
package enum HarnessPurpose: String, CaseIterable, Sendable {
  /// A new session.
  case session
  /// The organization's default.
  case `default`
  /// The global chat.
  case chat

  /// The role whose harness is used by default.
  package var role: HarnessRole {
    switch self {
    case .session: .base
    case .default: .default
    case .chat: .chat
    }
  }
}

/// The harness of an organization that is used for a purpose, and why.
///
/// It is the requested one, else the one that the organization's setting names, else the built-in
/// one whose template has the role of the purpose. Until seeding has renamed it, that one may have a
/// previous name of the template. Only active harnesses are used. A requested harness that cannot be
/// used is not replaced by another.
package struct HarnessResolution: Sendable, Equatable {
  /// A harness of the organization.
  package struct Harness: Sendable, Equatable {
    package let id: String
    package let name: String
    package let isBuiltIn: Bool
    package let isActive: Bool

    package init(id: String, name: String, isBuiltIn: Bool, isActive: Bool) {
      self.id = id
      self.name = name
      self.isBuiltIn = isBuiltIn
      self.isActive = isActive
    }
  }

  /// A setting of the organization that names a harness.
  package struct Setting: Sendable, Equatable {
    /// The name of the setting.
    package let name: String
    /// The id of the harness.
    package let harnessID: String

    package init(name: String, harnessID: String) {
      self.name = name
      self.harnessID = harnessID
    }
  }

  /// The source of the decision.
  package enum Source: String, Sendable {
    case explicit
    case organizationSettings = "organization_settings"
    case role
  }

  /// Why a harness is used, or why a preceding one is not.
  package enum Reason: Sendable, Equatable {
    case requested
    case setting(name: String)
    /// - Parameter newName: The name of its template, if the harness has a previous one.
    case role(HarnessRole, newName: String? = nil)
    /// - Parameter newName: The name of its template, if the harness has a previous one.
    case notActive(name: String, newName: String? = nil)
    case requestedIsMissing(name: String)
    case settingDangles(id: String)
    case noTemplate(HarnessRole)
    case notProvisioned(template: String)
  }

  /// The harness; `nil` if none can be used.
  package private(set) var harness: Harness?
  /// The source of the decision; `nil` if no harness can be used.
  package private(set) var source: Source?
  /// Why this harness is used, then why the preceding ones are not.
  package private(set) var reasons: [Reason] = []

  /// Chooses a harness.
  ///
  /// - Parameters:
  ///   - purpose: The purpose of the harness.
  ///   - requested: The name of the requested harness, if any.
  ///   - setting: The organization's setting for this purpose; `nil` if there is none or it is
  ///     unset.
  ///   - harnesses: All harnesses of the organization.
  ///   - templates: The harness templates of the platform.
  package init(
    for purpose: HarnessPurpose, requested: String?, setting: Setting?, among harnesses: [Harness],
    templates: [BuiltInHarness]
  ) {
    if let requested {
      use(
        harnesses.first { $0.name == requested }, .explicit, because: .requested,
        orElse: .requestedIsMissing(name: requested))
      return
    }
    if let setting {
      use(
        harnesses.first { $0.id == setting.harnessID }, .organizationSettings,
        because: .setting(name: setting.name), orElse: .settingDangles(id: setting.harnessID))
    }
    guard harness == nil else { return }
    guard let index = templates.firstIndex(where: { $0.has(purpose.role) }) else {
      reasons.append(.noTemplate(purpose.role))
      return
    }
    let name = templates[index].name
    let provisioned = Self.harness(
      named: name, formerly: templates.claimedPreviousNames[index], among: harnesses)
    let newName = provisioned?.name == name ? nil : name
    use(
      provisioned, .role, newName: newName, because: .role(purpose.role, newName: newName),
      orElse: .notProvisioned(template: name))
  }

  /// The built-in harness of a template: the one of its name or, if nothing has that name, the one
  /// of the first previous name.
  private static func harness(
    named name: String, formerly previousNames: [String], among harnesses: [Harness]
  ) -> Harness? {
    let names = harnesses.contains { $0.name == name } ? [name] : previousNames
    return names.lazy.compactMap { name in
      harnesses.first { $0.name == name && $0.isBuiltIn }
    }.first
  }

  /// Uses a harness if it exists and is active.
  private mutating func use(
    _ harness: Harness?, _ source: Source, newName: String? = nil, because reason: Reason,
    orElse missing: Reason
  ) {
    guard let harness else {
      reasons.append(missing)
      return
    }
    guard harness.isActive else {
      reasons.append(.notActive(name: harness.name, newName: newName))
      return
    }
    self.harness = harness
    self.source = source
    reasons.insert(reason, at: 0)
  }
}

extension HarnessResolution.Reason {
  /// The reason as part of a sentence.
  package var message: String {
    switch self {
    case .requested: "requested"
    case .setting(let name): "the setting '\(name)' names it"
    case .role(let role, let newName):
      "its template\(newName.map { ", now named '\($0)'," } ?? "") has the role '\(role.rawValue)'"
    case .notActive(let name, let newName):
      "'\(name)'\(newName.map { ", whose template is now named '\($0)'," } ?? "") is not active"
    case .requestedIsMissing(let name): "no harness named '\(name)'"
    case .settingDangles(let id):
      "the setting refers to '\(id)', which its organization does not have"
    case .noTemplate(let role): "no harness has the role '\(role.rawValue)'"
    case .notProvisioned(let template): "the built-in '\(template)' is not in the organization"
    }
  }
}
