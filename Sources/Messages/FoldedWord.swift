/// A word folded for comparison: without differences that are never intended.
///
/// Letters are Unicode scalars rather than characters: a typo changes one scalar, and a hostile
/// word of one character with a million accents costs no more than any other.
struct FoldedWord {
  let letters: [Unicode.Scalar]

  init(_ text: String) {
    letters = text.unicodeScalars.map(Self.folded)
  }

  /// How many edits still leave the word recognizable.
  var forgivenSlips: Int {
    switch letters.count {
    case ...4: 1
    case ...8: 2
    default: 3
    }
  }

  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "_" { return "-" }
    if scalar.isASCII {
      let isUpper = ("A"..."Z").contains(scalar)
      return isUpper ? Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) | 0x20) : scalar
    }
    // A few letters have a lowercase of two scalars ("İ"). They are not folded, so that folding
    // preserves the length of the word.
    let mapping = scalar.properties.lowercaseMapping.unicodeScalars
    guard let first = mapping.first, mapping.count == 1 else { return scalar }
    return first
  }
}
