/// A page of help on something other than a command.
package struct HelpTopic: Sendable, Hashable {
  /// The word that names the page.
  package let name: String
  /// What it is about, in one line without a full stop.
  package let summary: String
  /// What it consists of.
  package let blocks: [HelpBlock]

  /// Creates a page of several pieces.
  ///
  /// - Parameters:
  ///   - name: The word that names the page.
  ///   - summary: What it is about, in one line without a full stop.
  ///   - blocks: The pieces, in order.
  package init(_ name: String, summary: String, blocks: [HelpBlock]) {
    self.name = name
    self.summary = summary
    self.blocks = blocks
  }

  /// Creates a page of paragraphs.
  ///
  /// - Parameters:
  ///   - name: The word that names the page.
  ///   - summary: What it is about, in one line without a full stop.
  ///   - text: Paragraphs with empty lines between them; lines that begin with a space are kept.
  package init(_ name: String, summary: String, text: String) {
    self.init(name, summary: summary, blocks: [.text(text)])
  }

  /// Creates a page of the program's table of exit codes.
  ///
  /// - Parameters:
  ///   - name: The word that names the page.
  ///   - summary: What it is about, in one line without a full stop.
  ///   - introduction: Paragraphs in front of the table.
  package init(exitCodes name: String, summary: String, introduction: String = "") {
    self.init(name, summary: summary, blocks: [.text(introduction), .exitCodes])
  }
}

/// A piece of a page of help.
package enum HelpBlock: Sendable, Hashable {
  /// Paragraphs with empty lines between them; lines that begin with a space are kept as they are.
  case text(String)
  /// Terms with what they mean, below a title, which may be empty.
  case table(title: String, [HelpTerm])
  /// The program's table of exit codes.
  case exitCodes
  /// The program's table of environment variables.
  case environment
}

/// A term with what it means.
package struct HelpTerm: Sendable, Hashable {
  /// The term.
  package let name: String
  /// What it means.
  package let description: String

  /// Describes a term.
  package init(_ name: String, _ description: String) {
    self.name = name
    self.description = description
  }
}
