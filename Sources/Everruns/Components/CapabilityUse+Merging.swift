import EverrunsDocuments

extension [CapabilityUse] {
  /// The uses with each capability once: at the position of its first use, with the configuration
  /// of its last.
  ///
  /// Inherited capabilities keep their position, and later templates configure them.
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
