import CommandLineTree
import Everruns

/// What a program is made of, as its commands know it.
struct ProgramDescription: Sendable {
  /// The name of the program, as it is typed.
  let name: String
  let version: String
  /// The definitions that ship with it, the default first.
  let presets: [PlatformPreset]
  /// The command line, from which parser, help, manual and completions derive.
  let tree: CommandTree<ControlAction>
}
