import EverrunsDocuments
import Testing

@Suite("Writing and reading again")
struct RoundTripTests {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `a value survives every notation`(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<400 {
      let value = JSONValue.random(using: &generator)
      let yaml = YAMLWriter.write(value)
      #expect(try JSONValue(json: value.canonicalJSON) == value)
      #expect(try JSONValue(json: value.prettyJSON) == value)
      #expect(try YAMLReader.read(yaml.utf8).value == value, "\(yaml.debugDescription)")
    }
  }

  /// U+0000 is refused: stores cannot hold it.
  @Test func `every kind of character survives, raw or escaped`() throws {
    let codes: [ClosedRange<UInt32>] = [
      1...0x2FF, 0x2000...0x2070, 0xD7FF...0xE000, 0xFDC0...0xFDE0, 0xFEFE...0xFF00,
      0xFFFD...0x10001, 0x1F600...0x1F602, 0x1FFFE...0x20000, 0x10FFFE...0x10FFFF,
    ]
    let scalars = codes.joined().lazy
      .compactMap(Unicode.Scalar.init)
    let value = JSONValue.array(
      scalars.flatMap { scalar -> [JSONValue] in
        let text = String(scalar)
        return [.string(text), .string("a\(text)b"), .string("a\n\(text)b\n")]
      })
    #expect(try JSONValue(json: value.canonicalJSON) == value)
    #expect(try JSONValue(json: value.prettyJSON) == value)
    #expect(try YAMLReader.read(YAMLWriter.write(value).utf8).value == value)
  }
}
