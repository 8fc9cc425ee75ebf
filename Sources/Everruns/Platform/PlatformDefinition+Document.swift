import Crypto

/// The fingerprint of a document: the SHA-256 of its canonical JSON, written `sha256:<hex>`.
public struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
  /// The fingerprint as it is written.
  public let description: String

  /// The fingerprint of a value, keys in the order given.
  public init(of value: JSONValue) {
    var hash = FingerprintHash()
    hash.add(value)
    self = hash.fingerprint
  }

  /// The fingerprint of a value whose canonical JSON is written in pieces.
  ///
  /// - Parameter write: Hands on each piece, in UTF-8.
  public init(writing write: (([UInt8]) throws -> Void) throws -> Void) rethrows {
    var hash = FingerprintHash()
    try write { hash.add($0) }
    self = hash.fingerprint
  }

  /// A fingerprint that was written down before.
  public init(stored text: String) {
    description = text
  }

  /// The first twelve digits, enough for people to tell documents apart.
  public var short: String { digits(12) }

  /// The first sixteen digits, enough for programs to tell plans apart.
  var token: String { digits(16) }

  private func digits(_ count: Int) -> String {
    String(description.dropFirst("sha256:".count).prefix(count))
  }
}

/// Takes the fingerprint of several values, one after the other.
struct FingerprintHash {
  private var hash = SHA256()

  /// Adds a value, keys in the order given.
  mutating func add(_ value: JSONValue) {
    add(JSONWriter.bytes(of: value, style: .canonical))
  }

  /// Adds a piece of canonical JSON.
  mutating func add(_ bytes: [UInt8]) {
    hash.update(data: bytes)
  }

  /// The fingerprint of the canonical JSON of all values so far.
  var fingerprint: Fingerprint {
    let digits = Array("0123456789abcdef".utf8)
    let hex = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return Fingerprint(stored: "sha256:" + String(decoding: hex, as: UTF8.self))
  }
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

/// A platform definition as it was read from a document.
public struct PlatformDocument: Sendable {
  /// The definition.
  public let definition: PlatformDefinition
  /// What is remarkable about it; errors are never among these.
  public let warnings: [Diagnostic]
  /// The version the document states, when it is newer than what this library writes.
  ///
  /// Such a document must not be rewritten: keys unknown here would be lost.
  public let newerFormat: FormatVersion?
}

/// The refusal of a document, with everything that is wrong with it.
public struct DocumentRefusal: Error, Equatable {
  /// All findings, errors and warnings, in the order of the document.
  public let diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// The refusal of a text that is not even JSON or YAML.
  public init(_ error: DocumentSyntaxError) {
    diagnostics = [Diagnostic(.syntax(error), at: DocumentPath(), place: error.place)]
  }
}

extension PlatformDocument {
  /// Reads a definition, finding everything that is wrong in one pass.
  ///
  /// - Parameters:
  ///   - node: The document as read from JSON or YAML.
  ///   - grade: The grade that warnings about experimental components are for.
  /// - Throws: ``DocumentRefusal`` if any finding is an error.
  public init(reading node: SourceNode, grade: Grade) throws(DocumentRefusal) {
    var decoding = DocumentDecoding()
    guard FormatVersion.platform.check(node, &decoding),
      let definition = PlatformDefinition.coding.decode(node, at: DocumentPath(), &decoding)
    else { throw DocumentRefusal(decoding.diagnostics) }
    // The reading of a field has refused every invalid id already, and may have left it empty.
    let findings = definition.validate(grade: grade).filter { $0.code != .invalidID }
      .map { finding in
        let path = decoding.documentPath(of: finding.path)
        return Diagnostic(finding.problem, at: path, place: node.place(of: path))
      }
    let diagnostics = (decoding.diagnostics + findings).inOrderOfPlaces
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw DocumentRefusal(diagnostics)
    }
    self.definition = definition
    warnings = diagnostics
    newerFormat = decoding.newerMinor
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
      throw DocumentRefusal(error.diagnostics.map { Diagnostic($0.problem, at: $0.path) })
    }
  }
}

extension [Diagnostic] {
  /// The findings in the order of the text; those of one place stay as they are.
  fileprivate var inOrderOfPlaces: [Diagnostic] {
    sorted { a, b in
      guard let a = a.place, let b = b.place else { return false }
      return (a.line, a.column) < (b.line, b.column)
    }
  }
}
