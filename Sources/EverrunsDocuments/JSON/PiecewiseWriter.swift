/// Writes an object that has one long array, in pieces, so that it never is in memory as a whole.
package protocol PiecewiseWriter {
  /// The text so far that was not taken, in UTF-8.
  var bytes: [UInt8] { get }

  /// Begins an object of these members, and an array as the member after them.
  mutating func writeStart(of object: JSONObject, before key: String)

  /// Appends an element of the array.
  mutating func writeElement(_ value: JSONValue, isFirst: Bool)

  /// Ends the array, and the object with the members that come after it.
  mutating func writeEnd(of object: JSONObject, afterElements: Bool)

  /// Removes and returns the text so far.
  mutating func takeBytes() -> [UInt8]
}
