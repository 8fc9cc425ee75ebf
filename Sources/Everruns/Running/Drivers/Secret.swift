/// Text that must not be shown, such as an API key.
///
/// Printed, dumped or interpolated, it shows as `***`, and it cannot be encoded. Only ``reveal()``
/// returns the text.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  /// A secret of this text.
  public init(_ text: String) {
    self.text = text
  }

  /// The text itself; only for sending.
  public func reveal() -> String { text }

  /// A text from elsewhere with every occurrence of the secret replaced by `***`.
  ///
  /// Providers often repeat a key that they refuse.
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
