import EverrunsDocuments

/// A set of capabilities with all of their dependencies, in an order in which they can be started.
public struct DependencyResolution: Sendable, Equatable {
  /// The maximum number of capabilities in a resolution.
  public static let limit = 100

  /// The capabilities, dependencies before what depends on them.
  public let resolved: [String]
  /// The capabilities that were not requested but are dependencies.
  public let added: [String]
  /// The requested capabilities and dependencies that are not registered.
  public let unknown: [String]
  /// The features that they enable, each once, in the order of the capabilities.
  public let features: [String]
  /// The highest risk among them; `nil` if there are none.
  public let maximumRisk: RiskLevel?

  /// A set of capabilities cannot be resolved.
  public enum Failure: Error, Equatable {
    /// The dependencies form a cycle, which is reported from its first member.
    case cycle([String])
    /// There are more than ``DependencyResolution/limit`` capabilities.
    case tooMany
  }
}

extension CapabilityRegistry {
  /// Resolves capabilities with their dependencies, depth first.
  ///
  /// Unregistered ids are part of the result and never silently dropped.
  ///
  /// - Parameter references: The requested ids, in order; duplicates count once.
  /// - Returns: The capabilities in an order in which they can be started.
  /// - Throws: ``DependencyResolution/Failure`` if the dependencies form a cycle or the result
  ///   exceeds the limit. The limit also bounds the work: no more capabilities are visited.
  public func resolve(
    _ references: some Sequence<String>
  ) throws(DependencyResolution.Failure) -> DependencyResolution {
    var walk = DependencyWalk(registry: self)
    let asked = Array(references)
    for reference in asked {
      try walk.visit(reference)
    }
    return walk.result(asked: Set(asked.map(ExactText.init)))
  }
}

/// A depth-first walk over the dependencies of capabilities.
private struct DependencyWalk {
  let registry: CapabilityRegistry
  var resolved: [String] = []
  var underway: [String] = []
  var done: Set<ExactText> = []
  var unknown: [String] = []

  init(registry: CapabilityRegistry) {
    self.registry = registry
  }

  mutating func visit(_ id: String) throws(DependencyResolution.Failure) {
    guard !done.contains(ExactText(id)) else { return }
    if let begin = underway.firstIndex(of: id) {
      throw .cycle(Array(underway[begin...]))
    }
    guard let capability = registry[id] else {
      done.insert(ExactText(id))
      unknown.append(id)
      return
    }
    // The depth of this recursion is bounded by the same limit.
    guard resolved.count + underway.count < DependencyResolution.limit else { throw .tooMany }
    underway.append(id)
    for dependency in capability.dependencies {
      try visit(dependency)
    }
    underway.removeLast()
    done.insert(ExactText(id))
    resolved.append(id)
  }

  func result(asked: Set<ExactText>) -> DependencyResolution {
    let capabilities = resolved.compactMap { registry[$0] }
    return DependencyResolution(
      resolved: resolved, added: resolved.filter { !asked.contains(ExactText($0)) },
      unknown: unknown,
      features: capabilities.flatMap(\.features).withoutRepetitions,
      maximumRisk: capabilities.map(\.riskLevel).max())
  }
}
