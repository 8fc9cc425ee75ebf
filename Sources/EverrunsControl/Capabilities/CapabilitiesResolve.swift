import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `capabilities resolve`.
enum CapabilitiesResolve {
  private static let identifiers = Argument.list(
    "ID", .dynamic(CapabilityDescriptor.noun), summary: "The capabilities")

  static let command = Command<ControlAction>(
    "resolve", summary: "Resolve capabilities with their dependencies",
    discussion: """
      Dependencies come before their dependents. Unregistered ids are listed, and the exit code is \
      then 1. A cycle, or more than \(DependencyResolution.limit) capabilities, is an error. -v shows \
      why each dependency was added; -q prints only the ids.
      """,
    arguments: [identifiers],
    examples: [
      Example(
        "Show the dependencies of two capabilities",
        "everrunsctl capabilities resolve daytona skills")
    ]
  ) { session in
    let registry = try session.platform().definition.capabilities
    let resolution = try registry.resolve(session.arguments[identifiers])
    try session.write(
      json: .object(resolution.document),
      text: text(resolution, registry, session))
    try ControlError.checkAllExist(
      resolution.unknown, notIn: registry.identifiers, noun: CapabilityDescriptor.noun,
      plural: CapabilityDescriptor.command, next: session.listing(CapabilityDescriptor.command))
    return .success
  }

  private static func text(
    _ resolution: DependencyResolution, _ registry: CapabilityRegistry, _ session: Session
  ) -> String {
    let style = session.style
    guard !session.isQuiet else {
      return resolution.resolved.map { $0.escapingControls() + "\n" }.joined()
    }
    let added = Set(resolution.added.map(ExactText.init))
    var lines = resolution.resolved.map { id in
      guard added.contains(ExactText(id)) else { return id.escapingControls() }
      var remark = "added"
      if session.isVerbose {
        let users = resolution.resolved.filter { registry[$0]?.dependencies.contains(id) ?? false }
        remark += ", needed by \(users.joinedInQuotes)"
      }
      return id.escapingControls() + style.faint("  (\(remark.escapingControls()))")
    }
    let identifiers = registry.identifiers
    // Each suggestion compares with all ids.
    lines += resolution.unknown.enumerated().map { index, id in
      let suggestion =
        index < 20 ? Spelling.hint(for: id, among: identifiers).map { "; " + $0 } : nil
      return style.error("\(id.escapedForMessage)  (not registered\(suggestion ?? ""))")
    }
    let features = resolution.features.joined(separator: ", ").escapingControls()
    lines += [
      "", "features  \(features.isEmpty ? "-" : features)",
      "max_risk  \(resolution.maximumRisk?.rawValue ?? "-")",
    ]
    return lines.map { $0 + "\n" }.joined()
  }
}

extension DependencyResolution {
  /// The resolution as an object.
  var document: JSONObject {
    [
      "resolved": .strings(resolved), "added": .strings(added), "unknown": .strings(unknown),
      "features": .strings(features), "max_risk": .optional(maximumRisk?.rawValue),
    ]
  }
}
