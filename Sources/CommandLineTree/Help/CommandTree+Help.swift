extension CommandTree {
  /// The help of a command.
  ///
  /// - Parameters:
  ///   - path: Names or aliases that lead to the command; none is the program itself. Words that
  ///     lead nowhere are ignored.
  ///   - width: The columns a line may have, at least 40. Words, usage lines and examples are never
  ///     broken.
  ///   - style: How headings and names are emphasized.
  /// - Returns: The page, ending with a newline.
  public func help(
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
  ///   - width: The columns a line may have, at least 40.
  ///   - style: How headings and names are emphasized.
  /// - Returns: The page, ending with a newline.
  public func help(on topic: HelpTopic, width: Int = 80, style: HelpStyle = .plain) -> String {
    let layout = TextLayout(width: width, style: style)
    let parts: [[String]] =
      switch topic.body {
      case .text(let text):
        [layout.paragraphs(text)]
      case .exitCodes(let introduction):
        [layout.paragraphs(introduction), exitCodeTable(layout)]
      }
    return ([layout.wrapped(topic.summary)] + parts)
      .filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  /// The help on whatever a user asked for.
  ///
  /// - Parameters:
  ///   - subject: The command or topic, as ``helpSubject(for:)`` finds it.
  ///   - width: The columns a line may have, at least 40.
  ///   - style: How headings and names are emphasized.
  /// - Returns: The page, ending with a newline.
  public func help(
    on subject: HelpSubject, width: Int = 80, style: HelpStyle = .plain
  ) -> String {
    switch subject {
    case .command(let path): help(for: path, width: width, style: style)
    case .topic(let topic): help(on: topic, width: width, style: style)
    }
  }

  private func exitCodeTable(_ layout: TextLayout) -> [String] {
    let rows = exitCodes.map(\.row)
    return layout.table(rows, column: layout.column(for: rows))
  }
}
