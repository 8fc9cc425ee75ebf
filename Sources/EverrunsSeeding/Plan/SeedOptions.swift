package import EverrunsDocuments

/// What a run of seeding may do beyond its rules, and where.
package struct SeedOptions: Sendable, Equatable {
  /// What to do with built-in harnesses that left the definition.
  package enum Prune: String, CaseIterable, Sendable {
    /// They stay, as the organization's own.
    case release
    /// They are removed.
    case delete

    /// What is done with such a row.
    var action: SeedAction {
      switch self {
      case .release: .release
      case .delete: .delete
      }
    }
  }

  /// Which rows a run looks at.
  package enum Scope: String, CaseIterable, Sendable {
    /// All of them, the default organization also before it exists.
    case all
    /// The built-in harnesses of the organizations that are there, and the settings that name them.
    case harnesses
  }

  /// Which rows to look at.
  package var scope: Scope
  /// The public ids of the organizations to look at; `nil` means all.
  package var organizations: [String]?
  /// What to do with built-in harnesses that left the definition; `nil` leaves them.
  package var prune: Prune?
  /// Whether the catalog's content takes the place of edits and deletions, and settings follow
  /// their roles.
  package var overwrites: Bool
  /// The addresses of organizations' own harnesses that become the built-in ones.
  package var adopted: [SeedAddress]
  /// The addresses of organizations' own harnesses that stay, now and in later runs.
  package var acceptedOwn: [SeedAddress]

  /// Options; what is left out is not asked for.
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
  /// The address of a row, as a plan writes it.
  fileprivate static let address = ValueCoding(
    schema: ValueCoding<String>.text.schema,
    decode: { node, path, decoding in
      ValueCoding<String>.text.decode(node, path, &decoding).flatMap { text in
        // The number of a group means nothing in another plan.
        if let address = SeedAddress(text), !address.isNumbered { return address }
        decoding.report(
          .wrongType(expected: "the address of a row", found: node.kindInWords), path, node.place)
        return nil
      }
    },
    encode: { .string($0.description) })
}
