import CommandLineTree
import Everruns
import EverrunsSeeding
import EverrunsStore
import Messages

extension ValueFormat where Value == PlanToken {
  /// The token of a plan.
  static var planToken: Self {
    Self(.text) { text throws(ValueError) in
      guard let token = PlanToken(text) else {
        throw .invalid(
          reason: "a plan token has 16 hexadecimal digits", hint: "'seed preview' prints it")
      }
      return token
    }
  }
}

extension Session {
  /// How the inputs of the plan with a token differ from those of another plan, in words.
  ///
  /// - Parameters:
  ///   - token: The token, which does not match the plan's inputs.
  ///   - plan: The other plan.
  ///   - store: The store, if it exists.
  /// - Returns: The words after "a plan", such as `without --overwrite`: the one option that
  ///   explains the token, else all that there may be.
  /// - Throws: Errors of reading the store or the rows.
  func inputs(
    behind token: PlanToken, differingFrom plan: SeedPlan, _ store: (any Store)?
  ) throws -> String {
    let inputs = plan.header
    let neighbors =
      try inputs.neighborsInGrade(presets: program.presets)
      + neighborsInDefinition(inputs, store)
      + inputs.neighborsInOptions(
        owned: try plan.rows.filter(\.isOfOwnHarness).map(\.address.withoutGroup))
    // There may be many organizations.
    let limited = try store?.organizationNames().lazy.map { organization in
      inputs.neighbor(with: SeedingOptions.organizations, organization.publicID) {
        $0.options.organizations = [organization.publicID]
      }
    }
    func explains(_ neighbor: PlanNeighbor) -> Bool { token.matches(neighbor.inputs) }
    return (neighbors.first(where: explains) ?? limited?.first(where: explains))?.words
      ?? "with other options, or of another definition"
  }

  private func neighborsInDefinition(
    _ inputs: SeedPlan.Header, _ store: (any Store)?
  ) throws -> [PlanNeighbor] {
    var platforms = program.presets.map {
      SeedPlan.Source(ref: $0.name, fingerprint: $0.fingerprint(grade: inputs.grade))
    }
    for saved in try store?.platforms() ?? [] {
      platforms +=
        try store?.history(of: saved.name).map {
          SeedPlan.Source(ref: "\(saved.name)@\($0.revision)", fingerprint: $0.fingerprint)
        } ?? []
    }
    let stock = LoadedCatalog(reference: LoadedCatalog.stock, program.ownCatalog)
    return platforms.map { platform in
      inputs.neighbor(with: GlobalOptions.platform, platform.ref) { $0.platform = platform }
    } + [
      inputs.neighbor(without: SeedingOptions.catalog) {
        $0.catalog = SeedPlan.Source(ref: stock.reference, fingerprint: stock.fingerprint)
      }
    ]
  }
}

/// The inputs of a plan that differ from those of another in one option.
private struct PlanNeighbor {
  /// The difference, such as `without --overwrite`.
  let words: String
  let inputs: SeedPlan.Header
}

extension SeedPlan.Header {
  fileprivate func neighborsInGrade(presets: [PlatformPreset]) -> [PlanNeighbor] {
    let preset = presets.first { $0.name == platform.ref }
    return Grade.allCases.map { grade in
      neighbor(with: GlobalOptions.grade, grade.rawValue) { inputs in
        inputs.grade = grade
        // A preset is another definition in each grade.
        if let preset {
          inputs.platform = SeedPlan.Source(
            ref: preset.name, fingerprint: preset.fingerprint(grade: grade))
        }
      }
    }
  }

  /// The neighbors in the options of a run; `owned` are the addresses that can be adopted or
  /// accepted.
  fileprivate func neighborsInOptions(owned: [SeedAddress]) -> [PlanNeighbor] {
    let (overwrites, prune) = (SeedingOptions.overwrite, SeedingOptions.prune)
    var neighbors = [
      neighbor(with: overwrites) { $0.options.overwrites = true },
      neighbor(without: overwrites) { $0.options.overwrites = false },
      neighbor(without: prune) { $0.options.prune = nil },
      neighbor(without: SeedingOptions.organizations) { $0.options.organizations = nil },
      neighbor(without: SeedingOptions.adopt) { $0.options.adopted = [] },
      neighbor(without: SeedingOptions.acceptOwn) { $0.options.acceptedOwn = [] },
    ]
    neighbors += SeedOptions.Prune.allCases.map { how in
      neighbor(with: prune, how.rawValue) { $0.options.prune = how }
    }
    for address in owned {
      neighbors += [
        neighbor(with: SeedingOptions.adopt, address.description) {
          $0.options.adopted.append(address)
        },
        neighbor(with: SeedingOptions.acceptOwn, address.description) {
          $0.options.acceptedOwn.append(address)
        },
      ]
    }
    return neighbors
  }

  fileprivate func neighbor(
    with option: any CommandOption, _ value: String? = nil, _ change: (inout Self) -> Void
  ) -> PlanNeighbor {
    let words = ["with", option.specification.typedName] + (value.map { [$0.shellQuoted] } ?? [])
    return neighbor(words.joined(separator: " "), change)
  }

  fileprivate func neighbor(
    without option: any CommandOption, _ change: (inout Self) -> Void
  ) -> PlanNeighbor {
    neighbor("without \(option.specification.typedName)", change)
  }

  private func neighbor(_ words: String, _ change: (inout Self) -> Void) -> PlanNeighbor {
    var inputs = self
    change(&inputs)
    return PlanNeighbor(words: words, inputs: inputs)
  }
}
