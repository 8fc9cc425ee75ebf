import CommandLineTree

/// A small program that has one of everything, for the tests to run.
enum Shop {
  /// What the commands of the program would do.
  enum Job: Sendable, Equatable {
    case list, show, pick, rename, price, open, status
  }

  enum Format: String, CommandLineChoice {
    case text, json, yaml
    var choiceSummary: String { "Print \(rawValue)" }
  }

  enum Grade: String, CommandLineChoice {
    case fresh, stale
    var choiceSummary: String { "" }
  }

  static let quiet = Option.flag("quiet", short: "q", summary: "Say less")
  static let verbose = Option.flag("verbose", short: "v", summary: "Say more")
  static let output = Option.defaulted(
    "output", short: "o", .choice(Format.self), default: .text, valueName: "FORMAT",
    summary: "How to print the result",
    environment: [
      .substitute("SHOP_OUTPUT", summary: "How to print the result, as --output"),
      .deciding("SHOP_ROBOT", summary: "Set to 1, the result is JSON") { $0 == "1" ? .json : nil },
    ])

  static let filtering = OptionCategory("Filtering")
  static let grade = Option.optional(
    "grade", short: "g", .choice(Grade.self, aliases: ["old": .stale], ignoringCase: true),
    summary: "Only fruits of this grade", category: filtering)
  static let tags = Option.list(
    "tag", short: "t", .text, summary: "Only fruits with this tag", category: filtering)
  static let limit = Option.optional(
    "limit", .integer(in: 1...100), valueName: "COUNT",
    summary: "Show at most this many fruits, so that a full basket stays readable",
    absence: "all")
  static let dryRun = Option.flag("dry-run", short: "n", summary: "Show what would change")
  static let detach = Option.flag("detach", summary: "Leave its friends alone")
  static let cascade = Option.flag("cascade", summary: "Take its friends too")
  static let replacement = Option.optional(
    "replacement", .dynamic("fruits"), summary: "Put this there")
  static let store = Option.required("store", short: "s", .dynamic("stores"), summary: "The store")

  static let fruit = Argument.required("FRUIT", .dynamic("fruits"), summary: "The fruit")
  static let fruits = Argument.list("FRUIT", .dynamic("fruits"), summary: "The fruits")
  static let file = Argument.optional(
    "FILE", .file(extensions: ["json"]), summary: "The new label, standard input without it")
  static let numbers = Argument.list(
    "PRICE", .integer(in: 1...Int.max), mayBeEmpty: true, summary: "The prices, in cents")
  static let when = Argument.optional("GRADE", .choice(Grade.self), summary: "The grade to open at")

  static let tree = CommandTree<Job>(
    name: "shop", version: "1.2.3", summary: "Keep a shop",
    discussion: """
      A shop has fruits, and they have prices. This paragraph is long enough to need more than
      one line of text.

        kept   as it is
      """,
    examples: [Example("List what is there", "shop fruits list")],
    globalOptions: [output, quiet, verbose],
    commands: [fruitCommands, storeCommands, status],
    topics: [
      HelpTopic("ripeness", summary: "When to eat what", text: "Eat bananas when\nthey are brown."),
      HelpTopic(exitCodes: "exit-codes", summary: "How it ends", introduction: "One of these:"),
    ],
    exitCodes: [
      ExitCodeDescription(0, "done, or nothing to do"),
      ExitCodeDescription(1, "the fruit is rotten"),
      ExitCodeDescription(64, "usage error"),
    ],
    documentationAddress: "https://shop.example/docs")

  private static let fruitCommands = Command<Job>(
    "fruits", aliases: ["fruit", "produce"], summary: "Work with fruits",
    subcommands: [
      Command(
        "list", summary: "List the fruits", discussion: "Rotten ones come last.",
        options: [grade, tags, limit],
        examples: [
          Example("List the fresh ones as JSON", "shop fruits list --grade fresh -o json | jq .")
        ],
        exitCodes: [0, 64], action: .list),
      Command("show", summary: "Show one fruit", arguments: [fruit], action: .show),
      Command(
        "pick", aliases: ["take"], summary: "Pick fruits", arguments: [fruits],
        options: [dryRun, detach, cascade, replacement],
        exclusiveOptions: [[detach, cascade, replacement]], action: .pick),
      Command(
        "rename", summary: "Rename a fruit", arguments: [fruit, file], options: [dryRun],
        action: .rename),
    ])

  private static let storeCommands = Command<Job>(
    "stores", aliases: ["store"], summary: "Work with stores",
    subcommands: [
      Command("list", summary: "List the stores", action: .list),
      Command(
        "price", summary: "Set prices", arguments: [numbers], options: [store], action: .price),
      Command("open", summary: "Open the store", arguments: [when], action: .open),
    ])

  private static let status = Command<Job>(
    "status", summary: "Show how things are", action: .status)
}

extension Outcome where Action == Shop.Job {
  /// A command to be run, with arguments that are filled in.
  static func run(
    _ action: Action, _ path: String, fill: (inout Arguments) -> Void = { _ in }
  ) -> Self {
    var arguments = Arguments()
    fill(&arguments)
    let words = path.split(separator: " ").map(String.init)
    return .run(Invocation(path: words, action: action, arguments: arguments))
  }
}

/// Reads a line whose words are separated by single blanks, without any quoting.
func parse(_ line: String) throws(ParseFailure) -> Outcome<Shop.Job> {
  try Shop.tree.parse(words(line))
}

/// The failure to read a line, or `nil` if it can be read.
func failure(_ line: String) -> ParseFailure? {
  failure(words(line))
}

/// The failure to read words, or `nil` if they can be read.
func failure(_ words: [String]) -> ParseFailure? {
  do throws(ParseFailure) {
    _ = try Shop.tree.parse(words)
    return nil
  } catch {
    return error
  }
}

/// A problem with a command, and what was understood beside it.
func problem(
  _ problem: UsageError.Problem, in path: String = "", fill: (inout Arguments) -> Void = { _ in }
) -> ParseFailure {
  var arguments = Arguments()
  fill(&arguments)
  return ParseFailure(
    error: UsageError(problem, commandPath: words(path)), arguments: arguments)
}

private func words(_ line: String) -> [String] {
  line.isEmpty
    ? [] : line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
}
