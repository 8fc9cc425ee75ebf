import EverrunsDocuments
import Messages

/// The token of a plan: sixteen hexadecimal digits by which someone says which plan was reviewed.
///
/// The first half is of the inputs alone, so that a plan of other inputs can be told from a plan that
/// changed because the store did: enough digits to try the options of every organization of a large
/// store, and still enough in the other half to tell plans apart.
package struct PlanToken: Sendable, Hashable, CustomStringConvertible {
  /// The digits.
  package let description: String

  private static let digits = 16
  private static let inputDigits = digits / 2

  /// Reads a token; `nil` if the text is none.
  package init?(_ text: String) {
    guard text.utf8.count == Self.digits, text.utf8.allSatisfy(\.isHexadecimalDigit) else {
      return nil
    }
    description = text
  }

  init(inputs: Fingerprint, whole: Fingerprint) {
    description =
      inputs.digits(Self.inputDigits) + whole.digits(Self.digits - Self.inputDigits)
  }

  /// Whether a plan of these inputs can have the token.
  package func matches(_ inputs: SeedPlan.Header) -> Bool {
    description.hasPrefix(inputs.hash.fingerprint.digits(Self.inputDigits))
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
  private let inputs: FingerprintHash
  private var whole: FingerprintHash

  /// Begins with the inputs of a plan.
  init(_ header: SeedPlan.Header) {
    inputs = header.hash
    whole = inputs
  }

  /// Adds a row, as in the plan's document.
  mutating func add(row document: JSONValue) {
    guard case .object(let members) = document else { return }
    whole.add(.object(members.decidingMembers))
  }

  /// The token of the plan with the rows so far.
  var token: PlanToken {
    PlanToken(inputs: inputs.fingerprint, whole: whole.fingerprint)
  }
}

extension SeedPlan.Header {
  /// A hash of everything that decides what becomes of a store.
  fileprivate var hash: FingerprintHash {
    // The references used do not affect the plan, only the fingerprints do.
    var decided = decided
    decided["catalog"] = .string(catalog.fingerprint.description)
    var hash = FingerprintHash()
    hash.add([.string(platform.fingerprint.description), .object(decided)])
    return hash
  }
}
