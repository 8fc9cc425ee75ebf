/// A page of the manual, in the language mdoc.
///
/// The sections are in the order of mdoc(7), whatever the order in which they are given.
package struct ManualPage: Sendable, Equatable {
  /// The name of the page, such as `everrunsctl-seed`.
  package let name: String
  /// The section of the manual: 1 for commands, 5 for documents.
  package let section: Int
  /// What the page is about, in one line without a full stop.
  package let summary: String
  /// When the page's subject last changed, as `January 31, 2026`.
  package let date: String
  /// What the page belongs to, with its version, such as `everrunsctl 1.0.0`.
  package let source: String
  /// What the page consists of.
  package let parts: [Part]

  /// A section of a page.
  package struct Part: Sendable, Equatable {
    /// The heading, one of those that mdoc(7) lists, in capitals.
    package let heading: String
    /// What the section consists of.
    package let blocks: [ManualBlock]

    /// Creates a section; one without blocks is left out of the page.
    package init(_ heading: String, _ blocks: [ManualBlock]) {
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - name: The name of the page.
  ///   - section: The section of the manual.
  ///   - summary: What it is about, in one line without a full stop.
  ///   - date: When the subject last changed, as `January 31, 2026`.
  ///   - source: What the page belongs to, with its version.
  ///   - parts: The sections after `NAME`.
  package init(
    name: String, section: Int, summary: String, date: String, source: String, parts: [Part]
  ) {
    self.name = name
    self.section = section
    self.summary = summary
    self.date = date
    self.source = source
    self.parts = parts
  }

  /// The name of the page's file.
  package var fileName: String { "\(name).\(section)" }

  /// The page as `man` reads it, ending with a newline.
  package var text: String {
    let summary = self.summary.beginningSmall
    let head = [
      ".Dd \(date)", ".Dt \(name.uppercased()) \(section)", ".Os \(source)", ".Sh NAME",
      ".Nm \(name)",
      ".Nd \(Mdoc.argument(summary, isQuoted: false))",
    ]
    let order = Self.order
    let sorted = parts.filter { !$0.blocks.isEmpty }
      .sorted { (order.firstIndex(of: $0.heading) ?? 0) < (order.firstIndex(of: $1.heading) ?? 0) }
    let body = sorted.flatMap { part in [".Sh \(part.heading)"] + Mdoc.lines(part.blocks) }
    return (head + body).map { $0 + "\n" }.joined()
  }

  /// mdoc(7), "Manual structure".
  private static let order = [
    "SYNOPSIS", "DESCRIPTION", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO",
    "STANDARDS",
  ]
}

/// A piece of a manual page.
package enum ManualBlock: Sendable, Equatable {
  /// Paragraphs with empty lines between them; lines that begin with a space are kept as they are.
  case text(String)
  /// Lines that are kept as they are.
  case literal(String)
  /// The heading of what follows.
  case heading(String)
  /// Terms with what they mean.
  case terms([ManualTerm])
  /// How commands are called, in the language mdoc.
  case synopsis([String])
  /// Other pages.
  case references([ManualReference])
}

/// A term in a manual page, with what it means.
package struct ManualTerm: Sendable, Equatable {
  /// What a term is, which decides how it looks.
  package enum Kind: Sendable, Equatable {
    /// Something typed as it stands.
    case literal(String)
    /// What stands for a word of the user.
    case placeholder(String)
    /// A variable of the environment.
    case variable(String)
    /// A path.
    case path(String)
    /// Another page.
    case reference(ManualReference)
    /// An option with its forms and what stands for its value.
    case option(forms: [String], value: String?)
  }

  /// The term.
  package let kind: Kind
  /// What it means, as paragraphs.
  package let description: String

  /// Describes a term.
  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}

/// The name of another page.
package struct ManualReference: Sendable, Equatable {
  /// The page's name.
  package let name: String
  /// Its section.
  package let section: Int

  /// Names a page.
  package init(_ name: String, _ section: Int) {
    self.name = name
    self.section = section
  }
}

extension String {
  /// The text with a small letter at its beginning, unless its first word is an abbreviation.
  fileprivate var beginningSmall: String {
    let isAbbreviation = dropFirst().first?.isUppercase ?? false
    return isAbbreviation ? self : prefix(1).lowercased() + dropFirst()
  }
}
