/// Leads from places in a masked text to those in the text as it was.
struct YAMLPlaces {
  private struct Position {
    var line: Int32 = 1
    var column: Int32 = 1

    /// Passes a byte; the line feed after a carriage return is the end of the line.
    mutating func pass(_ byte: UInt8, before next: UInt8?) {
      if byte == UInt8(ascii: "\n")
        || (byte == UInt8(ascii: "\r") && next != UInt8(ascii: "\n"))
      {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
  }

  private struct Entry {
    let masked: Position
    let original: Position
  }

  /// The places from which on both texts are shifted in another way than before.
  private var entries: [Entry] = []
  private var masked = Position()
  private var original = Position()

  /// Passes a byte of the text as it was.
  mutating func passOriginal(_ byte: UInt8, before next: UInt8?) {
    original.pass(byte, before: next)
  }

  /// Passes a byte of the masked text.
  mutating func passMasked(_ byte: UInt8, before next: UInt8?) {
    masked.pass(byte, before: next)
  }

  /// Passes characters that both texts have.
  mutating func pass(columns count: Int) {
    original.column += Int32(truncatingIfNeeded: count)
    masked.column += Int32(truncatingIfNeeded: count)
  }

  /// How far the text as it was has been passed.
  var place: SourcePlace {
    SourcePlace(line: Int(original.line), column: Int(original.column))
  }

  /// Takes back blanks at the end of the masked text.
  mutating func removeMasked(blanks count: Int) {
    masked.column -= Int32(count)
  }

  /// Remembers that the places passed so far belong together.
  mutating func note() {
    let last = entries.last
    let lines = last.map { $0.original.line - $0.masked.line } ?? 0
    let isOnLine = last?.masked.line == masked.line
    let columns = isOnLine ? last.map { $0.original.column - $0.masked.column } ?? 0 : 0
    guard original.line - masked.line != lines || original.column - masked.column != columns else {
      return
    }
    entries.append(Entry(masked: masked, original: original))
  }

  /// The place in the text as it was.
  func original(_ place: SourcePlace) -> SourcePlace {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      let entry = entries[middle].masked
      if (Int(entry.line), Int(entry.column)) <= (place.line, place.column) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low > 0 else { return place }
    let entry = entries[low - 1]
    let lines = Int(entry.original.line - entry.masked.line)
    let columns =
      Int(entry.masked.line) == place.line ? Int(entry.original.column - entry.masked.column) : 0
    return SourcePlace(line: place.line + lines, column: place.column + columns)
  }
}
