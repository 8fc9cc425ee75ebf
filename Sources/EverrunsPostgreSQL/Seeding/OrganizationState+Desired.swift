#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding
  import EverrunsStore

  extension OrganizationState {
    /// The state that an organization should have; `nil` if the server cannot store it.
    init?(_ desired: SeedDesiredState) {
      self.init(
        harnesses: desired.harnesses.map { harness in
          let content = harness.content
          return Harness(
            name: harness.template.name,
            values: Self.columns.map { $0.text(of: content[$0.name] ?? .null) },
            parent: harness.parent.map(Reference.named) ?? .none,
            capabilities: harness.capabilities.enumerated().map { position, capability in
              let values: JSONObject = [
                "capability_id": .string(capability.ref), "position": .integer(position),
                "config": .object(capability.config.sortingKeys),
              ]
              return Self.capabilityColumns.map { $0.text(of: values[$0.name] ?? .null) }
            }, digest: harness.digest.description)
        },
        settings: Dictionary(
          uniqueKeysWithValues: desired.harnessSettings.map {
            ($0.setting.column, $0.harness.map(Reference.named) ?? .none)
          }))
      let texts = harnesses.flatMap { harness in
        [harness.name] + harness.values + harness.capabilities.flatMap(\.self)
      }.compactMap(\.self)
      // In JSON, U+0000 is escaped.
      guard !texts.contains(where: { $0.utf8.contains(0) || $0.contains(#"\u0000"#) }) else {
        return nil
      }
    }

    /// Whether every organization with this state gets the same plan: nothing refers to other
    /// organizations' rows or to harnesses of its own, and none of those has a reserved name.
    func isRepeatable(reserved: Set<String>) -> Bool {
      let builtIn = Set(harnesses.filter(\.isBuiltIn).map(\.name))
      let references = harnesses.filter(\.isBuiltIn).map(\.parent) + settings.values
      return harnesses.allSatisfy { $0.isBuiltIn || !reserved.contains($0.name) }
        && references.allSatisfy { reference in
          switch reference {
          case .none: true
          case .named(let name): builtIn.contains(name)
          case .other: false
          }
        }
    }
  }

  extension CopiedTable.Column {
    /// A value of a document as the text of this column in a working copy.
    fileprivate func text(of value: JSONValue) -> String? {
      switch (form, value) {
      case (_, .null): nil
      case (.boolean, .bool(let flag)): flag ? "1" : "0"
      case (.text, .string(let text)): text
      default: value.canonicalJSON
      }
    }
  }
#endif
