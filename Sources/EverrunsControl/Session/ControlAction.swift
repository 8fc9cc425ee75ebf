import CommandLineTree
import EverrunsStore

/// The action of a command.
public struct ControlAction: Sendable {
  /// The supported output formats.
  let formats: [OutputFormat]
  /// The columns of the list that the command writes.
  var columns = ListColumns.none
  let run: @Sendable (Session) throws -> ExitCode
}

extension Command where Action == ControlAction {
  /// Creates a command that writes a result.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - aliases: Other names.
  ///   - summary: A summary in one line, without a full stop.
  ///   - discussion: The paragraphs after the summary in the help.
  ///   - arguments: The arguments, in order.
  ///   - options: The options, besides the global ones.
  ///   - exclusiveOptions: Groups of options of which only one can be given.
  ///   - dependentOptions: The options that have an effect only together with another one, each
  ///     with that one.
  ///   - examples: The examples of the help.
  ///   - input: What it reads.
  ///   - exitCodes: The possible exit codes, besides those that follow from its options and from
  ///     what it reads.
  ///   - formats: The output formats; `tsv` adds the options of lists.
  ///   - columns: The columns of the list that it writes, for completion.
  ///   - run: Runs the command, writes its result, and returns the exit code.
  init(
    _ name: String, aliases: [String] = [], summary: String, discussion: String = "",
    arguments: [any CommandArgument] = [], options: [any CommandOption] = [],
    exclusiveOptions: [[any CommandOption]] = [],
    dependentOptions: [(option: any CommandOption, needs: any CommandOption)] = [],
    examples: [Example] = [], input: CommandInput = .store,
    exitCodes: [ExitCode] = [], formats: [OutputFormat] = [.text, .json, .yaml],
    columns: ListColumns = .none,
    run: @escaping @Sendable (Session) throws -> ExitCode
  ) {
    let possible =
      ExitCode.ofEveryCommand + exitCodes + options.flatMap(ExitCode.following)
      + input.exitCodes
    self.init(
      name, aliases: aliases, summary: summary, discussion: discussion, arguments: arguments,
      options: options + (formats.contains(.tsv) ? ListOptions.all : []),
      exclusiveOptions: exclusiveOptions, dependentOptions: dependentOptions, examples: examples,
      exitCodes: ExitCode.allCases.filter(possible.contains).map { Int($0.rawValue) },
      action: ControlAction(formats: formats, columns: columns, run: run))
  }
}

/// What a command reads.
enum CommandInput {
  /// Nothing but its arguments.
  case nothing
  /// A file.
  case file
  /// The store, and definitions of any kind.
  case store

  /// The exit codes that reading makes possible: what is read can be missing, damaged or forbidden, a
  /// name in a store can be unknown, and a store can be busy, and be waited for in vain.
  fileprivate var exitCodes: [ExitCode] {
    switch self {
    case .nothing: []
    case .file: [.badInput, .noInput, .permissionDenied]
    case .store: Self.file.exitCodes + [.failure, .busy, .interrupted]
    }
  }
}

extension ExitCode {
  /// Any command line can be invalid, and any output can fail.
  fileprivate static let ofEveryCommand: [ExitCode] = [.success, .usage, .inputOutput]

  /// The exit codes that an option makes possible.
  fileprivate static func following(from option: any CommandOption) -> [ExitCode] {
    switch option.specification.name {
    // Every command that writes has this option.
    case MutationOptions.dryRun.specification.name: [.failure, .cannotCreate, .interrupted]
    // A file that another program has locked is waited for.
    case "force": [.interrupted]
    case "exit-code": [.differences]
    default: []
    }
  }
}
