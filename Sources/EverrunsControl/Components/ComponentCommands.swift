import CommandLineTree
import Everruns

/// The commands that capabilities, drivers and connection providers have in common.
enum ComponentCommands<Family: ControlFamily> {
  /// The noun with its common commands.
  static var noun: Command<ControlAction> {
    Command(
      Family.command, aliases: Family.aliases, summary: Family.summary,
      subcommands: [list, show, register, unregister])
  }

  private static var identifier: Operand<String> {
    Operand("ID", .dynamic(Family.noun), summary: "The \(Family.noun)")
  }

  // MARK: list

  static var list: Command<ControlAction> {
    Command(
      "list", summary: "List the \(Family.command) of the platform",
      formats: [.text, .json, .yaml, .name]
    ) { session in
      try write(
        Array(try session.platform().definition[keyPath: Family.registry].descriptors), session)
    }
  }

  /// Writes a list of components.
  static func write(_ descriptors: [Family.Descriptor], _ session: Session) throws -> ExitCode {
    if descriptors.isEmpty, session.format == .text {
      session.note("there is none")
    }
    try session.write(
      json: .array(descriptors.map { .object(Family.coding.encode($0)) }),
      names: descriptors.map { Family.identifier(of: Family.component(from: $0)) },
      text: descriptors.isEmpty
        ? ""
        : Table(columns: Family.columns).text(
          descriptors, width: session.context.output.width, style: session.style))
    return .success
  }

  // MARK: show

  static var show: Command<ControlAction> {
    show { _, _, _ in [:] }
  }

  /// The command that shows one component.
  ///
  /// - Parameter more: What else to show of it.
  static func show(
    more: @escaping @Sendable (Family.Component, PlatformDefinition, Session) throws -> JSONObject
  ) -> Command<ControlAction> {
    let identifiers = OperandList("ID", .dynamic(Family.noun), summary: "The \(Family.command)")
    return Command(
      "show", summary: "Show one or more \(Family.command)",
      discussion: "One id gives an object, several give an array.", operands: [identifiers],
      examples: [
        Example(
          "Show one", "everrunsctl \(Family.command) show \(Family.example)")
      ], exitCodes: [.failure]
    ) { session in
      let definition = try session.platform().definition
      let objects = try session.arguments[identifiers].map { id in
        let component = try find(id, in: definition)
        var object = Family.coding.encode(Family.descriptor(of: component))
        for member in try more(component, definition, session).members {
          object[member.key] = member.value
        }
        return object
      }
      try session.write(
        json: objects.count == 1
          ? .object(objects[0]) : .array(objects.map(JSONValue.object)),
        text: objects.map { ObjectText.text($0, style: session.style) }.joined(separator: "\n"))
      return .success
    }
  }

  /// The component of an id.
  static func find(_ id: String, in definition: PlatformDefinition) throws -> Family.Component {
    let registry = definition[keyPath: Family.registry]
    guard let component = registry.get(id) else {
      throw ControlError.notFound(
        noun: Family.noun, name: id, candidates: registry.identifiers, next: nil)
    }
    return component
  }

  // MARK: register

  static var register: Command<ControlAction> {
    let file = Operand.document("A \(Family.noun) or an array of them")
    let replace = Flag("replace", summary: "Put them in the place of those with the same id")
    return Command(
      "register", summary: "Add \(Family.command) to the platform",
      discussion: """
        Each is an object as '\(Family.command) show -o json' writes it; what is left out has its \
        default. New ones stand at the end, replaced ones where they stood. Several are added \
        together or not at all.
        """,
      operands: [file], options: [replace] + MutationOptions.all,
      examples: [
        Example("Add one", "everrunsctl \(Family.command) register \(Family.noun).json")
      ], exitCodes: [.failure, .badInput, .noInput]
    ) { session in
      let arguments = session.arguments
      let descriptors = try session.read(arguments[file], Family.descriptors)
      return try session.edit { definition in
        for component in descriptors.map(Family.component) {
          let id = Family.identifier(of: component)
          guard arguments[replace] || !definition[keyPath: Family.registry].has(id) else {
            throw ControlError.exists(
              noun: Family.noun, name: id, next: "put this one in its place with --replace")
          }
          definition[keyPath: Family.registry].replace(component)
        }
      }
    }
  }

  // MARK: unregister

  private static var cascade: Flag {
    Flag(
      "cascade", summary: "Remove also what depends on them, and references in harnesses")
  }

  private static var ignoreMissing: Flag {
    Flag("ignore-missing", summary: "Pass over ids that are not registered")
  }

  static var unregister: Command<ControlAction> {
    let identifiers = OperandList("ID", .dynamic(Family.noun), summary: "The \(Family.command)")
    return Command(
      "unregister", summary: "Remove \(Family.command) from the platform",
      discussion: """
        Shows what the change means for capabilities, harnesses and seeding. Only what is named \
        goes unless --cascade is given; what then misses it is a warning. Several ids are removed \
        together or not at all.
        """,
      operands: [identifiers], options: [cascade, ignoreMissing] + MutationOptions.all,
      examples: [
        Example(
          "See what removing one would mean",
          "everrunsctl \(Family.command) unregister \(Family.example) --dry-run")
      ], exitCodes: [.failure]
    ) { session in
      let arguments = session.arguments
      return try session.edit { definition in
        let ids = arguments[identifiers]
        for id in ids where !arguments[ignoreMissing] {
          _ = try find(id, in: definition)
        }
        let removed = Set(ids).filter { definition[keyPath: Family.registry].has($0) }
        definition[keyPath: Family.registry].removeAll {
          removed.contains(Family.identifier(of: $0))
        }
        if arguments[cascade], Family.self == CapabilityFamily.self {
          definition.removeDependents(ofCapabilities: removed)
        }
      }
    }
  }
}

extension PlatformDefinition {
  /// Removes the capabilities that need one that is gone, and theirs, and the references to all of
  /// them in harness templates.
  mutating func removeDependents(ofCapabilities ids: Set<String>) {
    var dependents: [String: [String]] = [:]
    for capability in capabilities {
      for dependency in capability.dependencies {
        dependents[dependency, default: []].append(capability.id)
      }
    }
    var gone = ids
    var waiting = Array(ids)
    while let id = waiting.popLast() {
      for dependent in dependents[id] ?? [] where gone.insert(dependent).inserted {
        waiting.append(dependent)
      }
    }
    capabilities.removeAll { gone.contains($0.id) }
    for index in builtInHarnesses.indices {
      builtInHarnesses[index].capabilities.removeAll { gone.contains($0.ref) }
    }
  }
}

extension Operand where Value == String {
  /// A file with a document in it.
  ///
  /// - Parameter content: What the document is.
  static func document(_ content: String) -> Operand {
    Operand(
      "FILE", .file(extensions: DocumentFile.extensions),
      summary: "\(content), as JSON or YAML; - is standard input")
  }
}
