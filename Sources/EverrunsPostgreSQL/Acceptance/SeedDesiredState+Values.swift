#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding
  import EverrunsStore

  extension SeedDesiredState {
    /// The values that a run may write, with their paths in the definition and the catalog.
    func placedValues(_ options: SeedOptions, in tables: ServerTables) -> [PlacedValue] {
      let isDefaultMeant = options.organizations?.contains(organization.publicID) ?? true
      guard options.scope == .all, isDefaultMeant else { return harnessValues(in: tables) }
      return harnessValues(in: tables) + recordValues(in: tables)
        + PlacedValue.all(
          in: .string(organization.name), at: DocumentPath().key("organization").key("name"),
          limit: tables.limit(of: "name", in: RecordKind.organization.table))
    }

    private func harnessValues(in tables: ServerTables) -> [PlacedValue] {
      harnesses.enumerated().flatMap { index, harness in
        let path = DocumentPath().key("built_in_harnesses").index(index)
        let fields = HarnessField.allCases.filter { $0 != .capabilities && $0 != .parent }
        let content = harness.content
        return PlacedValue.all(
          in: .string(harness.template.name), at: path.key("name"),
          limit: tables.limit(of: "name", in: "harnesses"))
          + fields.flatMap { field in
            PlacedValue.all(
              in: content[field.rawValue] ?? .null, at: path.key(field.rawValue),
              limit: tables.limit(of: field.rawValue, in: "harnesses"))
          }
          + zip(harness.placesOfCapabilities, harness.capabilities).flatMap { index, capability in
            PlacedValue.all(
              in: CapabilityUse.coding.encode(capability),
              at: path.key("capabilities").index(index))
          }
      }
    }

    private func recordValues(in tables: ServerTables) -> [PlacedValue] {
      Dictionary(grouping: records, by: \.kind).sorted { $0.key.table < $1.key.table }
        .flatMap { kind, records in
          records.enumerated().filter { !$0.element.isLeftOut }.flatMap { index, record in
            record.placedValues(at: DocumentPath().key(kind.table).index(index), in: tables)
          }
        }
    }
  }

  extension DesiredHarness {
    /// The indexes in the template of the capabilities that are written.
    fileprivate var placesOfCapabilities: [Int] {
      template.capabilities.indices.filter { index in
        !droppedCapabilities.contains(template.capabilities[index].ref)
      }
    }
  }

  extension DesiredRecord {
    /// Whether the definition, the catalog or the grade leaves the row out.
    var isLeftOut: Bool {
      rules.contains { rule in
        if case .checked(_, _, _, .some) = rule { true } else { false }
      }
    }

    fileprivate func placedValues(
      at path: DocumentPath, in tables: ServerTables
    ) -> [PlacedValue] {
      content.members.flatMap { member in
        let (column, table) =
          member.key == "membership_role"
          ? ("role", "organization_members") : (member.key, kind.table)
        return PlacedValue.all(
          in: member.value, at: path.key(member.key), limit: tables.limit(of: column, in: table),
          isRequired: tables.isRequired(column, in: table),
          checks: tables.checks(of: column, in: table))
      }
    }
  }
#endif
