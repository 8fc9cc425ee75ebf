import CommandLineTree
import Testing

@Suite struct ArgumentsTests {
  @Test func `empty arguments have nothing`() {
    let arguments = Arguments()
    #expect(!arguments[Shop.quiet])
    #expect(arguments[Shop.output] == .text)
    #expect(arguments[Shop.tags] == [])
    #expect(arguments[Shop.file] == nil)
    #expect(arguments[Shop.fruits] == [])
    #expect(arguments.origin(of: Shop.output) == .default)
  }

  @Test func `a set value is read`() {
    var arguments = Arguments()
    arguments[Shop.quiet] = true
    arguments[Shop.output] = .yaml
    arguments[Shop.tags] = ["a", "b"]
    arguments[Shop.store] = "corner"
    arguments[Shop.fruit] = "apple"
    arguments[Shop.file] = "f"
    arguments[Shop.numbers] = [1, 2]
    #expect(arguments[Shop.quiet])
    #expect(arguments[Shop.output] == .yaml)
    #expect(arguments[Shop.tags] == ["a", "b"])
    #expect(arguments[Shop.store] == "corner")
    #expect(arguments[Shop.fruit] == "apple")
    #expect(arguments[Shop.file] == "f")
    #expect(arguments[Shop.numbers] == [1, 2])
    #expect(arguments.isGiven(Shop.output))
    #expect(arguments.isGiven(Shop.quiet))
  }

  @Test func `a removed value is absent`() {
    var arguments = Arguments()
    arguments[Shop.quiet] = true
    arguments[Shop.limit] = 3
    arguments[Shop.tags] = ["a"]
    arguments[Shop.numbers] = [1]
    arguments[Shop.quiet] = false
    arguments[Shop.limit] = nil
    arguments[Shop.tags] = []
    arguments[Shop.numbers] = []
    #expect(arguments == Arguments())
  }

  @Test func `arguments with other values differ`() {
    var left = Arguments()
    var right = Arguments()
    left[Shop.limit] = 1
    #expect(left != right)
    right[Shop.limit] = 2
    #expect(left != right)
    right[Shop.limit] = 1
    #expect(left == right)
  }

  @Test func `an option of another type has no value`() {
    var arguments = Arguments()
    arguments[Shop.limit] = 1
    let other = Option.optional("limit", .text, summary: "Another option of the same name")
    #expect(arguments[other] == nil)
  }
}
