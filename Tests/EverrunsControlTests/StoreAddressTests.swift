import EverrunsControl
import EverrunsStore
import Testing

/// The store of a command may be on a server, whose address holds a password.
@Suite struct StoreAddressTests {
  private let address = "postgres://ann:secret@host/db"

  @Test(arguments: ["text", "json"])
  func `a store in PostgreSQL needs the trait PostgreSQL`(format: String) {
    let run = run("store", "info", "-s", address, "-o", format)
    #expect(run.exitCode == .usage)
    #expect(run.output == "")
    #expect(
      run.errorOutput
        == (format == "text"
          ? """
          error: this program was built without the trait PostgreSQL, which the store \
          'postgres://ann:***@host/db' needs
          hint: name the path of a store, such as store.db

          """
          : """
          {
            "error": {
              "code": "usage",
              "message": "this program was built without the trait PostgreSQL, which the store \
          'postgres://ann:***@host/db' needs",
              "hint": "name the path of a store, such as store.db",
              "exit_code": 64
            }
          }

          """))
  }

  @Test func `the environment may name an address as well`() {
    let variable = run("seed", "preview", environment: ["EVERRUNS_STORE": address])
    #expect(variable == run("seed", "preview", "-s", address))
    #expect(variable.exitCode == .usage)
  }

  @Test func `a program without any kind of store refuses every location`() {
    let run = run("store", "init", "-s", "/nonexistent/store.db", control: Control(stores: []))
    #expect(run.exitCode == .usage)
    #expect(
      run.errorOutput.hasPrefix(
        "error: this program cannot open stores such as '/nonexistent/store.db'\n"))
  }

  @Test(arguments: [
    ["store", "info", "-s", "postgres://ann:secret@host/db"],
    ["store", "inof", "--store=postgres://ann:secret@host/db"],
    ["store", "info", "-qspostgres:ann:secret@host/db", "--verboose"],
    ["store", "info", "postgres://ann:secret@host/db"],
    ["store", "info", "--quiet=postgres://ann:secret@host/db"],
    ["postgres://ann:secret@host/db"],
    ["store", "history", "-s", "postgres://ann:secret", "--limit", "postgres://ann:secret"],
    ["store", "info", "-s", "host=h password=secret"],
    ["store", "info", "-shost=h sslpassword = 'a secret' dbname=x"],
    ["store", "info", "--store=password=secret", "--verboose"],
    ["store", "info", "-s", "postgres://ann:%70%secret@host/db"],
    ["store", "info", "-s", "postgres://host/db?user=ann&p%61ssword=secret"],
    ["platform", "show", "postgres://ann:secret@host/db"],
    ["platform", "import", "postgres://ann:secret@host/db"],
    ["seed", "why", "postgres://ann:secret@host/" + String(repeating: "x", count: 100)],
    [
      "capabilities", "show",
      "postgres://ann:secret" + String(repeating: "x", count: 100) + "@host",
    ],
  ])
  func `no message shows a password`(words: [String]) {
    for words in [words, words + ["-o", "json"], words + ["-v", "-o", "yaml"]] {
      let run = run(words: words)
      #expect(run.exitCode != .success)
      #expect(!run.errorOutput.contains("secret"), "\(run.errorOutput)")
      #expect(!run.output.contains("secret"))
    }
  }
}
