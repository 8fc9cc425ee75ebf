import EverrunsDocuments
import Messages

/// The token of a plan: sixteen hexadecimal digits that identify the reviewed plan.
///
/// The first half depends only on the inputs, so that a plan of other inputs can be told from a plan
/// that changed because the store did. Its last digits depend on the organizations that the run is
/// limited to: there are too many to try.
package struct PlanToken: Sendable, Hashable, CustomStringConvertible {
  /// The digits.
  package let description: String

  private static let digits = 16
  private static let decidingDigits = 5
  private static let organizationDigits = 3

  /// Parses a token, ignoring case; `nil` if the text is not one.
  package init?(_ text: String) {
    let text = text.lowercased()
    guard text.utf8.count == Self.digits, text.utf8.allSatisfy(\.isHexadecimalDigit) else {
      return nil
    }
    description = text
  }

  fileprivate init(of inputs: SeedPlan.Header, whole: Fingerprint) {
    let digits = Self.deciding(inputs) + Self.organizations(inputs)
    description = digits + whole.digits(Self.digits - digits.utf8.count)
  }

  /// Whether the inputs, but for the organizations, can be those of the token's plan.
  package func hasInputs(of inputs: SeedPlan.Header) -> Bool {
    description.hasPrefix(Self.deciding(inputs))
  }

  /// Whether the organizations of a run can be those of the token's plan.
  package func hasOrganizations(of inputs: SeedPlan.Header) -> Bool {
    description.dropFirst(Self.decidingDigits).hasPrefix(Self.organizations(inputs))
  }

  private static func deciding(_ inputs: SeedPlan.Header) -> String {
    var inputs = inputs
    inputs.options.organizations = nil
    return inputs.hash.fingerprint.digits(decidingDigits)
  }

  private static func organizations(_ inputs: SeedPlan.Header) -> String {
    let organizations = inputs.options.inOrder.organizations.map(JSONValue.strings) ?? .null
    return Fingerprint(of: organizations).digits(organizationDigits)
  }
}

extension SeedPlan {
  /// The plan's token: a hash of every input and every row, except the ids of rows yet to be created
  /// and the names of organizations.
  ///
  /// - Throws: Errors of reading the rows.
  package func token() throws -> PlanToken {
    var hash = PlanHash(header)
    try rows.read { hash.add(row: $0.document) }
    return hash.token
  }
}

/// Computes the token of a plan, row by row.
struct PlanHash {
  private let inputs: SeedPlan.Header
  private var whole: FingerprintHash

  /// Begins with the inputs of a plan.
  init(_ inputs: SeedPlan.Header) {
    self.inputs = inputs
    whole = inputs.hash
  }

  /// Adds a row, as in the plan's document.
  mutating func add(row document: JSONValue) {
    guard case .object(let members) = document else { return }
    whole.add(.object(members.decidingMembers))
  }

  /// The token of the plan with the rows so far.
  var token: PlanToken { PlanToken(of: inputs, whole: whole.fingerprint) }
}

extension SeedPlan.Header {
  /// A hash of every input that affects decisions.
  fileprivate var hash: FingerprintHash {
    // The references used do not affect the plan, only the fingerprints do.
    var decided = decided
    decided["catalog"] = .string(catalog.fingerprint.description)
    var hash = FingerprintHash()
    hash.add([.string(platform.fingerprint.description), .object(decided)])
    return hash
  }
}
