#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding
  import EverrunsStore

  extension PostgreSQLStore {
    /// Throws if the database cannot store a value that a run may write.
    ///
    /// - Parameters:
    ///   - desired: The desired state, in the server's form.
    ///   - options: The options of the run.
    /// - Throws: ``StoreError/unacceptableValues(_:problems:)`` with all such values.
    func checkValues(of desired: SeedDesiredState, _ options: SeedOptions) throws {
      try checkValues(desired.placedValues(options, in: tables))
    }

    /// Throws if the database cannot store a definition; its numbers are stored as text.
    func checkValues(of definition: PlatformDefinition) throws {
      guard !connection.holdsAllCharacters else { return }
      try checkValues(
        PlacedValue.all(in: definition.document, at: DocumentPath()).filter { value in
          if case .string = value.value { true } else { false }
        })
    }

    /// Throws if the database cannot store one of the values, each with its path.
    func checkValues(_ values: [PlacedValue]) throws {
      let problems = try ValueCheck(connection).problems(of: values)
      guard problems.isEmpty else {
        throw StoreError.unacceptableValues(location, problems: problems)
      }
    }
  }
#endif
