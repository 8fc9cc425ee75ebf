import EverrunsDocuments

/// The code of the capability `session`.
struct SessionTools: StockImplementation {
  let id = "session"

  func toolset(_ configuration: JSONObject) -> [any Tool] {
    [
      FunctionTool(
        "write_session_title",
        "Sets the title under which people find this session. Use a few words.",
        arguments: Title.coding, effect: .idempotent
      ) { title, context in
        let words = title.title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty else { throw ToolRefusal("'title' is empty") }
        guard words.count <= Title.maximumLength else {
          throw ToolRefusal("'title' has more than \(Title.maximumLength) characters")
        }
        try await context.session.setTitle(words)
        return ["title": .string(words)]
      },
      FunctionTool(
        "get_session_info", "Tells the session's id, title, harness, agent, model and age.",
        effect: .pure
      ) { _, context in
        .object(try await context.session.information())
      },
    ]
  }

  private struct Title: Sendable {
    var title = ""

    static let maximumLength = 200

    static let coding = ObjectCoding<Title>(
      noun: "title", blank: Title(),
      fields: [.required("title", \.title, .text, "The title, at most 200 characters.")])
  }
}
