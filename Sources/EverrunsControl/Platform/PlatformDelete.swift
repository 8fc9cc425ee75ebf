import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `platform delete`.
enum PlatformDelete {
  private static let name = Argument.required(
    "NAME", .dynamic("saved-platform"), summary: "The saved definition")

  static let command = Command<ControlAction>(
    "delete", summary: "Delete a saved platform definition with all its revisions",
    discussion: """
      Asks on a terminal; otherwise --yes is required. Its revision numbers are never used again.
      """,
    arguments: [name], options: MutationOptions.all,
    examples: [
      Example("Delete a definition without confirmation", "everrunsctl platform delete acme --yes")
    ]
  ) { session in
    let name = session.arguments[name]
    guard !session.program.presets.contains(where: { $0.name == name }) else {
      throw ControlError.presetStays(name)
    }
    let store = try session.storeForReading()
    let saved = try store?.platforms() ?? []
    guard let platform = saved.first(where: { $0.name == name }) else {
      throw ControlError.notFound(
        noun: "saved platform", name: name, candidates: saved.map(\.name),
        next: session.listing("platform", about: .store))
    }
    let revisions = count(platform.revisionCount, "revision")
    let isActive = try session.isActive(name)
    try session.checkDryRun(.change)
    if !session.isDryRun {
      try session.confirm(
        "Delete '\(name)' with \(revisions) from store '\(try session.storeLocation())'?",
        typing: name)
      guard try session.storeForWriting().delete(name, change: session.change) else {
        throw ControlError.store(
          .superseded(name: name, seen: platform.latestRevision, latest: 0))
      }
    }
    if isActive, !session.isDryRun {
      session.note(
        "the default platform is now '\(try session.platformReference(session.arguments[GlobalOptions.platform]).reference)'"
      )
    }
    try session.write(
      json: [
        "platform": .string(name), "before": .string("\(name)@\(platform.latestRevision)"),
        "after": nil, "revisions": .integer(platform.revisionCount),
        "deleted": .bool(!session.isDryRun),
      ],
      text: session.isDryRun
        ? "Dry run: '\(name)' not deleted (\(revisions))\n"
        : "Deleted '\(name)' (\(revisions)).\n")
    return .success
  }
}

extension Session {
  /// Whether a saved definition, or a revision of it, is the default.
  fileprivate func isActive(_ name: String) throws -> Bool {
    guard let active = try storeForReading()?.activePlatform() else { return false }
    return PlatformReference(active, presets: program.presets.map(\.name))?.savedName == name
  }
}
