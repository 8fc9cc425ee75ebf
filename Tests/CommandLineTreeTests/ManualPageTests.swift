import CommandLineTree
import Testing

@Suite struct ManualPageTests {
  @Test func `a page has its sections in the usual order`() {
    let page = ManualPage(
      name: "shop", section: 1, summary: "Keep a shop", date: "January 31, 2026",
      source: "shop 1.2.3",
      parts: [
        .init("SEE ALSO", [.references([.init("a", 1), .init("b", 5)])]), .init("FILES", []),
        .init("DESCRIPTION", [.text("One. Two --three.\n\n  kept  as\n  it is")]),
      ])
    #expect(page.fileName == "shop.1")
    #expect(
      page.text == #"""
        .Dd January 31, 2026
        .Dt SHOP 1
        .Os shop 1.2.3
        .Sh NAME
        .Nm shop
        .Nd keep a shop
        .Sh DESCRIPTION
        One.
        Two \-\-three.
        .Bd -literal -offset indent
        kept  as
        it is
        .Ed
        .Sh SEE ALSO
        .Xr a 1 ,
        .Xr b 5

        """#)
  }

  @Test(arguments: [
    (".Sh is no request", #"\&.Sh is no request"#), ("'quoted'", #"\%'quoted'"#),
    (#"a\b"#, #"a\eb"#), ("-n does", #"\-n does"#),
  ])
  func `a line of text is never a request`(text: String, line: String) {
    #expect(lines(.text(text)).last == line)
  }

  @Test(arguments: [
    (ManualTerm.Kind.literal("Ar"), #".It Cm \&Ar"#), (.literal("."), #".It Cm \&."#),
    (.literal("two words"), #".It Cm "two words""#), (.placeholder("FILE"), ".It Ar FILE"),
    (.variable("HOME"), ".It Ev HOME"), (.path("~/x"), ".It Pa ~/x"),
    (.reference(.init("man", 1)), ".It Xr man 1"),
    (
      .option(forms: ["-d", "--dry-run"], value: "N"), #".It Fl d , Fl Fl dry\-run Ar N"#
    ),
  ])
  func `each kind of term has its markup`(kind: ManualTerm.Kind, line: String) {
    #expect(lines(.terms([ManualTerm(kind, "It.")])).dropLast(2).last == line)
  }

  private func lines(_ block: ManualBlock) -> [String] {
    ManualPage(
      name: "x", section: 1, summary: "X", date: "January 1, 2026", source: "x",
      parts: [.init("DESCRIPTION", [block])]
    ).text.split(separator: "\n").map(String.init)
  }

  @Test func `a program has a page, and each of its groups has one`() {
    let pages = Shop.tree.manualPages(date: "January 31, 2026")
    #expect(pages.map(\.fileName) == ["shop.1", "shop-fruits.1", "shop-stores.1"])
    #expect(
      pages[2].text.contains(
        """
        .Sh SYNOPSIS
        .Nm shop Cm stores list
        .Nm shop Cm stores price
        .Fl Fl store Ar STORE
        .Op Ar PRICE ...
        .Nm shop Cm stores open
        .Op Ar GRADE
        """))
  }
}
