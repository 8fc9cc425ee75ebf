public import EverrunsDocuments

extension FormatVersion {
  /// The format of platform definitions.
  package static let platform = FormatVersion(name: "everruns.platform", major: 1, minor: 0)
}

extension PlatformDefinition {
  /// The key of the harness templates in a document.
  static let harnessesKey = "built_in_harnesses"

  /// The keys of a document, in order.
  static let coding = ObjectCoding<PlatformDefinition>(
    noun: "platform definition",
    blank: PlatformDefinition(),
    fields: [
      .format(.platform),
      .registry(\.capabilities, "The capability registry, in order"),
      .registry(\.drivers, "The LLM driver registry, in order"),
      .registry(\.connectionProviders, "The connection-provider registry, in order"),
      .defaulted(
        PlatformDefinition.harnessesKey, \.builtInHarnesses, .list(BuiltInHarness.coding.value),
        "The built-in harness templates, in order"),
    ])

  /// The definition as a document of the format `everruns.platform/v1`.
  public var document: JSONValue { .object(Self.coding.encode(self)) }

  /// The fingerprint of the definition's document.
  public var fingerprint: Fingerprint { Fingerprint(of: document) }
}

extension ObjectCoding.Field where Root == PlatformDefinition {
  /// The document key of the registry's components.
  fileprivate static func registry<Descriptor: DocumentedComponent>(
    _ property: any WritableKeyPath<PlatformDefinition, Registry<Descriptor>> & Sendable,
    _ summary: String
  ) -> Self {
    .defaulted(
      Descriptor.documentKey, property,
      ValueCoding<Registry<Descriptor>>(
        schema: .list(Descriptor.coding.schema),
        decode: { node, path, decoding in
          guard case .array(let elements) = node.content else {
            decoding.report(
              .wrongType(expected: "an array", found: node.kindInWords), path, node.place)
            return nil
          }
          var registry = Registry<Descriptor>()
          decoding.readElements(elements, at: path) { element, elementPath, decoding -> Void? in
            guard let descriptor = Descriptor.coding.decode(element, at: elementPath, &decoding)
            else { return nil }
            let component = descriptor.component
            let identifier = Descriptor.identifier(of: component)
            guard !registry.contains(identifier) else {
              // A list that could not be read is empty too, and has been reported.
              if !identifier.isEmpty {
                decoding.report(
                  .duplicateID(identifier, noun: Descriptor.noun),
                  elementPath.key(Descriptor.identifierKey),
                  element.place(of: DocumentPath().key(Descriptor.identifierKey)))
              }
              return nil
            }
            registry.replace(component)
            return ()
          }
          return registry
        },
        encode: { registry in
          .array(registry.descriptors.map { .object(Descriptor.coding.encode($0)) })
        }), summary)
  }
}

extension PlatformDefinition {
  /// The JSON Schema (draft 2020-12) of platform documents.
  ///
  /// It derives from the fields that read and write them. A schema cannot express every rule; that
  /// ids are unique, for example, is only checked when a document is read.
  public static var documentSchema: JSONValue { coding.schema.draft }

  /// The objects of a platform document, beginning with the whole document.
  package static var documentOutline: [DocumentOutline] {
    [
      coding.outline, CapabilityDescriptor.coding.outline, DriverDescriptor.coding.outline,
      ConnectionProviderDescriptor.coding.outline, ConnectionFormSchema.coding.outline,
      FormField.coding.outline, BuiltInHarness.coding.outline,
    ]
  }
}
