/// The text that Yams gets, which libyaml reads as YAML 1.2 has it, and the way back from what it
/// reads to the text as it was.
///
/// What libyaml must not see is written as a noncharacter and a character of a private area:
///
/// - `*`, so that what would be an alias is a plain scalar. Resolving aliases itself, Yams would
///   share their nodes, but hash a shared key as often as the text repeats it, which is
///   exponentially often in ten lines; and free them recursively, 100,000 levels deep if each alias
///   is in the next one's anchor.
/// - U+FEFF, which Yams loses at the start of a scalar, and the characters that YAML allows in
///   quotes alone: U+007F and what else libyaml does not print.
/// - `:` and `?` in plain scalars in brackets, which libyaml takes for signs of their own.
/// - Tabs in literal and folded blocks, which it does not take in front of the first line's text.
///
/// Each key ends with its number, so that no two are equal to Yams, which compares them by
/// canonical equivalence and does not say where the second one is. Anchors have numbers for names,
/// since libyaml takes fewer characters in names than YAML does. Tabs that separate are blanks, a
/// key in brackets is in one line with its colon, and both halves of a surrogate pair are one
/// character.
struct YAMLMask {
  /// The masked text.
  let text: String
  /// The names of the anchors: the one with the number 0 first.
  let anchors: [String]
  private let places: YAMLPlaces
  private let tags: Set<SourcePlace>

  /// The mask of a scanned text.
  ///
  /// - Throws: `DocumentSyntaxError` at an escape that a text cannot hold.
  init(_ scan: YAMLScanner) throws(DocumentSyntaxError) {
    var writer = YAMLMaskWriter(scan)
    try writer.write()
    text = String(decoding: writer.masked, as: UTF8.self)
    anchors = writer.anchors
    places = writer.places
    tags = writer.tags
  }

  /// Whether a node begins with a tag.
  func hasTag(at place: SourcePlace) -> Bool { tags.contains(place) }

  /// The place in the text as it was.
  func original(_ place: SourcePlace) -> SourcePlace { places.original(place) }

  /// The name of an alias, if that is what a plain scalar of the masked text is.
  func alias(_ masked: String) -> String? {
    let scalars = masked.unicodeScalars
    guard scalars.first == Self.escape, scalars.dropFirst().first == Self.code(of: "*") else {
      return nil
    }
    return String(removed(from: masked).unicodeScalars.dropFirst())
  }

  /// A part of the text as it was before.
  func removed(from part: String) -> String {
    // The escape is three bytes, of which the first is EF.
    guard part.utf8.contains(0xEF) else { return part }
    var result = String.UnicodeScalarView()
    var scalars = part.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == Self.escape else {
        result.append(scalar)
        continue
      }
      guard let code = scalars.next() else { break }
      if code == Self.keyNumber {
        for _ in 0..<Self.keyDigits { _ = scalars.next() }
      } else if let original = Self.original(of: code) {
        result.append(original)
      }
    }
    return String(result)
  }
}

// MARK: - Codes

extension YAMLMask {
  /// U+FDD0, a noncharacter.
  static let escape = Unicode.Scalar(0xFDD0 as UInt32) ?? "\u{FFFD}"
  /// What begins the number of a key.
  static let keyNumber: Unicode.Scalar = "\u{E200}"
  /// How many digits of base 256 the number of a key has.
  static let keyDigits = 4
  /// The characters above U+00FF that are masked.
  private static let others: [UInt32] = [0xFEFF, 0xFDD0, 0xFFFE, 0xFFFF]

  /// What stands for a masked character behind the escape.
  static func code(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if scalar.value < 0x100 { return Unicode.Scalar(0xE000 + scalar.value) }
    return others.firstIndex(of: scalar.value).flatMap { Unicode.Scalar(0xE100 + UInt32($0)) }
  }

  /// The escape and what stands for a masked character.
  static func escaped(_ scalar: Unicode.Scalar) -> [UInt8] {
    code(of: scalar).map { Array(String(String.UnicodeScalarView([escape, $0])).utf8) } ?? []
  }

  /// What makes a key differ from all others.
  static func keyNumber(_ number: Int) -> [UInt8] {
    let digits = (0..<keyDigits).compactMap {
      Unicode.Scalar(0xE300 + UInt32(truncatingIfNeeded: number >> (8 * $0)) & 0xFF)
    }
    return Array(String(String.UnicodeScalarView([escape, keyNumber] + digits)).utf8)
  }

  private static func original(of code: Unicode.Scalar) -> Unicode.Scalar? {
    switch code.value {
    case 0xE000...0xE0FF: Unicode.Scalar(code.value - 0xE000)
    case 0xE100..<(0xE100 + UInt32(others.count)):
      Unicode.Scalar(others[Int(code.value - 0xE100)])
    default: nil
    }
  }
}
