/// A page of help on something other than a command.
public struct HelpTopic: Sendable, Hashable {
  /// What the page consists of.
  public enum Body: Sendable, Hashable {
    /// Paragraphs with empty lines between them. Lines that begin with a space are kept as they are.
    case text(String)
    /// The program's table of exit codes, after an introduction of the same form as a text.
    case exitCodes(introduction: String)
  }

  /// The word that names the page.
  public let name: String
  /// What it is about, in one line without a full stop.
  public let summary: String
  /// What it consists of.
  public let body: Body

  /// Makes a page of paragraphs.
  ///
  /// - Parameters:
  ///   - name: The word that names the page.
  ///   - summary: What it is about, in one line without a full stop.
  ///   - text: Paragraphs with empty lines between them; lines that begin with a space are kept.
  public init(_ name: String, summary: String, text: String) {
    self.name = name
    self.summary = summary
    body = .text(text)
  }

  /// Makes a page of the program's table of exit codes.
  ///
  /// - Parameters:
  ///   - name: The word that names the page.
  ///   - summary: What it is about, in one line without a full stop.
  ///   - introduction: Paragraphs in front of the table.
  public init(exitCodes name: String, summary: String, introduction: String = "") {
    self.name = name
    self.summary = summary
    body = .exitCodes(introduction: introduction)
  }
}
