import CommandLineTree
import EverrunsSeeding
import Messages

extension ValueFormat where Value == String {
  /// The token of a plan.
  static var planToken: Self {
    Self(.text) { text throws(ValueError) in
      guard text.utf8.count == 16, text.utf8.allSatisfy(\.isHexadecimalDigit) else {
        throw .invalid(
          reason: "a plan token has 16 hexadecimal digits", hint: "'seed preview' prints it")
      }
      return text
    }
  }
}

extension Session {
  /// The options of the plan with a token, if they differ from the given ones in one option only.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - request: The current request.
  /// - Returns: The difference in words, such as `without --overwrite`; `nil` if no single option
  ///   explains it.
  /// - Throws: Errors of comparing the store, which is done for each option.
  func optionsBehind(_ token: String, _ request: SeedRequest) throws -> String? {
    var other = request
    // Nothing is pruned here, so the platform need not be confirmed.
    other.isPlatformNamed = true
    for (words, options) in request.options.neighbors {
      other.options = options
      if try withPlan(other, { try $0.token() }) == token { return words }
    }
    return nil
  }
}

extension SeedOptions {
  /// Options that differ in one respect, with the difference in words.
  fileprivate var neighbors: [(words: String, options: SeedOptions)] {
    func with(_ change: (inout SeedOptions) -> Void) -> SeedOptions {
      var options = self
      change(&options)
      return options
    }
    var neighbors = [
      (overwrites ? "without --overwrite" : "with --overwrite", with { $0.overwrites.toggle() })
    ]
    for other in Prune.allCases.map(Optional.some) + [nil] where other != prune {
      let words = other.map { "with --prune \($0.rawValue)" } ?? "without --prune"
      neighbors.append((words, with { $0.prune = other }))
    }
    if organizations != nil {
      neighbors.append(("without --org", with { $0.organizations = nil }))
    }
    if !adopted.isEmpty { neighbors.append(("without --adopt", with { $0.adopted = [] })) }
    if !acceptedOwn.isEmpty {
      neighbors.append(("without --accept-own", with { $0.acceptedOwn = [] }))
    }
    return neighbors
  }
}
