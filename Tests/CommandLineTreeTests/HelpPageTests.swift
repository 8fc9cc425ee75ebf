import CommandLineTree
import Testing

@Suite struct HelpPageTests {
  @Test func `the page of the program shows commands, options and topics`() {
    #expect(
      Shop.tree.help() == """
        Keep a shop

        A shop has fruits, and they have prices. This paragraph is long enough to need
        more than one line of text.

          kept   as it is

        Examples:
          # List what is there
          shop fruits list

        Usage:
          shop COMMAND [options]

        Commands:
          fruits  Work with fruits
          stores  Work with stores
          status  Show how things are

        Global options:
          -o, --output FORMAT  How to print the result [values: text, json, yaml;
                               default: text; env: SHOP_OUTPUT, SHOP_ROBOT]
          -q, --quiet          Say less
          -v, --verbose        Say more
          -h, --help           Show this help
              --version        Show the version

        Topics:
          ripeness    When to eat what
          exit-codes  How it ends

        Run 'shop COMMAND --help' for more about a command.
        Documentation: https://shop.example/docs
        Manual: man shop

        """)
  }

  @Test func `the page of a group shows its aliases and commands`() {
    #expect(
      Shop.tree.help(for: ["fruit"]) == """
        Work with fruits

        Examples:
          # List the fresh ones as JSON
          shop fruits list --grade fresh -o json | jq .

        Usage:
          shop fruits COMMAND [options]

        Aliases:
          fruit, produce

        Commands:
          list    List the fruits
          show    Show one fruit
          pick    Pick fruits
          rename  Rename a fruit

        Global options: -o, -q, -v, -h, --version

        Run 'shop fruits COMMAND --help' for more about a command.
        Manual: man shop-fruits

        """)
  }

  @Test func `the page of a command shows its options by category`() {
    #expect(
      Shop.tree.help(for: ["fruits", "list"]) == """
        List the fruits

        Rotten ones come last.

        Examples:
          # List the fresh ones as JSON
          shop fruits list --grade fresh -o json | jq .

        Usage:
          shop fruits list [options]

        Filtering:
          -g, --grade GRADE  Only fruits of this grade [values: fresh, stale]
          -t, --tag TAG      Only fruits with this tag [repeatable]

        Options:
              --limit COUNT  Show at most this many fruits, so that a full basket stays
                             readable [default: all]

        Global options: -o, -q, -v, -h, --version

        Exit codes:
            0  done, or nothing to do
           64  usage error

        Run 'shop --help' for all commands and topics.
        Manual: man shop-fruits

        """)
  }

  @Test func `the page of a command shows its arguments`() {
    #expect(
      Shop.tree.help(for: ["fruits", "pick"]) == """
        Pick fruits

        Usage:
          shop fruits pick FRUIT... [options]

        Aliases:
          take

        Arguments:
          FRUIT...  The fruits

        Options:
          -n, --dry-run  Show what would change
              --detach   Leave its friends alone
              --cascade  Take its friends too
              --replacement REPLACEMENT
                         Put this there

        Global options: -o, -q, -v, -h, --version

        Run 'shop --help' for all commands and topics.
        Manual: man shop-fruits

        """)
  }

  @Test func `a narrow page breaks descriptions but no examples`() {
    #expect(
      Shop.tree.help(for: ["fruits", "list"], width: 50) == """
        List the fruits

        Rotten ones come last.

        Examples:
          # List the fresh ones as JSON
          shop fruits list --grade fresh -o json | jq .

        Usage:
          shop fruits list [options]

        Filtering:
          -g, --grade GRADE
                         Only fruits of this grade
                         [values: fresh, stale]
          -t, --tag TAG  Only fruits with this tag
                         [repeatable]

        Options:
              --limit COUNT
                         Show at most this many fruits, so
                         that a full basket stays readable
                         [default: all]

        Global options: -o, -q, -v, -h, --version

        Exit codes:
            0  done, or nothing to do
           64  usage error

        Run 'shop --help' for all commands and topics.
        Manual: man shop-fruits

        """)
  }

  @Test func `the command that shows topics is named`() {
    let tree = CommandTree(
      name: "prog", version: "1", summary: "Do things",
      commands: [Command("help", summary: "Show help", action: 0)],
      topics: [HelpTopic("life", summary: "Everything", text: "42")])
    let lines =
      "Run 'prog COMMAND --help' for more about a command.\nRun 'prog help TOPIC' for a topic.\n"
      + "Manual: man prog\n"
    #expect(tree.help().hasSuffix("\n\n" + lines))
  }

  @Test(arguments: [39, 0, -1, Int.min])
  func `a page is never narrower than forty columns`(width: Int) {
    #expect(Shop.tree.help(width: width) == Shop.tree.help(width: 40))
  }

  @Test func `a page has no greatest width`() {
    #expect(
      Shop.tree.help(width: .max).contains("This paragraph is long enough to need more than one"))
  }

  @Test func `the layout is the same with and without emphasis`() {
    let style = HelpStyle(
      heading: { "\u{1B}[1m\($0)\u{1B}[0m" }, literal: { "\u{1B}[36m\($0)\u{1B}[0m" })
    let page = Shop.tree.help(for: ["fruits", "pick"], style: style)
    #expect(
      page.contains(
        "\u{1B}[1mUsage:\u{1B}[0m\n  \u{1B}[36mshop fruits pick FRUIT... [options]\u{1B}[0m\n"))
    #expect(page.contains("  \u{1B}[36m-n, --dry-run\u{1B}[0m  Show what would change"))
    let plain = ["\u{1B}[1m", "\u{1B}[36m", "\u{1B}[0m"].reduce(page) { text, code in
      text.split(separator: code, omittingEmptySubsequences: false).joined()
    }
    #expect(plain == Shop.tree.help(for: ["fruits", "pick"]))
  }

  @Test func `an unknown path gives the deepest known command`() {
    #expect(Shop.tree.help(for: ["fruits", "bogus"]) == Shop.tree.help(for: ["fruits"]))
    #expect(Shop.tree.help(for: ["bogus"]) == Shop.tree.help())
  }

  @Test func `a topic is wrapped text`() {
    let topic = Shop.tree.topic(named: "ripeness")
    #expect(
      topic.map { Shop.tree.help(on: $0) } == """
        When to eat what

        Eat bananas when they are brown.

        """)
    #expect(Shop.tree.topic(named: "bogus") == nil)
  }

  @Test func `a topic can be the table of exit codes`() {
    let topic = Shop.tree.topic(named: "exit-codes")
    #expect(
      topic.map { Shop.tree.help(on: $0) } == """
        How it ends

        One of these:

            0  done, or nothing to do
            1  the fruit is rotten
           64  usage error

        """)
  }

  @Test func `help on a subject is the help on command or topic`() {
    let topic = Shop.tree.topics[0]
    #expect(Shop.tree.help(on: .topic(topic)) == Shop.tree.help(on: topic))
    #expect(Shop.tree.help(on: .command(["status"])) == Shop.tree.help(for: ["status"]))
  }

  @Test(arguments: [
    ([], "shop COMMAND [options]"),
    (["produce"], "shop fruits COMMAND [options]"),
    (["status"], "shop status [options]"),
    (["fruits", "show"], "shop fruits show FRUIT [options]"),
    (["fruits", "rename"], "shop fruits rename FRUIT [FILE] [options]"),
    (["fruits", "take"], "shop fruits pick FRUIT... [options]"),
    (["stores", "price"], "shop stores price --store STORE [PRICE]... [options]"),
  ])
  func `the usage line shows what is needed`(path: [String], usage: String) {
    #expect(Shop.tree.usage(for: path) == usage)
  }

  @Test func `the invitation names the command`() {
    #expect(Shop.tree.helpInvitation(for: []) == "run 'shop --help' for help")
    #expect(Shop.tree.helpInvitation(for: ["fruit"]) == "run 'shop fruits --help' for help")
  }
}
