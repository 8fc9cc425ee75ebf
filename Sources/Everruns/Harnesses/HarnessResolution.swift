/// What a harness is needed for.
package enum HarnessPurpose: String, CaseIterable, Sendable {
  /// A session that is created.
  case session
  /// The default of an organization.
  case `default`
  /// The global chat.
  case chat

  /// The role whose harness is used unless something else names one.
  package var role: HarnessRole {
    switch self {
    case .session: .base
    case .default: .default
    case .chat: .chat
    }
  }
}

/// Which harness of an organization is used, and why.
///
/// It is the one that was asked for, or else the one that the organization's setting names, or else
/// the built-in one whose template has the role of the purpose. Only active harnesses are used. If the
/// one that was asked for cannot be used, no other one takes its place.
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

  /// What decided.
  package enum Source: String, Sendable {
    case explicit
    case organizationSettings = "organization_settings"
    case role
  }

  /// Why a harness is used, or why one that came before it is not.
  package enum Reason: Sendable, Equatable {
    case requested
    case setting(name: String)
    case role(HarnessRole)
    case notActive(name: String)
    case requestedIsMissing(name: String)
    case settingDangles(id: String)
    case noTemplate(HarnessRole)
    case notProvisioned(template: String)
  }

  /// The harness; `nil` if none can be used.
  package private(set) var harness: Harness?
  /// What decided; `nil` if no harness can be used.
  package private(set) var source: Source?
  /// Why this harness is used, then why those that come before it are not.
  package private(set) var reasons: [Reason] = []

  /// Chooses a harness.
  ///
  /// - Parameters:
  ///   - purpose: What the harness is needed for.
  ///   - requested: The name of the harness that was asked for, if one was.
  ///   - setting: The setting of the organization for this purpose; `nil` if there is none or it is
  ///     not set.
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
    guard let template = templates.first(where: { $0.has(purpose.role) })?.name else {
      reasons.append(.noTemplate(purpose.role))
      return
    }
    use(
      harnesses.first { $0.name == template && $0.isBuiltIn }, .role, because: .role(purpose.role),
      orElse: .notProvisioned(template: template))
  }

  /// Uses a harness if it exists and is active.
  private mutating func use(
    _ harness: Harness?, _ source: Source, because reason: Reason, orElse missing: Reason
  ) {
    guard let harness else {
      reasons.append(missing)
      return
    }
    guard harness.isActive else {
      reasons.append(.notActive(name: harness.name))
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
    case .requested: "it was asked for"
    case .setting(let name): "the setting '\(name)' names it"
    case .role(let role): "its template has the role '\(role.rawValue)'"
    case .notActive(let name): "'\(name)' is not active"
    case .requestedIsMissing(let name): "there is no harness '\(name)'"
    case .settingDangles(let id): "the setting names '\(id)', which is not there"
    case .noTemplate(let role): "no harness has the role '\(role.rawValue)'"
    case .notProvisioned(let template): "the built-in '\(template)' is not in the organization"
    }
  }
}
