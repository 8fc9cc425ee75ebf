import CommandLineTree
import Everruns
import EverrunsDocuments
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
  /// Why a token is not that of a plan with these inputs, as a sentence.
  ///
  /// If no option explains it, the sentence names what a token depends on.
  ///
  /// - Parameters:
  ///   - token: The token, which the inputs do not have.
  ///   - plan: The plan.
  ///   - store: The store, if it exists.
  /// - Returns: The options that explain the token, if one or two do; what happened since, if an
  ///   earlier revision does.
  /// - Throws: Errors of reading the store or the rows.
  func mismatch(
    of token: PlanToken, with plan: SeedPlan, _ store: (any Store)?
  ) throws -> String {
    let inputs = plan.header
    var words: [String] = []
    if !token.hasInputs(of: inputs) {
      let others = inputs.otherOptions(
        owned: try Set(plan.rows.filter(\.isOfOwnHarness).map(\.address.withoutGroup)),
        presets: program.presets, catalog: programCatalog.source)
      let platforms = try otherPlatforms(store, grade: inputs.grade)
      let all = try otherRevisions(of: inputs, store) + platforms + others
      guard let found = Self.options(behind: token, inputs, among: all, and: others) else {
        // The digits of the inputs are too few to tell which content of a file was previewed.
        return "no plan of platform \(inputs.platform.ref.quoted) with catalog "
          + "\(inputs.catalog.ref.quoted), grade '\(inputs.grade.rawValue)' and these options has the "
          + "token '\(token)'; the content of platform or catalog, the grade, the options or the "
          + "program version differed in the preview, or the token is mistyped"
      }
      if found.count == 1, let happened = found[0].since,
        // The same content may have been meant by another name.
        !platforms.contains(where: { token.hasInputs(of: $0.changing(inputs)) })
      {
        return "the plan changed since token '\(token)': \(happened)"
      }
      words = found.map(\.words)
    }
    if !token.hasOrganizations(of: inputs) { words.append(organizations(behind: token, inputs)) }
    return "the token '\(token)' belongs to a plan \(words.joined(separator: " and "))"
  }

  /// The option that explains a token, or two that do together.
  private static func options(
    behind token: PlanToken, _ inputs: SeedPlan.Header, among all: [OtherOption],
    and others: [OtherOption]
  ) -> [OtherOption]? {
    func explains(_ inputs: SeedPlan.Header) -> Bool { token.hasInputs(of: inputs) }
    if let single = all.first(where: { explains($0.changing(inputs)) }) { return [single] }
    for first in all {
      let changed = first.changing(inputs)
      if let second = others.first(where: { explains($0.changing(changed)) }) {
        return [first, second]
      }
    }
    return nil
  }

  private func organizations(behind token: PlanToken, _ inputs: SeedPlan.Header) -> String {
    let option = SeedingOptions.organizations.specification.typedName
    guard inputs.options.organizations != nil else { return "with \(option)" }
    var all = inputs
    all.options.organizations = nil
    return token.hasOrganizations(of: all) ? "without \(option)" : "with other values of \(option)"
  }

  /// The revisions of the definition that a plan is of.
  private func otherRevisions(
    of inputs: SeedPlan.Header, _ store: (any Store)?
  ) throws -> [OtherOption] {
    guard let name = savedName(inputs.platform.ref),
      let history = try store?.history(of: name), let latest = history.last
    else { return [] }
    let since =
      "'\(name)' is now at revision \(latest.revision), the store at serial "
      + "\(inputs.store.serial); last change: \(latest.actor) ran "
      + "'\(latest.command.shortened(to: 80))'"
    return history.map { entry in
      var option = option(for: "\(name)@\(entry.revision)", entry.fingerprint)
      if entry.revision < latest.revision, inputs.platformRevision == latest.revision {
        option.since = since
      }
      return option
    }
  }

  /// The presets, and the newest revision of every saved definition.
  private func otherPlatforms(_ store: (any Store)?, grade: Grade) throws -> [OtherOption] {
    let saved =
      try store?.platforms().compactMap { saved in
        try store?.history(of: saved.name).last.map { option(for: saved.name, $0.fingerprint) }
      } ?? []
    return program.presets.map { option(for: $0.name, $0.fingerprint(grade: grade)) } + saved
  }

  private func option(for reference: String, _ fingerprint: Fingerprint) -> OtherOption {
    OtherOption(with: GlobalOptions.platform, reference) {
      $0.platform = SeedPlan.Source(ref: reference, fingerprint: fingerprint)
    }
  }

  private func savedName(_ reference: String) -> String? {
    PlatformReference(reference, presets: program.presets.map(\.name))?.savedName
  }
}

/// An option that a plan may have been made with or without.
private struct OtherOption {
  /// The difference, such as `without --overwrite`.
  let words: String
  /// For an earlier revision of the definition: what happened since.
  var since: String?
  private let change: (inout SeedPlan.Header) -> Void

  init(
    with option: any CommandOption, _ value: String? = nil,
    _ change: @escaping (inout SeedPlan.Header) -> Void
  ) {
    let words = ["with", option.specification.typedName] + (value.map { [$0.shellQuoted] } ?? [])
    self.words = words.joined(separator: " ")
    self.change = change
  }

  init(
    without option: any CommandOption, _ change: @escaping (inout SeedPlan.Header) -> Void
  ) {
    words = "without \(option.specification.typedName)"
    self.change = change
  }

  /// The inputs with the difference.
  func changing(_ inputs: SeedPlan.Header) -> SeedPlan.Header {
    var inputs = inputs
    change(&inputs)
    return inputs
  }
}

extension SeedPlan.Header {
  /// The options besides the definition and the organizations.
  ///
  /// - Parameters:
  ///   - owned: The addresses that can be adopted or accepted.
  ///   - presets: The presets, each of which is another definition in each grade.
  ///   - catalog: The stock catalog.
  /// - Returns: Each option with another value; some may be as they are.
  fileprivate func otherOptions(
    owned: Set<SeedAddress>, presets: [PlatformPreset], catalog: SeedPlan.Source
  ) -> [OtherOption] {
    let (overwrites, prune) = (SeedingOptions.overwrite, SeedingOptions.prune)
    let grades = Grade.allCases.map { grade in
      OtherOption(with: GlobalOptions.grade, grade.rawValue) { inputs in
        inputs.grade = grade
        guard let preset = presets.first(where: { $0.name == inputs.platform.ref }) else { return }
        inputs.platform = SeedPlan.Source(
          ref: preset.name, fingerprint: preset.fingerprint(grade: grade))
      }
    }
    let prunings = SeedOptions.Prune.allCases.map { how in
      OtherOption(with: prune, how.rawValue) { $0.options.prune = how }
    }
    let decisions = owned.flatMap { address in
      [
        OtherOption(with: SeedingOptions.adopt, address.description) {
          $0.options.adopted.append(address)
        },
        OtherOption(with: SeedingOptions.acceptOwn, address.description) {
          $0.options.acceptedOwn.append(address)
        },
      ]
    }
    return grades + [
      OtherOption(with: overwrites) { $0.options.overwrites = true },
      OtherOption(without: overwrites) { $0.options.overwrites = false },
      OtherOption(without: prune) { $0.options.prune = nil },
      OtherOption(without: SeedingOptions.catalog) { $0.catalog = catalog },
      OtherOption(without: SeedingOptions.adopt) { $0.options.adopted = [] },
      OtherOption(without: SeedingOptions.acceptOwn) { $0.options.acceptedOwn = [] },
    ] + prunings + decisions
  }
}
