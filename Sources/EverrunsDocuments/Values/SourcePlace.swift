/// A position in a text.
public struct SourcePlace: Sendable, Hashable {
  private let storedLine: Int32
  private let storedColumn: Int32

  /// The line, counted from 1.
  public var line: Int { Int(storedLine) }
  /// The column in Unicode scalars, counted from 1.
  public var column: Int { Int(storedColumn) }

  /// Creates a position; both are counted from 1.
  public init(line: Int, column: Int) {
    storedLine = Int32(clamping: line)
    storedColumn = Int32(clamping: column)
  }

  /// The first character of a text.
  public static let start = SourcePlace(line: 1, column: 1)
}
