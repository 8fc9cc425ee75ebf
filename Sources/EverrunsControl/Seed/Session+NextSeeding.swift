import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Messages

extension Session {
  /// A command to propose that compares the same as this run, and decides the same unless told not
  /// to.
  ///
  /// - Parameters:
  ///   - command: The command and the options that it has beside those of this run.
  ///   - isDeciding: Whether the decisions of this run's options are part of it.
  ///   - more: More options, after those of this run.
  /// - Returns: The command line.
  func nextSeeding(_ command: String, isDeciding: Bool = true, with more: [String] = []) -> String {
    let words = SeedingWords(
      catalog: arguments[SeedingOptions.catalog],
      organizations: arguments[SeedingOptions.organizations],
      adopted: arguments[SeedingOptions.adopt], acceptedOwn: arguments[SeedingOptions.acceptOwn],
      prune: arguments[SeedingOptions.prune], overwrites: arguments[SeedingOptions.overwrite])
    return next(
      ([command] + words.all(isDeciding: isDeciding) + more).joined(separator: " "),
      readsInput: arguments[SeedingOptions.catalog] == "-")
  }

  /// The command that shows the current plan; `isDeciding` is whether the decisions of this run's
  /// options are part of it.
  func nextPreview(isDeciding: Bool = true) -> String {
    nextSeeding("seed preview", isDeciding: isDeciding)
  }

  /// The command that shows the current plan of a request, with the options of the saved plan that
  /// it comes from, if it does.
  func nextPreview(of request: SeedRequest, isDeciding: Bool = true) -> String {
    request.saved.map { nextSeeding("seed preview", as: $0, isDeciding: isDeciding) }
      ?? nextPreview(isDeciding: isDeciding)
  }

  /// The command that saves a plan again, with the options that it was saved with.
  ///
  /// - Parameters:
  ///   - saved: The plan.
  ///   - path: Its file.
  /// - Returns: The command line.
  func nextPlan(_ saved: SavedPlan, _ path: String) -> String {
    // Where it was read from standard input, its file is not known.
    nextSeeding(
      "seed preview --out " + (path == "-" ? "FILE" : "\(path.shellQuoted) --force"), as: saved)
  }

  /// A command to propose with the options that a plan was saved with; `isDeciding` is whether its
  /// decisions are part of it.
  private func nextSeeding(
    _ command: String, as saved: SavedPlan, isDeciding: Bool = true
  ) -> String {
    var words = [command]
    if (try? grade()) != saved.grade { words += ["--grade", saved.grade.rawValue] }
    let options = saved.options
    let seeding = SeedingWords(
      catalog: saved.catalogReference == LoadedCatalog.stock ? nil : saved.catalogReference,
      organizations: options.organizations ?? [], adopted: options.adopted.map(\.description),
      acceptedOwn: options.acceptedOwn.map(\.description), prune: options.prune,
      overwrites: options.overwrites)
    words += seeding.all(isDeciding: isDeciding)
    return next(
      words.joined(separator: " "), about: .other(saved.platform.reference),
      readsInput: saved.catalogReference == "-")
  }
}

/// The options that decide a plan, as words of a command line.
private struct SeedingWords {
  /// The options that say what is compared.
  private let compared: [String]
  /// The options that decide.
  private let decisions: [String]

  init(
    catalog: String?, organizations: [String], adopted: [String], acceptedOwn: [String],
    prune: SeedOptions.Prune?, overwrites: Bool
  ) {
    compared =
      Self.words(SeedingOptions.catalog, catalog.map { [$0] } ?? [])
      + Self.words(SeedingOptions.organizations, organizations)
    decisions =
      Self.words(SeedingOptions.adopt, adopted)
      + Self.words(SeedingOptions.acceptOwn, acceptedOwn)
      + Self.words(SeedingOptions.prune, prune.map { [$0.rawValue] } ?? [])
      + (overwrites ? [SeedingOptions.overwrite.specification.typedName] : [])
  }

  /// All of them, or those that say what is compared.
  func all(isDeciding: Bool) -> [String] { compared + (isDeciding ? decisions : []) }

  /// Each value once, after its option.
  private static func words(_ option: any CommandOption, _ values: [String]) -> [String] {
    values.withoutRepetitions.flatMap { [option.specification.typedName, $0.shellQuoted] }
  }
}
