import CommandLineTree
import Everruns
import EverrunsSeeding
import EverrunsStore

/// The parts of a program that its commands need.
struct ProgramDescription: Sendable {
  /// The name of the program, as typed.
  let name: String
  let version: String
  /// The presets of the program, the default first.
  let presets: [PlatformPreset]
  /// The program's own seed catalog; `nil` if it ships the stock one.
  let ownCatalog: SeedCatalog?
  /// The kinds of stores.
  let stores: StoreKinds
  /// The command line, from which parser, help, manual and completions derive.
  let tree: CommandTree<ControlAction>

  /// The seed catalog of the default organization, unless the command line names a file.
  var catalog: SeedCatalog { ownCatalog ?? .stock }
}
