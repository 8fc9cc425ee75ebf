import CommandLineTree
import Everruns
import EverrunsSeeding
import EverrunsStore

/// What a program is made of, as its commands know it.
struct ProgramDescription: Sendable {
  /// The name of the program, as it is typed.
  let name: String
  let version: String
  /// The definitions that ship with it, the default first.
  let presets: [PlatformPreset]
  /// The program's own seed catalog; `nil` if it ships the stock one.
  let ownCatalog: SeedCatalog?
  /// The kinds of stores that it opens.
  let stores: StoreKinds
  /// The command line, from which parser, help, manual and completions derive.
  let tree: CommandTree<ControlAction>

  /// What seeding puts into the default organization, unless the command line names a file.
  var catalog: SeedCatalog { ownCatalog ?? .stock }
}
