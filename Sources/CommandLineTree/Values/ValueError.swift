/// Why a text is not a value.
///
/// It never names the option: the parser knows how the user typed it and adds that.
public enum ValueError: Error, Equatable, Sendable {
  /// The text is none of these words; the suggestion is the one probably meant.
  case notAChoice([String], suggestion: String?)
  /// The text is not a whole number.
  case notANumber
  /// The number is outside of these bounds.
  case outOfRange(ClosedRange<Int>)
  /// There is no text.
  case empty
  /// The bytes are not UTF-8.
  case notUTF8
  /// The text breaks another rule.
  ///
  /// - Parameters:
  ///   - reason: The rule, as the end of a sentence: `names have at most 64 characters`.
  ///   - hint: What to do instead, if that is known.
  case invalid(reason: String, hint: String? = nil)
}
