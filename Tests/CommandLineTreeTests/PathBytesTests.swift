import Messages
import Testing

@testable import CommandLineTree

@Suite struct PathBytesTests {
  private static let file = Option.optional("to", .file(), summary: "The file")
  private static let reference = Option.optional(
    "ref", .dynamic("refs", orFile: ["json"]), summary: "The reference")
  private static let id = Option.optional("id", .dynamic("ids"), summary: "The id")
  private static let change = Option.optional(
    "set", .assignment("fields"), summary: "The change")
  private static let setting = Option.optional(
    "setting", .assignment("settings", orFile: false), summary: "The setting")
  private static let name = Argument.optional("NAME", .text, summary: "The name")
  private static let tree = CommandTree(
    name: "try", version: "1", summary: "A try", globalOptions: [],
    commands: [
      Command(
        "run", summary: "Run", arguments: [name], options: [file, reference, id, change, setting],
        action: 1)
    ], topics: [], exitCodes: [])

  private func arguments(_ words: [UInt8]...) throws -> Arguments {
    let outcome = try Self.tree.parse(["run"] + words.map { String(keeping: $0) })
    guard case .run(let invocation) = outcome else { throw ValueError.empty }
    return invocation.arguments
  }

  private let bytes: [UInt8] = [0x78, 0xFF, 0x2E, 0x64, 0x62]

  @Test func `a path keeps bytes that are not UTF-8`() throws {
    let separate = try arguments(Array("--to".utf8), bytes)
    #expect(separate[Self.file]?.keptBytes == bytes)
    let joined = try arguments(Array("--to=".utf8) + bytes)
    #expect(joined[Self.file]?.keptBytes == bytes)
    let reference = try arguments(Array("--ref=".utf8) + bytes)
    #expect(reference[Self.reference]?.keptBytes == bytes)
  }

  @Test func `the file of an assignment keeps its bytes, and any other value is UTF-8`() throws {
    let file = try arguments(Array("--set=text=@".utf8) + bytes)
    #expect(file[Self.change]?.keptBytes == Array("text=@".utf8) + bytes)
    for beginning in ["--set=text=", "--set=text=@@", "--set=@", "--setting=text=@"] {
      #expect(throws: ParseFailure.self) { try arguments(Array(beginning.utf8) + bytes) }
    }
    #expect(try arguments(Array("--set=text=\u{10FFFF}".utf8))[Self.change] == "text=\u{10FFFF}")
  }

  @Test func `any other value must be UTF-8`() {
    let word = String(keeping: bytes)
    #expect(
      throws: UsageError(
        .invalidValue(.option("--id"), text: word, .notUTF8), commandPath: ["run"])
    ) {
      do { _ = try arguments(Array("--id=".utf8) + bytes) } catch let error as ParseFailure {
        throw error.error
      }
    }
    #expect(
      UsageError(.invalidValue(.argument("NAME"), text: word, .notUTF8), commandPath: []).message
        == #"NAME must be UTF-8, not 'x\xff.db'"#)
  }

  @Test func `a private-use character in a text is text`() throws {
    let text = "a\u{10FFFF}"
    #expect(try arguments(Array(text.utf8))[Self.name] == text)
  }
}
