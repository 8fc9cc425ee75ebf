public import EverrunsDocuments

extension FormatVersion {
  /// The format of platform definitions.
  public static let platform = FormatVersion(name: "everruns.platform", major: 1, minor: 0)
}

extension PlatformDefinition {
  /// The keys of a document, in order.
  static let coding = ObjectCoding<PlatformDefinition>(
    noun: "platform definition",
    blank: PlatformDefinition(),
    fields: [
      .format(.platform),
      .registry(\.capabilities),
      .registry(\.drivers),
      .registry(\.connectionProviders),
      .defaulted("built_in_harnesses", \.builtInHarnesses, .list(BuiltInHarness.coding.value)),
    ])

  /// The definition as a document of the format `everruns.platform/v1`.
  public var document: JSONValue { .object(Self.coding.encode(self)) }

  /// The fingerprint of the definition's document.
  public var fingerprint: Fingerprint { Fingerprint(of: document) }
}

extension ObjectCoding.Field where Root == PlatformDefinition {
  /// The key under which a registry's components are listed.
  fileprivate static func registry<Family: ComponentFamily>(
    _ property: any WritableKeyPath<PlatformDefinition, Registry<Family>> & Sendable
  ) -> Self {
    .defaulted(
      Family.documentKey, property,
      ValueCoding<Registry<Family>>(
        schema: .list(Family.coding.schema),
        decode: { node, path, decoding in
          guard case .array(let elements) = node.content else {
            decoding.report(
              .wrongType(expected: "an array", found: node.kindInWords), path, node.place)
            return nil
          }
          var registry = Registry<Family>()
          decoding.readElements(elements, at: path) { element, elementPath, decoding -> Void? in
            guard let descriptor = Family.coding.decode(element, at: elementPath, &decoding)
            else { return nil }
            let component = Family.component(from: descriptor)
            let identifier = Family.identifier(of: component)
            guard !registry.has(identifier) else {
              // Empty is also what could not be read, which has been reported.
              if !identifier.isEmpty {
                decoding.report(
                  .duplicateID(identifier, noun: Family.noun),
                  elementPath.key(Family.identifierKey),
                  element.place(of: DocumentPath().key(Family.identifierKey)))
              }
              return nil
            }
            registry.replace(component)
            return ()
          }
          return registry
        },
        encode: { registry in
          .array(registry.descriptors.map { .object(Family.coding.encode($0)) })
        }))
  }
}

extension PlatformDefinition {
  /// The definition that a document holds which came from no text.
  ///
  /// - Throws: ``DocumentRefusal`` with everything that is wrong, without places.
  public init(document: JSONValue, grade: Grade) throws(DocumentRefusal) {
    do throws(DocumentRefusal) {
      self = try PlatformDocument(reading: SourceNode(document), grade: grade).definition
    } catch {
      throw DocumentRefusal(error.diagnostics.map { $0.moved(to: $0.path) })
    }
  }
}

extension PlatformDefinition {
  /// The JSON Schema (draft 2020-12) of platform documents.
  ///
  /// It is made from the same fields that read and write them. What no schema can say, such as that
  /// ids differ, is left to ``PlatformDocument``.
  public static var documentSchema: JSONValue { coding.schema.draft }
}

extension PlatformDefinition {
  /// The objects of a platform document, the whole first.
  public static var documentOutline: [DocumentOutline] {
    [
      coding.outline, CapabilityFamily.coding.outline, DriverFamily.coding.outline,
      ConnectionProviderFamily.coding.outline, ConnectionFormSchema.coding.outline,
      FormField.coding.outline, BuiltInHarness.coding.outline,
    ]
  }
}
