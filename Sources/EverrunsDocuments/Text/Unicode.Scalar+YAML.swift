import Messages

extension Unicode.Scalar {
  /// Whether YAML allows this character unescaped (YAML 1.2, production 1).
  var isYAMLPrintable: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...: true
    default: false
    }
  }

  /// Whether the character must be escaped in YAML: it would be rejected, folded as a line break,
  /// or is unsafe to show.
  var needsEscapeInYAML: Bool {
    actsOnTerminal || !isYAMLPrintable || (0xFDD0...0xFDEF).contains(value)
  }
}
