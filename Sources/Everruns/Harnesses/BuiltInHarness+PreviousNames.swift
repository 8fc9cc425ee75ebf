extension [BuiltInHarness] {
  /// The previous names under which a built-in harness belongs to each template, in order of
  /// preference.
  ///
  /// A name leads to one template: to the one that has it, else to the first that had it.
  package var claimedPreviousNames: [[String]] {
    var claimed = Set(map(\.name))
    return map { template in template.previousNames.filter { claimed.insert($0).inserted } }
  }
}
