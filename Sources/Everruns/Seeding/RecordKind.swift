/// The kinds of rows that seeding looks after, in the order in which it does.
public enum RecordKind: String, CaseIterable, Sendable {
  case organization
  case user
  case llmProvider = "llm_provider"
  case llmModel = "llm_model"
  case organizationSettings = "organization_settings"
  case mcpServer = "mcp_server"
  case harness
  case agent

  /// What one such row is called in sentences.
  public var noun: String {
    switch self {
    case .organization: "organization"
    case .user: "user"
    case .llmProvider: "LLM provider"
    case .llmModel: "LLM model"
    case .organizationSettings: "setting"
    case .mcpServer: "MCP server"
    case .harness: "harness"
    case .agent: "agent"
    }
  }
}

/// The settings of an organization that seeding looks after; each is a row of its own in a plan.
public enum OrganizationSetting: String, CaseIterable, Sendable {
  case defaultModel = "default-model"
  case defaultHarness = "default-harness"
  case baseHarness = "base-harness"

  /// The column that holds the setting.
  public var column: String {
    switch self {
    case .defaultModel: "default_model_id"
    case .defaultHarness: "default_harness_id"
    case .baseHarness: "base_harness_id"
    }
  }

  /// The role whose harness the setting takes, for those that take one.
  public var role: HarnessRole? {
    switch self {
    case .defaultModel: nil
    case .defaultHarness: .default
    case .baseHarness: .base
    }
  }

  /// The settings that take the harness of a role.
  public static let ofHarnesses: [OrganizationSetting] = allCases.filter { $0.role != nil }
}

/// What names a row in a plan, so that people and programs can point to it.
public struct SeedAddress: Sendable, Hashable, CustomStringConvertible {
  /// Whose rows an address speaks of.
  public enum Scope: Sendable, Hashable {
    /// The default organization's.
    case defaultOrganization
    /// Another organization's, by its public id.
    case organization(String)
    /// Equal rows of two or more other organizations.
    case folded
  }

  /// Whose row it is.
  public let scope: Scope
  /// The row's kind.
  public let kind: RecordKind
  /// The names that lead to the row: one, or provider and model.
  public let names: [String]

  /// An address from its parts.
  public init(_ kind: RecordKind, _ names: [String], in scope: Scope = .defaultOrganization) {
    self.scope = scope
    self.kind = kind
    self.names = names
  }

  /// The address as it is written: `agent/daytona-coder`, `org_.../harness/base`,
  /// `*/harness/base`.
  public var description: String {
    let prefix =
      switch scope {
      case .defaultOrganization: ""
      case .organization(let publicID): publicID.percentEncoded + "/"
      case .folded: "*/"
      }
    return prefix + ([kind.rawValue] + names.map(\.percentEncoded)).joined(separator: "/")
  }
}

extension String {
  /// The text with everything percent-encoded but the unreserved characters of RFC 3986,
  /// section 2.3, and the at sign, which no shell and no address treats specially.
  fileprivate var percentEncoded: String {
    let digits = Array("0123456789ABCDEF".utf8)
    return String(
      decoding: utf8.flatMap { byte -> [UInt8] in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "@"):
          [byte]
        default:
          [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
      }, as: UTF8.self)
  }
}
