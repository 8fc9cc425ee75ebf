import EverrunsDocuments

/// The code of the capability `stateless_todo_list`: a list that lives in the conversation alone.
struct TodoListTools: StockImplementation {
  let id = "stateless_todo_list"

  func instructions(_ configuration: JSONObject) -> String? {
    """
    Keep a to-do list with write_todos when a job has three or more steps. Each call replaces the \
    whole list. Have exactly one step in progress while you work, and complete it before you begin \
    the next one.
    """
  }

  func toolset(_ configuration: JSONObject) -> [any Tool] {
    [
      FunctionTool(
        "write_todos", "Replaces the to-do list. Include every step, even completed ones.",
        arguments: TodoList.coding, effect: .pure
      ) { list, _ in
        try list.answer()
      }
    ]
  }

  private struct TodoList: Sendable {
    var todos: [Todo] = []

    static let coding = ObjectCoding<TodoList>(
      noun: "to-do list", blank: TodoList(),
      fields: [
        .required("todos", \.todos, .list(Todo.coding.value), "The steps, in order.")
      ])

    func answer() throws(ToolRefusal) -> JSONValue {
      if let index = todos.firstIndex(where: { !$0.content.contains { !$0.isWhitespace } }) {
        throw ToolRefusal("step \(index + 1) is empty; say what is to be done")
      }
      let count = { (status: Status) in JSONValue.integer(todos.count { $0.status == status }) }
      let inProgress = todos.count { $0.status == .inProgress }
      let isOpen = todos.contains { $0.status != .completed }
      return .object(
        JSONObject()
          .adding("total", .integer(todos.count))
          .adding("pending", count(.pending))
          .adding("in_progress", count(.inProgress))
          .adding("completed", count(.completed))
          .adding("todos", .array(todos.map { .object(Todo.coding.encode($0)) }))
          .adding(
            "warning",
            isOpen && inProgress != 1
              ? .string("exactly one step should be in progress, not \(inProgress)") : nil))
    }
  }

  private struct Todo: Sendable {
    var content = ""
    var activeForm: String?
    var status = Status.pending

    static let coding = ObjectCoding<Todo>(
      noun: "step", blank: Todo(),
      fields: [
        .required("content", \.content, .text, "What is to be done: \"Run the tests\"."),
        .defaulted(
          "active_form", \.activeForm, .orNull(.text),
          "The same while it is being done: \"Running the tests\"."),
        .required("status", \.status, .choice(), "How far the step is."),
      ])
  }

  private enum Status: String, CaseIterable {
    case pending
    case inProgress = "in_progress"
    case completed
  }
}
