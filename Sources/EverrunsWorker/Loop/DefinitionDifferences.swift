import Everruns

extension PlatformDefinition {
  /// The differences between this definition, the server's, and a worker's in what is executed: at
  /// most five, one clause each.
  func runtimeDifferences(from worker: PlatformDefinition) -> [String] {
    let kinds = ["capabilities": "capability", "drivers": "driver"]
    let differences = changes(to: worker).compactMap { change -> String? in
      let parts = change.path.split(separator: "/", maxSplits: 2).map(String.init)
      guard let section = parts.first, let kind = kinds[section] else { return nil }
      guard parts.count > 1 else { return "the order of \(section) differs" }
      let component = "the \(kind) '\(parts[1])'"
      return switch change.operation {
      case .remove: "the server has \(component), this worker does not"
      case .add: "this worker has \(component), the server does not"
      case .change, .reorder:
        "\(component) differs" + (parts.count > 2 ? " in '\(parts[2])'" : "")
      }
    }
    return differences.count <= 5
      ? differences : differences.prefix(5) + ["and \(differences.count - 5) more"]
  }
}
