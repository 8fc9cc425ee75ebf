/// Text styles on a terminal: ECMA-48, "Select Graphic Rendition".
///
/// Only the sixteen basic colors, which every terminal shows in its own dark or light scheme.
struct Style: Sendable {
  let isColored: Bool
  /// How many columns a value may take; `nil` for any number.
  var limit: Int?

  /// How many columns a value takes on a terminal without `-v`.
  static let terminalLimit = 240

  /// A style without any emphasis.
  static let plain = Style(isColored: false)

  /// A value, cut if it is too long.
  func shortened(_ text: String) -> String { limit.map(text.shortened) ?? text }

  func heading(_ text: String) -> String { wrapped(text, "1") }
  func literal(_ text: String) -> String { wrapped(text, "36") }
  func error(_ text: String) -> String { wrapped(text, "1;31") }
  func warning(_ text: String) -> String { wrapped(text, "33") }
  func hint(_ text: String) -> String { wrapped(text, "36") }
  func added(_ text: String) -> String { wrapped(text, "32") }
  func removed(_ text: String) -> String { wrapped(text, "31") }
  func changed(_ text: String) -> String { wrapped(text, "33") }
  func overwritten(_ text: String) -> String { wrapped(text, "35") }
  func faint(_ text: String) -> String { wrapped(text, "2") }

  private func wrapped(_ text: String, _ code: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
