/// A text that must not be seen, such as an API key.
///
/// However it is printed, dumped or interpolated, it shows as `***`, and it cannot be encoded. The
/// text itself is handed out by ``reveal()`` alone.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  /// A secret of this text.
  public init(_ text: String) {
    self.text = text
  }

  /// The text itself, for the one place that sends it.
  public func reveal() -> String { text }

  /// A text from elsewhere with every occurrence of the secret replaced by `***`.
  ///
  /// Providers like to repeat a key that they refuse.
  public func redacted(from other: String) -> String {
    text.isEmpty ? other : other.replacing(text, with: Self.mask)
  }

  /// Three asterisks.
  public var description: String { Self.mask }
  /// Three asterisks.
  public var debugDescription: String { Self.mask }
  /// A mirror that shows nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }

  private static let mask = "***"
}
