import EverrunsDocuments
import EverrunsSeeding

/// A seed catalog that a command uses.
///
/// The stock one is built when it is first asked for, which a run with nothing to do does not.
struct LoadedCatalog {
  /// The reference of the stock catalog.
  static let stock = "stock"

  /// How the catalog is referred to: ``stock``, or the path of a file.
  let reference: String
  private let own: SeedCatalog?

  /// Creates a reference to a catalog, which is `nil` for the stock one.
  init(reference: String, _ own: SeedCatalog?) {
    self.reference = reference
    self.own = own
  }

  /// The catalog, as recorded in a plan.
  var source: SeedPlan.Source { SeedPlan.Source(ref: reference, fingerprint: fingerprint) }

  var catalog: SeedCatalog { own ?? .stock }

  /// The fingerprint of the catalog, which is known of the stock one.
  var fingerprint: Fingerprint {
    own?.fingerprint ?? Fingerprint(stored: SeedCatalog.recordedStockFingerprint)
  }
}
