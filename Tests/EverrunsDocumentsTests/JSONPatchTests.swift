import Testing

@testable import EverrunsDocuments

@Suite struct JSONPatchTests {
  // MARK: Applying

  /// The examples of RFC 6902, appendix A, and what they come to.
  @Test(arguments: [
    (
      #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#,
      #"{"foo":"bar","baz":"qux"}"#
    ),
    (
      #"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
      #"{"foo":["bar","qux","baz"]}"#
    ),
    (#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
    (
      #"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#,
      #"{"foo":["bar","baz"]}"#
    ),
    (
      #"{"baz":"qux","foo":"bar"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
      #"{"baz":"boo","foo":"bar"}"#
    ),
    (
      #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
      #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
      #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
    ),
    (
      #"{"foo":["all","grass","cows","eat"]}"#, #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
      #"{"foo":["all","cows","eat","grass"]}"#
    ),
    (
      #"{"baz":"qux","foo":["a",2,"c"]}"#,
      #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
      #"{"baz":"qux","foo":["a",2,"c"]}"#
    ),
    (
      #"{"foo":"bar"}"#, #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
      #"{"foo":"bar","child":{"grandchild":{}}}"#
    ),
    (
      #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux","xyz":123}]"#,
      #"{"foo":"bar","baz":"qux"}"#
    ),
    (#"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#),
    (
      #"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
      #"{"foo":["bar",["abc","def"]]}"#
    ),
    (
      #"{"a":1}"#, #"[{"op":"add","path":"","value":[1]},{"op":"replace","path":"","value":[2]}]"#,
      "[2]"
    ),
    (
      #"{"a":{"b":1}}"#,
      #"[{"op":"copy","from":"/a","path":"/c"},{"op":"move","from":"/c","path":"/c"}]"#,
      #"{"a":{"b":1},"c":{"b":1}}"#
    ),
    (
      #"{"a":[1.50,{"x":1,"y":2}]}"#,
      #"[{"op":"test","path":"/a","value":[15e-1,{"y":2.0,"x":1}]}]"#,
      #"{"a":[1.50,{"x":1,"y":2}]}"#
    ),
    (#"{"":{"":1}}"#, #"[{"op":"replace","path":"//","value":2}]"#, #"{"":{"":2}}"#),
    (#"{"a":1}"#, "[]", #"{"a":1}"#),
  ])
  func `operations do what the RFC says`(before: String, patch: String, after: String) throws {
    #expect(try apply(patch, to: before).canonicalJSON == after)
  }

  @Test(arguments: [
    (
      #"[{"op":"remove","path":"/none"}]"#,
      "operation 1, remove '/none': path '/none' does not exist"
    ),
    (
      #"[{"op":"replace","path":"/none","value":1}]"#,
      "operation 1, replace '/none': path '/none' does not exist"
    ),
    (
      #"[{"op":"add","path":"/none/a","value":1}]"#,
      "operation 1, add '/none/a': path '/none' does not exist"
    ),
    (
      #"[{"op":"test","path":"/s","value":"t"}]"#,
      #"operation 1, test '/s': expected "t", found "text""#
    ),
    (
      #"[{"op":"test","path":"/n","value":"1"}]"#,
      #"operation 1, test '/n': expected "1", found 1"#
    ),
    (
      #"[{"op":"add","path":"/a/3","value":1}]"#,
      "operation 1, add '/a/3': index 3 is out of range: '/a' has 2 entries"
    ),
    (
      #"[{"op":"remove","path":"/a/2"}]"#,
      "operation 1, remove '/a/2': index 2 is out of range: '/a' has 2 entries"
    ),
    (
      #"[{"op":"test","path":"/a/1e0/name","value":1}]"#,
      "operation 1, test '/a/1e0/name': '1e0' is not an index: '/a' is an array of 2 entries"
    ),
    (
      #"[{"op":"replace","path":"/a/7/name","value":1}]"#,
      "operation 1, replace '/a/7/name': index 7 is out of range: '/a' has 2 entries"
    ),
    (
      #"[{"op":"remove","path":"/a/-"}]"#,
      "operation 1, remove '/a/-': '-' is not an index: '/a' is an array of 2 entries"
    ),
    (
      #"[{"op":"remove","path":"/a/01"}]"#,
      "operation 1, remove '/a/01': '01' is not an index: '/a' is an array of 2 entries"
    ),
    (
      #"[{"op":"remove","path":"/a/-1"}]"#,
      "operation 1, remove '/a/-1': '-1' is not an index: '/a' is an array of 2 entries"
    ),
    (
      #"[{"op":"remove","path":""}]"#,
      "operation 1, remove '': the whole document cannot be removed"
    ),
    (
      #"[{"op":"add","path":"/s/x","value":1}]"#,
      "operation 1, add '/s/x': '/s/x' leads through something that is neither an object nor an array"
    ),
    (
      #"[{"op":"test","path":"/a/1e0/name","value":1}]"#,
      "operation 1, test '/a/1e0/name': '1e0' is not an index: '/a' is an array of 2 entries"
    ),
    (
      #"[{"op":"replace","path":"/a/x/name","value":1}]"#,
      "operation 1, replace '/a/x/name': 'x' is not an index: '/a' is an array of 2 entries"
    ),
    (
      #"[{"op":"test","path":"/n","value":1e-9223372036854775808}]"#,
      "operation 1, test '/n': expected 1e-9223372036854775808, found 1"
    ),
    (
      #"[{"op":"move","from":"/o","path":"/o/x"}]"#,
      "operation 1, move '/o/x': a value cannot be moved into itself"
    ),
    (
      #"[{"op":"test","path":"/n","value":1},{"op":"copy","from":"/x","path":"/y"}]"#,
      "operation 2, copy '/y': path '/x' does not exist"
    ),
    (
      #"[{"op":"test","path":"/big","value":1e-99999999999999999999}]"#,
      "operation 1, test '/big': expected 1e-99999999999999999999, found 1e99999999999999999999"
    ),
  ])
  func `an impossible operation is named with its number`(
    patch: String, message: String
  ) throws {
    let document = #"{"s":"text","n":1,"a":[1,2],"o":{},"big":1e99999999999999999999}"#
    #expect {
      try apply(patch, to: document)
    } throws: {
      ($0 as? JSONPatchError)?.message == message
    }
  }

  @Test func `keys that differ in normalization are different places`() throws {
    let moved = try apply(
      #"[{"op":"move","from":"/caf\u00e9","path":"/cafe\u0301"}]"#, to: #"{"caf\u00e9":{"x":1}}"#)
    #expect(moved == .object(["cafe\u{301}": ["x": 1]]))
    let inner = try apply(
      #"[{"op":"move","from":"/caf\u00e9","path":"/cafe\u0301/z"}]"#,
      to: #"{"caf\u00e9":1,"cafe\u0301":{}}"#)
    #expect(inner == .object(["cafe\u{301}": ["z": 1]]))
  }

  @Test func `members of a large object are removed and added again in order`() throws {
    var object = JSONObject((0..<100).map { ("k\($0)", .integer($0)) })
    for index in 0..<99 where index % 3 != 0 { object["k\(index)"] = nil }
    object["k1"] = 1
    object["k3"] = nil
    let expected = (0..<100).filter { ($0 % 3 == 0 || $0 == 99) && $0 != 3 } + [1]
    #expect(object.members.map(\.key) == expected.map { "k\($0)" })
    #expect(object.count == expected.count)
    #expect(object["k2"] == nil && object["k99"] == 99)
    #expect(object == JSONObject(expected.map { ("k\($0)", .integer($0)) }))
  }

  @Test func `copying a value into itself repeatedly is bounded`() throws {
    let copies = Array(repeating: #"{"op":"copy","from":"/a","path":"/a/-"}"#, count: 60)
    let start = ContinuousClock.now
    #expect(throws: JSONPatchError.self) {
      try apply("[" + copies.joined(separator: ",") + "]", to: #"{"a":[1]}"#)
    }
    #expect(start.duration(to: .now) < .seconds(20))
  }

  @Test(arguments: [
    ("{}", ["the document must be an array, not an object"]),
    (
      #"[1, {"op":"ad","path":""}, {"op":"add","path":"x","value":1}, {"op":"add"}]"#,
      [
        "'/0' must be an object, not a number",
        "'op' must be 'add', 'remove', 'replace', 'move', 'copy' or 'test', not 'ad'",
        "'x' is not a JSON pointer", "the operation has no 'path'", "the operation has no 'value'",
      ]
    ),
    (
      #"[{"op":"move","path":"/a~2","from":1}]"#,
      [
        "'/a~2' is not a JSON pointer", "'from' must be a string, not a number",
      ]
    ),
  ])
  func `all problems of a patch are reported together`(
    text: String, messages: [String]
  ) throws {
    let node = try JSONReader.read(text.utf8)
    #expect {
      try JSONPatch(reading: node)
    } throws: { error in
      (error as? DocumentRefusal)?.diagnostics.map(\.message) == messages
    }
  }

  // MARK: Making

  @Test(arguments: [
    (
      #"{"tags":["a","b","c"]}"#, #"{"tags":["c","a","b"]}"#,
      #"[{"op":"test","path":"/tags/2","value":"c"},{"op":"test","path":"/tags/0","value":"a"},{"op":"move","from":"/tags/2","path":"/tags/0"}]"#
    ),
    (
      #"[{"id":"a","x":1},{"id":"b","x":1}]"#, #"[{"id":"b","x":2}]"#,
      #"[{"op":"test","path":"/0/id","value":"a"},{"op":"remove","path":"/0"},{"op":"test","path":"/0/id","value":"b"},{"op":"replace","path":"/0/x","value":2}]"#
    ),
    (#"["a","a"]"#, #"["a"]"#, #"[{"op":"replace","path":"","value":["a"]}]"#),
    (
      #"{"a/b":1,"c~":1}"#, #"{"a/b":1.0}"#,
      #"[{"op":"remove","path":"/c~0"},{"op":"replace","path":"/a~1b","value":1.0}]"#
    ),
    (
      #"[{"ref":"a","config":{"x":1}}]"#,
      #"[{"ref":"b","config":{}},{"ref":"a","config":{"x":1,"y":2}}]"#,
      #"[{"op":"test","path":"/0/ref","value":"a"},{"op":"add","path":"/0","value":{"ref":"b","config":{}}},{"op":"test","path":"/1/ref","value":"a"},{"op":"add","path":"/1/config/y","value":2}]"#
    ),
    (#"{"p":null}"#, #"{"p":"x"}"#, #"[{"op":"replace","path":"/p","value":"x"}]"#),
    (
      #"[1,2,3]"#, "[3,2,1]",
      #"[{"op":"test","path":"/2","value":3},{"op":"test","path":"/0","value":1},{"op":"move","from":"/2","path":"/0"},{"op":"test","path":"/2","value":2},{"op":"test","path":"/1","value":1},{"op":"move","from":"/2","path":"/1"}]"#
    ),
    (
      #"[{"id":"a","uses":[{"ref":"x","n":1}]}]"#,
      #"[{"id":"a","uses":[{"ref":"x","n":2}]},{"id":"b"}]"#,
      #"[{"op":"test","path":"/0/id","value":"a"},{"op":"test","path":"/0/uses/0/ref","value":"x"},{"op":"replace","path":"/0/uses/0/n","value":2},{"op":"test","path":"/0/id","value":"a"},{"op":"add","path":"/1","value":{"id":"b"}}]"#
    ),
    (
      #"[{"id":"a","tags":["t","t"]}]"#, #"[{"id":"a","tags":[]}]"#,
      #"[{"op":"test","path":"/0/id","value":"a"},{"op":"replace","path":"/0/tags","value":[]}]"#
    ),
    (
      #"[{"id":"a"}]"#, #"[{"ref":"a"}]"#,
      #"[{"op":"test","path":"/0/id","value":"a"},{"op":"remove","path":"/0"},{"op":"add","path":"/0","value":{"ref":"a"}}]"#
    ),
  ])
  func `a patch changes only what differs`(before: String, after: String, patch: String) throws {
    let made = JSONPatch(
      from: try JSONValue(json: before), to: try JSONValue(json: after),
      identifiedBy: ["id", "ref"])
    #expect(made.document.canonicalJSON == patch)
    #expect(try made.applied(to: JSONValue(json: before)).canonicalJSON == after)
  }

  @Test func `an element moves with what another document holds in it`() throws {
    let before = try JSONValue(json: #"[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d","v":1}]"#)
    let after = try JSONValue(
      json: #"[{"id":"d","v":2},{"id":"b"},{"id":"n"},{"id":"a"},{"id":"c"}]"#)
    let patch = JSONPatch(from: before, to: after, identifiedBy: ["id"])
    #expect(
      patch.document.canonicalJSON == """
        [{"op":"test","path":"/3/id","value":"d"},{"op":"test","path":"/0/id","value":"a"},\
        {"op":"move","from":"/3","path":"/0"},\
        {"op":"test","path":"/0/id","value":"d"},{"op":"replace","path":"/0/v","value":2},\
        {"op":"test","path":"/2/id","value":"b"},{"op":"test","path":"/1/id","value":"a"},\
        {"op":"move","from":"/2","path":"/1"},\
        {"op":"test","path":"/2/id","value":"a"},{"op":"add","path":"/2","value":{"id":"n"}}]
        """)
    #expect(try patch.applied(to: before) == after)
    let other = try JSONValue(
      json: #"[{"id":"a","x":1},{"id":"b","x":2},{"id":"c"},{"id":"d","v":1,"x":3}]"#)
    #expect(
      try patch.applied(to: other).canonicalJSON
        == #"[{"id":"d","v":2,"x":3},{"id":"b","x":2},{"id":"n"},{"id":"a","x":1},{"id":"c"}]"#)
  }

  @Test func `random array changes survive diff and patch`() throws {
    var numbers = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let before = (0..<12).shuffled(using: &numbers).prefix(
        Int.random(in: 0...12, using: &numbers))
      let after = (0..<12).shuffled(using: &numbers).prefix(Int.random(in: 0...12, using: &numbers))
      let a = JSONValue.array(before.map { ["id": .string("n\($0)"), "v": .integer($0 % 3)] })
      let b = JSONValue.array(
        after.map { ["id": .string("n\($0)"), "v": .integer($0 % 3 + Int.random(in: 0...1))] })
      #expect(
        try JSONPatch(from: a, to: b, identifiedBy: ["id"]).applied(to: a) == b,
        "\(before) \(after)")
    }
  }

  @Test func `on another document a patch changes its own targets, or nothing`() throws {
    var numbers = SystemRandomNumberGenerator()
    func list() -> [String: Int] {
      let ids = (0..<8).shuffled(using: &numbers).prefix(Int.random(in: 4...8, using: &numbers))
      return Dictionary(uniqueKeysWithValues: ids.map { ("n\($0)", Int.random(in: 0...1)) })
    }
    func document(_ list: [String: Int]) -> JSONValue {
      .array(list.keys.sorted().map { ["id": .string($0), "v": .integer(list[$0] ?? 0)] })
    }
    for _ in 0..<300 {
      let (before, after, other) = (list(), list(), list())
      let patch = JSONPatch(from: document(before), to: document(after), identifiedBy: ["id"])
      guard case .array(let result)? = try? patch.applied(to: document(other)) else { continue }
      let untouched = other.filter { before[$0.key] == after[$0.key] }
      for (id, value) in untouched {
        let matches = result.filter { $0 == ["id": .string(id), "v": .integer(value)] }
        #expect(matches.count == 1, "\(before) \(after) \(other)")
      }
    }
  }

  @Test(
    arguments: [
      ([], []), ([3, 1, 2], [1, 2]), ([1, 2, 3], [1, 2, 3]), ([3, 2, 1], [1]),
      ([5, 0, 6, 1, 7, 2], [0, 1, 2]),
    ] as [([Int], [Int])])
  func `the longest rising part of an order is found`(order: [Int], expected: [Int]) {
    #expect(order.longestIncreasingSubsequence == expected)
  }

  @Test func `ten thousand components in reverse order are patched quickly`() throws {
    let elements = (0..<10_000).map { JSONValue.object(["id": .string("c\($0)")]) }
    let before = JSONValue.array(elements)
    let after = JSONValue.array(elements.reversed())
    let start = ContinuousClock.now
    let patch = JSONPatch(from: before, to: after, identifiedBy: ["id"])
    #expect(try patch.applied(to: before) == after)
    #expect(start.duration(to: .now) < .seconds(20))
  }

  @discardableResult
  private func apply(_ patch: String, to document: String) throws -> JSONValue {
    try JSONPatch(reading: JSONReader.read(patch.utf8)).applied(to: JSONValue(json: document))
  }
}
