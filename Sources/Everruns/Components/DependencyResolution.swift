import EverrunsDocuments

/// A set of capabilities with everything they need, in an order in which they can be started.
public struct DependencyResolution: Sendable, Equatable {
  /// How many capabilities one resolution may come to.
  public static let limit = 100

  /// The capabilities, dependencies before what depends on them.
  public let resolved: [String]
  /// Those of them that nobody asked for: they are there because others need them.
  public let added: [String]
  /// What was asked for or needed and is not registered.
  public let unknown: [String]
  /// The features they switch on, in the order of the capabilities, each once.
  public let features: [String]
  /// The highest risk among them; `nil` where nothing was resolved.
  public let maximumRisk: RiskLevel?

  /// Why a set of capabilities cannot be resolved.
  public enum Failure: Error, Equatable {
    /// They depend on each other in a circle, which is named from its first member on.
    case cycle([String])
    /// They come to more than ``DependencyResolution/limit``.
    case tooMany
  }
}

extension CapabilityRegistry {
  /// Resolves capabilities with their dependencies, depth first.
  ///
  /// What is not registered is reported in the result and never silently dropped.
  /// - Parameter references: The ids asked for, in order; an id asked for twice counts once.
  /// - Throws: ``DependencyResolution/Failure``. The limit bounds the work too: nothing is
  ///   visited beyond it.
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
