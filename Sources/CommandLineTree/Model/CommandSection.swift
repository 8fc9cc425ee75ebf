/// Commands of the program that belong together, as the help of the program lists them.
package struct CommandSection: Sendable, Hashable {
  /// What they have in common, as a heading.
  package let title: String
  /// Their names.
  package let commands: [String]

  /// Groups commands.
  ///
  /// - Parameters:
  ///   - title: What they have in common, as a heading.
  ///   - commands: Their names, in order.
  package init(_ title: String, _ commands: [String]) {
    self.title = title
    self.commands = commands
  }
}
