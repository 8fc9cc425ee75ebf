/// Writes an object with one long array in pieces, so that it is never in memory as a whole.
package protocol PiecewiseWriter {
  /// The text that has not been taken yet, in UTF-8.
  var bytes: [UInt8] { get }

  /// Begins an object with these members, followed by an array.
  mutating func writeStart(of object: JSONObject, before key: String)

  /// Appends an element of the array.
  mutating func writeElement(_ value: JSONValue, isFirst: Bool)

  /// Ends the array, and the object after these members.
  mutating func writeEnd(of object: JSONObject, afterElements: Bool)

  /// Removes and returns the text so far.
  mutating func takeBytes() -> [UInt8]
}
