extension [String: String] {
  /// The value of a variable of this environment; `nil` if it is unset or empty.
  package func variable(_ name: String) -> String? {
    self[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
