import Messages
import Testing

@Suite struct InvisibleTests {
  @Test func `a character of ASCII shows nothing if it is white space of Unicode`() {
    for scalar in (UInt8(0)..<0x80).map(Unicode.Scalar.init) {
      let properties = scalar.properties
      #expect(
        scalar.isInvisible == (properties.isWhitespace || properties.isDefaultIgnorableCodePoint))
    }
  }
}
