import EverrunsDocuments
import Testing

@Suite("Writing documents")
struct DocumentWriterTests {
  private static let value: JSONValue = [
    "b": ["x", 1, nil, true, false, [], [:], [[1]], ["k": ["v"]]],
    "a": "\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1B}é😀",
    "c": "\u{7F}\u{85}\u{2028}\u{202E}\u{2066}\u{2065}\u{FEFF}",
  ]

  @Test func `canonical JSON has no white space and only required escapes`() {
    #expect(
      Self.value.canonicalJSON
        == #"{"b":["x",1,null,true,false,[],{},[[1]],{"k":["v"]}],"#
        + #""a":"\"\\/\b\f\n\r\t\u0001\u001bé😀","#
        + "\"c\":\"\u{7F}\u{85}\u{2028}\u{202E}\u{2066}\u{2065}\u{FEFF}\"}")
  }

  @Test func `pretty JSON is indented and safe to show`() {
    let value: JSONValue = [
      "a": [1, ["b": "\u{7F}\u{85}\u{2028}\u{202E}\u{2066}é"]], "c": [], "d": [:],
    ]
    #expect(
      value.prettyJSON == """
        {
          "a": [
            1,
            {
              "b": "\\u007f\\u0085\\u2028\\u202e\\u2066é"
            }
          ],
          "c": [],
          "d": {}
        }
        """)
  }

  @Test func `a writer returns its text in pieces, at a level`() {
    var writer = JSONWriter(style: .pretty)
    writer.write([1], level: 1)
    #expect(String(decoding: writer.takeBytes(), as: UTF8.self) == "[\n    1\n  ]")
    writer.write("x")
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"x\"")
  }

  @Test func `YAML uses blocks for text, quotes where readers differ, and plain scalars otherwise`()
  {
    let value: JSONValue = [
      "name": "Current Time", "url": "https://x/y?z=1", "words": ["yes", "Off", "null", "~", "n"],
      "numbers": [1, "1", "0x1F", "12:30", "2024-01-01"], "empty": ["", [], [:], nil],
      "prompt": "You are *kind*.\n\n  - item: x\n", "keep": "a\n\n", "strip": "a\nb",
      "lead": " a\nb",
      "nested": [["a\nb", ["k": "c\nd", "l": [1]]], ["x": [:]]],
      "odd: key": "a: b", "hash": "a #b", "end": "a:", "cr": "a\r\nb", "bidi": "a\u{202E}\nb",
    ]
    #expect(
      YAMLWriter.write(value) == """
        name: Current Time
        url: https://x/y?z=1
        words:
          - "yes"
          - "Off"
          - "null"
          - "~"
          - "n"
        numbers:
          - 1
          - "1"
          - "0x1F"
          - "12:30"
          - "2024-01-01"
        empty:
          - ""
          - []
          - {}
          - null
        prompt: |
          You are *kind*.

            - item: x
        keep: |+
          a

        strip: |-
          a
          b
        lead: |2-
           a
          b
        nested:
          - - |-
              a
              b
            - k: |-
                c
                d
              l:
                - 1
          - x: {}
        "odd: key": "a: b"
        hash: "a #b"
        end: "a:"
        cr: "a\\r\\nb"
        bidi: "a\\u202e\\nb"

        """)
  }

  @Test(
    arguments: ["x", "", "a\nb", 1, nil, true, [], [:]] as [JSONValue])
  func `documents of one line`(value: JSONValue) throws {
    let text = YAMLWriter.write(value)
    #expect(text.hasSuffix("\n") && text.count(where: \.isNewline) == 1)
    #expect(try YAMLReader.read(text.utf8).value == value)
  }
}
