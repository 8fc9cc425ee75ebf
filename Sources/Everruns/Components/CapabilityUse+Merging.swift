import EverrunsDocuments

extension [CapabilityUse] {
  /// The uses with each capability once: at the position of its first use, with the configuration of
  /// its last.
  ///
  /// So what a harness inherits stays where it is, and whoever comes later configures it.
  package var merged: [CapabilityUse] {
    var merged: [CapabilityUse] = []
    var positions: [ExactText: Int] = [:]
    for use in self {
      if let index = positions[ExactText(use.ref)] {
        merged[index].config = use.config
      } else {
        positions[ExactText(use.ref)] = merged.count
        merged.append(use)
      }
    }
    return merged
  }
}
