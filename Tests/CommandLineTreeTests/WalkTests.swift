import CommandLineTree
import Testing

@Suite struct WalkTests {
  @Test func `all commands are walked in the order of definition`() {
    #expect(
      Shop.tree.allCommands.map { $0.path.joined(separator: " ") } == [
        "fruits", "fruits list", "fruits show", "fruits pick", "fruits rename", "stores",
        "stores list", "stores price", "stores open", "status",
      ])
  }

  @Test func `each command is at the end of its path`() {
    for place in Shop.tree.allCommands {
      #expect(place.command.name == place.path.last)
      #expect(Shop.tree.command(at: place.path)?.summary == place.command.summary)
    }
  }

  @Test func `commands are found by alias and only in their group`() {
    #expect(Shop.tree.command(at: ["fruit", "take"])?.name == "pick")
    #expect(Shop.tree.command(at: []) == nil)
    #expect(Shop.tree.command(at: ["pick"]) == nil)
    #expect(Shop.tree.command(at: ["status", "pick"]) == nil)
  }

  @Test func `help and version are the last global options`() {
    #expect(
      Shop.tree.globalOptions.map(\.specification.typedName) == [
        "--output", "--quiet", "--verbose", "--help", "--version",
      ])
  }
}
