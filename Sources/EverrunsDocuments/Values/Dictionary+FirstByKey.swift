extension Dictionary {
  /// A dictionary of these pairs; the first one wins among duplicates.
  package init(firstByKey pairs: some Sequence<(Key, Value)>) {
    self.init(pairs, uniquingKeysWith: { first, _ in first })
  }
}
