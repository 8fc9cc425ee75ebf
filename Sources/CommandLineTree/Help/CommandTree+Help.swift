extension CommandTree {
  /// The help of a command.
  ///
  /// - Parameters:
  ///   - path: Names or aliases of the command; empty for the program itself. Unknown words are
  ///     ignored.
  ///   - width: The maximum line length, at least 40. Words, usage lines and examples are never
  ///     broken.
  ///   - style: The style of headings and names.
  /// - Returns: The page, ending with a newline.
  package func help(
    for path: [String] = [], width: Int = 80, style: HelpStyle = .plain
  ) -> String {
    let place = CommandLocation(following: path, in: root)
    let layout = TextLayout(width: width, style: style)
    return HelpPage(tree: self, place: place, layout: layout).text
  }

  /// The help on a topic.
  ///
  /// - Parameters:
  ///   - topic: The topic, which need not be one of ``topics``.
  ///   - width: The maximum line length, at least 40.
  ///   - style: The style of headings and names.
  /// - Returns: The page, ending with a newline.
  package func help(on topic: HelpTopic, width: Int = 80, style: HelpStyle = .plain) -> String {
    let layout = TextLayout(width: width, style: style)
    let parts = topic.blocks.map { block in
      switch block {
      case .text(let text): layout.paragraphs(text)
      case .table(let title, let rows): table(title, rows.map(\.row), layout)
      case .exitCodes: table("", exitCodes.map(\.row), layout)
      case .environment: table("", environment.map(\.row), layout)
      }
    }
    return ([layout.wrapped(topic.summary)] + parts)
      .filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  /// The help page for a subject.
  ///
  /// - Parameters:
  ///   - subject: The command or topic, as ``helpSubject(for:)`` finds it.
  ///   - width: The maximum line length, at least 40.
  ///   - style: The style of headings and names.
  /// - Returns: The page, ending with a newline.
  package func help(
    on subject: HelpSubject, width: Int = 80, style: HelpStyle = .plain
  ) -> String {
    switch subject {
    case .command(let path): help(for: path, width: width, style: style)
    case .topic(let topic): help(on: topic, width: width, style: style)
    }
  }

  private func table(
    _ title: String, _ rows: [TextLayout.Row], _ layout: TextLayout
  ) -> [String] {
    (title.isEmpty ? [] : [layout.style.heading("\(title):")])
      + layout.table(rows, column: layout.column(for: rows))
  }
}

extension HelpTerm {
  /// The term in a table.
  var row: TextLayout.Row { .init(term: name, description: description) }
}
