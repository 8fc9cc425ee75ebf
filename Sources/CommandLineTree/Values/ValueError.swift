/// A text is not a valid value.
///
/// It never names the option: the parser knows how the user typed it and adds the name.
public enum ValueError: Error, Equatable, Sendable {
  /// The text is none of these words; the suggestion is the closest one.
  case notAChoice([String], suggestion: String?)
  /// The text is not a whole number.
  case notANumber
  /// The number is out of range.
  case outOfRange(ClosedRange<Int>)
  /// The text is empty.
  case empty
  /// The bytes are not UTF-8.
  case notUTF8
  /// The text violates another rule.
  ///
  /// - Parameters:
  ///   - reason: The rule, as the end of a sentence: `names have at most 64 characters`.
  ///   - hint: What to do instead, if that is known.
  case invalid(reason: String, hint: String? = nil)
}
