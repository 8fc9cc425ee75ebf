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
    next(
      ([command] + (isDeciding ? seedingWords : comparedWords) + more).joined(separator: " "),
      readsInput: arguments[SeedingOptions.catalog] == "-")
  }

  /// The options of this command line that affect decisions, as words for another command line.
  private var seedingWords: [String] {
    comparedWords
      + Self.words("--adopt", arguments[SeedingOptions.adopt])
      + Self.words("--accept-own", arguments[SeedingOptions.acceptOwn])
      + Self.words(arguments[SeedingOptions.prune], arguments[SeedingOptions.overwrite])
  }

  /// The options of this command line that say what is compared.
  private var comparedWords: [String] {
    Self.words(SeedingOptions.catalog.specification.typedName, arguments[SeedingOptions.catalog])
      + Self.words("--org", arguments[SeedingOptions.organizations])
  }

  /// Each value once, behind its option.
  private static func words(_ option: String, _ values: [String]) -> [String] {
    var given: Set<ExactText> = []
    return values.filter { given.insert(ExactText($0)).inserted }
      .flatMap { [option, $0.shellQuoted] }
  }

  private static func words(_ option: String, _ value: String?) -> [String] {
    words(option, value.map { [$0] } ?? [])
  }

  private static func words(_ prune: SeedOptions.Prune?, _ overwrites: Bool) -> [String] {
    words("--prune", prune?.rawValue) + (overwrites ? ["--overwrite"] : [])
  }

  /// The command that shows the current plan; `isDeciding` is whether the decisions of this run's
  /// options are part of it.
  func nextPreview(isDeciding: Bool = true) -> String {
    nextSeeding("seed preview", isDeciding: isDeciding)
  }

  /// The command that saves a plan again, with the options that it was saved with.
  ///
  /// - Parameters:
  ///   - saved: The plan.
  ///   - path: Its file.
  /// - Returns: The command line.
  func nextPlan(_ saved: SavedPlan, _ path: String) -> String {
    // Where it was read from standard input, its file is not known.
    var words =
      ["seed preview", "--out"] + (path == "-" ? ["FILE"] : [path.shellQuoted, "--force"])
    if (try? grade()) != saved.grade { words += ["--grade", saved.grade.rawValue] }
    if saved.catalogReference != LoadedCatalog.stock {
      words += Self.words(
        SeedingOptions.catalog.specification.typedName, saved.catalogReference)
    }
    let options = saved.options
    words += Self.words("--org", options.organizations ?? [])
    words += Self.words("--adopt", options.adopted.map(\.description))
    words += Self.words("--accept-own", options.acceptedOwn.map(\.description))
    words += Self.words(options.prune, options.overwrites)
    return next(
      words.joined(separator: " "), about: .other(saved.platform.reference),
      readsInput: saved.catalogReference == "-")
  }
}
