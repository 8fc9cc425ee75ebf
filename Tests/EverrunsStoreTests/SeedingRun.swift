import Everruns
import EverrunsSeeding
import Foundation

@testable import EverrunsStore

/// Seeding as a test runs it: what a store looks like, what a run makes of it.
extension TestedStore {
  /// Carries out a plan, whatever it is unless somebody decides about it.
  @discardableResult
  func apply(
    _ platform: PlatformDefinition, _ catalog: SeedCatalog = Home.catalog, as name: String = "home",
    options: SeedOptions = SeedOptions(), isFull: Bool = false, in store: (any Store)? = nil,
    decide: (SeedFindings) throws -> Bool = { _ in true }
  ) throws -> SeedResult {
    try (store ?? openForWriting()).apply(
      SeedBasis(definition: platform, catalog: catalog, grade: .prod), options: options,
      isFull: isFull,
      platform: SeedPlan.Source(ref: name, fingerprint: platform.fingerprint),
      change: StoreChange(
        actor: "ann", command: "everrunsctl seed apply", reason: nil,
        now: { Date(timeIntervalSince1970: 0) }),
      decide: decide)
  }

  /// The rows of a plan that are not simply as they should be, each in one line without its id.
  func differences(
    _ platform: PlatformDefinition, _ catalog: SeedCatalog = Home.catalog,
    options: SeedOptions = SeedOptions()
  ) throws -> [String] {
    try rows(platform, catalog, options: options).filter { $0.action != .unchanged }
      .map(\.lineWithoutID)
  }
}

extension SeedResult {
  /// The rows of the plan that was carried out.
  var rows: [SeedPlanRow] {
    get throws { try findings.rows.collected() }
  }
}

/// What the `sqlite3` shell complained about.
struct ShellFailure: Error {
  let text: String
}

extension SeedPlanRow {
  /// The row in one line, without ids that no test can know.
  var lineWithoutID: String {
    var line = "\(action.rawValue) \(reason.code.rawValue) \(address)"
    line += organizations.map { " x\($0)" } ?? ""
    line += notes.map { "; \($0.code.rawValue)" }.joined()
    line += changes.map { "; \($0.field)" }.joined()
    return line
  }
}
