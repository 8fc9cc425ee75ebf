package import EverrunsDocuments

/// The options of a seeding run.
package struct SeedOptions: Sendable, Equatable {
  /// What to do with built-in harnesses that left the definition.
  package enum Prune: String, CaseIterable, Sendable {
    /// They stay, owned by the organization.
    case release
    /// They are deleted.
    case delete

    /// A summary for help.
    var action: SeedAction {
      switch self {
      case .release: .release
      case .delete: .delete
      }
    }
  }

  /// The rows that a run compares.
  package enum Scope: String, CaseIterable, Sendable {
    /// All rows, and the default organization even before it exists.
    case all
    /// The built-in harnesses of existing organizations, and the settings that name them.
    case harnesses
  }

  /// The rows to compare.
  package var scope: Scope
  /// The public ids of the organizations to compare; `nil` for all.
  package var organizations: [String]?
  /// What to do with built-in harnesses that left the definition; `nil` leaves them.
  package var prune: Prune?
  /// Whether the catalog overwrites local edits, deletions and settings.
  package var overwrites: Bool
  /// The addresses of organization-owned harnesses to turn into built-in ones.
  package var adopted: [SeedAddress]
  /// The addresses of organization-owned harnesses to accept, now and in later runs.
  package var acceptedOwn: [SeedAddress]

  /// Creates options; each default means that the option is not given.
  package init(
    scope: Scope = .all, organizations: [String]? = nil, prune: Prune? = nil,
    overwrites: Bool = false,
    adopted: [SeedAddress] = [], acceptedOwn: [SeedAddress] = []
  ) {
    self.scope = scope
    self.organizations = organizations
    self.prune = prune
    self.overwrites = overwrites
    self.adopted = adopted
    self.acceptedOwn = acceptedOwn
  }

  /// The same options in a fixed order, each value once: neither order nor repetition means anything.
  var inOrder: SeedOptions {
    func sorted(_ addresses: [SeedAddress]) -> [SeedAddress] {
      Set(addresses).sorted { ExactText($0.description) < ExactText($1.description) }
    }
    return SeedOptions(
      scope: scope,
      organizations: organizations.map { Set($0.map(ExactText.init)).sorted().map(\.text) },
      prune: prune, overwrites: overwrites, adopted: sorted(adopted),
      acceptedOwn: sorted(acceptedOwn))
  }

  static let coding = ObjectCoding<SeedOptions>(
    noun: "plan's options",
    blank: SeedOptions(),
    fields: [
      .defaulted("scope", \.scope, .choice()),
      .defaulted("org", \.organizations, .orNull(.list(.text))),
      .defaulted("prune", \.prune, .orNull(.choice())),
      .defaulted("overwrite", \.overwrites, .bool),
      .defaulted("adopt", \.adopted, .list(.address)),
      .defaulted("accept_own", \.acceptedOwn, .list(.address)),
    ])

  /// Reads the options of a saved plan.
  ///
  /// - Throws: ``DocumentRefusal``
  package init(reading node: SourceNode) throws(DocumentRefusal) {
    var decoding = DocumentDecoding()
    let options = Self.coding.decode(node, at: DocumentPath(), &decoding)
    guard let options, decoding.diagnostics.isEmpty else {
      throw DocumentRefusal(decoding.diagnostics)
    }
    self = options
  }
}

extension ValueCoding where Value == SeedAddress {
  /// The address of a row, in its text form.
  fileprivate static let address = ValueCoding(
    schema: ValueCoding<String>.text.schema,
    decode: { node, path, decoding in
      ValueCoding<String>.text.decode(node, path, &decoding).flatMap { text in
        // A group number is not valid in another plan.
        if let address = SeedAddress(text), !address.isNumbered { return address }
        decoding.report(
          .wrongType(expected: "the address of a row", found: node.kindInWords), path, node.place)
        return nil
      }
    },
    encode: { .string($0.description) })
}
