import CommandLineTree
import Everruns

/// The noun `providers`.
enum ProvidersCommands {
  static var noun: Command<ControlAction> { ComponentCommands<ConnectionProviderDescriptor>.noun }
}
