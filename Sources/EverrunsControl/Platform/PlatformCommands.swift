import CommandLineTree
import Everruns

/// The noun `platform`.
enum PlatformCommands {
  static var noun: Command<ControlAction> {
    Command(
      "platform", aliases: ["platforms"],
      summary: "Platform definitions: presets, saved definitions and files",
      subcommands: [
        PlatformList.command, PlatformShow.command, PlatformExport.command,
        PlatformValidate.command, PlatformDiff.command, PlatformGraphCommand.command,
        PlatformCreate.command, PlatformImport.command, PlatformMerge.command,
        PlatformUpgrade.command, PlatformPatch.command,
        PlatformUse.command, PlatformHistory.command, PlatformRollback.command,
        PlatformDelete.command, PlatformSchema.command,
      ])
  }

  /// The definition that the command is about.
  static let reference = Argument.optional(
    "REF", .platformReference, summary: "The platform definition")
}
