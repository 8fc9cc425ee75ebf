import CommandLineTree
import Everruns

/// The noun `drivers`.
enum DriversCommands {
  static var noun: Command<ControlAction> { ComponentCommands<DriverDescriptor>.noun }
}
