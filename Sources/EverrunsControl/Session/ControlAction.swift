import CommandLineTree

/// What a command of the program does.
public struct ControlAction: Sendable {
  /// The formats in which it can write its result.
  let formats: [OutputFormat]
  let run: @Sendable (Session) throws -> ExitCode
}

extension Command where Action == ControlAction {
  /// A command that writes a result.
  init(
    _ name: String, aliases: [String] = [], summary: String, discussion: String = "",
    arguments: [any CommandArgument] = [], options: [any CommandOption] = [],
    exclusiveOptions: [[any CommandOption]] = [], examples: [Example] = [],
    exitCodes: [ExitCode] = [], formats: [OutputFormat] = [.text, .json, .yaml],
    run: @escaping @Sendable (Session) throws -> ExitCode
  ) {
    self.init(
      name, aliases: aliases, summary: summary, discussion: discussion, arguments: arguments,
      options: options + (formats.contains(.tsv) ? ListOptions.all : []),
      exclusiveOptions: exclusiveOptions, examples: examples,
      exitCodes: ExitCode.allCases.filter { ([.success, .usage] + exitCodes).contains($0) }
        .map { Int($0.rawValue) },
      action: ControlAction(formats: formats, run: run))
  }
}
