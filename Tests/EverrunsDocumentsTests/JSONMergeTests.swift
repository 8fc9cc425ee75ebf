import Testing

@testable import EverrunsDocuments

@Suite struct JSONMergeTests {
  @Test(arguments: [
    // base, ours, theirs, result
    (#"{"a":1,"b":1}"#, #"{"a":2,"b":1}"#, #"{"a":1,"b":2}"#, #"{"a":2,"b":2}"#),
    (#"{"a":1}"#, #"{"a":2}"#, #"{"a":2}"#, #"{"a":2}"#),
    (#"{"a":1,"b":1}"#, #"{"b":1}"#, #"{"a":1,"b":2}"#, #"{"b":2}"#),
    (#"{"a":1}"#, #"{"a":1}"#, "{}", "{}"),
    ("{}", #"{"x":1}"#, #"{"y":1}"#, #"{"x":1,"y":1}"#),
    (
      #"[{"id":"a","x":1,"y":1}]"#, #"[{"id":"a","x":2,"y":1}]"#, #"[{"id":"a","x":1,"y":2}]"#,
      #"[{"id":"a","x":2,"y":2}]"#
    ),
    // What was removed on one side and not changed on the other is gone.
    (#"[{"id":"a"},{"id":"b"}]"#, #"[{"id":"b"}]"#, #"[{"id":"a"}]"#, "[]"),
    // Additions follow what they follow on their side.
    (
      #"[{"id":"a"},{"id":"c"}]"#, #"[{"id":"a"},{"id":"c"},{"id":"z"}]"#,
      #"[{"id":"0"},{"id":"a"},{"id":"b"},{"id":"c"}]"#,
      #"[{"id":"0"},{"id":"a"},{"id":"b"},{"id":"c"},{"id":"z"}]"#
    ),
    // An order that one side changed is taken; the other side's additions keep their place.
    (
      #"[{"id":"a"},{"id":"b"}]"#, #"[{"id":"b"},{"id":"a"}]"#,
      #"[{"id":"a"},{"id":"n"},{"id":"b"}]"#, #"[{"id":"b"},{"id":"a"},{"id":"n"}]"#
    ),
    (
      #"[{"id":"a"},{"id":"b"}]"#, #"[{"id":"a"},{"id":"n"},{"id":"b"}]"#,
      #"[{"id":"b"},{"id":"a"}]"#, #"[{"id":"b"},{"id":"a"},{"id":"n"}]"#
    ),
    // Arrays inside of elements are merged by identifiers too.
    (
      #"[{"id":"a","uses":[{"ref":"x"}]}]"#, #"[{"id":"a","uses":[{"ref":"x"},{"ref":"y"}]}]"#,
      #"[{"id":"a","uses":[{"ref":"w"},{"ref":"x"}]}]"#,
      #"[{"id":"a","uses":[{"ref":"w"},{"ref":"x"},{"ref":"y"}]}]"#
    ),
  ])
  func `changes of both sides are merged`(
    base: String, ours: String, theirs: String, result: String
  ) throws {
    let merge = try merge(base, ours, theirs)
    #expect(merge.result.canonicalJSON == result)
    #expect(merge.conflicts == [])
  }

  @Test(arguments: [
    // base, ours, theirs, path of the conflict
    (#"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#, "a"),
    ("{}", #"{"a":2}"#, #"{"a":3}"#, "a"),
    (#"{"a":1}"#, "{}", #"{"a":3}"#, "a"),
    (#"{"tags":["x"]}"#, #"{"tags":["x","y"]}"#, #"{"tags":["x","z"]}"#, "tags"),
    (#"[{"id":"a","x":1}]"#, "[]", #"[{"id":"a","x":2}]"#, "a"),
    ("[]", #"[{"id":"a","x":1}]"#, #"[{"id":"a","x":2}]"#, "a/x"),
    (
      #"{"l":[{"id":"a"},{"id":"b"},{"id":"c"}]}"#, #"{"l":[{"id":"b"},{"id":"a"},{"id":"c"}]}"#,
      #"{"l":[{"id":"c"},{"id":"a"},{"id":"b"}]}"#, "l"
    ),
  ])
  func `a field that both sides changed is a conflict, which a side resolves`(
    base: String, ours: String, theirs: String, path: String
  ) throws {
    #expect(
      try merge(base, ours, theirs).conflicts.map { $0.path.joined(separator: "/") } == [path])
    #expect(try merge(base, ours, theirs, .ours).result.canonicalJSON == ours)
    #expect(try merge(base, ours, theirs, .theirs).result.canonicalJSON == theirs)
  }

  @Test func `all conflicts are found at once, with all three values`() throws {
    let merge = try merge(
      #"{"a":1,"b":1,"c":1}"#, #"{"a":2,"b":2,"c":1}"#, #"{"a":3,"c":2}"#)
    #expect(
      merge.conflicts == [
        .init(path: ["a"], base: 1, ours: 2, theirs: 3),
        .init(path: ["b"], base: 1, ours: 2, theirs: nil),
      ])
    #expect(merge.result.canonicalJSON == #"{"a":2,"b":2,"c":2}"#)
  }

  private func merge(
    _ base: String, _ ours: String, _ theirs: String, _ side: JSONMerge.Side? = nil
  ) throws -> JSONMerge {
    JSONMerge(
      base: try JSONValue(json: base), ours: try JSONValue(json: ours),
      theirs: try JSONValue(json: theirs), identifiedBy: ["id", "ref"], preferring: side)
  }
}
