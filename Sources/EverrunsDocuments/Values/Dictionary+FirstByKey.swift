extension Dictionary {
  /// A dictionary of these pairs; of several with the same key, the first counts.
  package init(firstByKey pairs: some Sequence<(Key, Value)>) {
    self.init(pairs, uniquingKeysWith: { first, _ in first })
  }
}
