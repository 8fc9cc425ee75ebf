package import Everruns
package import Foundation

/// The definition that a server serves.
package struct ServedDefinition: Sendable {
  /// The definition, all of it data.
  package var definition: PlatformDefinition
  /// When the server started.
  package var since: Date

  /// A definition that is served since a time.
  package init(definition: PlatformDefinition, since: Date) {
    self.definition = definition
    self.since = since
  }
}
