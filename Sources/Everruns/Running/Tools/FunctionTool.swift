public import EverrunsDocuments

/// A tool that is a function.
///
/// ```swift
/// FunctionTool("get_current_time", "Tells the date and time.", effect: .pure) { _, context in
///   ["datetime": .string(context.now.formatted(.iso8601))]
/// }
/// ```
public struct FunctionTool: Tool {
  /// The name by which the model calls it.
  public let name: String
  /// A description for the model: what the tool does, and when to use it.
  public let description: String
  /// The JSON Schema of its arguments.
  public let parameters: JSONObject
  /// Whether it may run a second time if a worker died while it ran.
  public let effect: ToolEffect
  /// The time limit.
  public let timeout: Duration
  private let function: @Sendable (JSONObject, ToolContext) async throws -> JSONValue

  /// A tool whose function takes the arguments as the model wrote them.
  ///
  /// - Parameters:
  ///   - name: The name by which the model calls it: `[A-Za-z0-9_-]`, 1 to 64 characters.
  ///   - description: What it does and when to use it, for the model.
  ///   - parameters: The JSON Schema of its arguments; an object without properties is a tool
  ///     without arguments.
  ///   - effect: Whether it may run a second time if a worker died while it ran.
  ///   - timeout: How long it may run.
  ///   - function: What the tool does; it throws ``ToolRefusal`` with a sentence for the model.
  public init(
    _ name: String, _ description: String,
    parameters: JSONObject = ["type": "object", "properties": [:]],
    effect: ToolEffect = .atMostOnce, timeout: Duration = .seconds(60),
    function: @escaping @Sendable (JSONObject, ToolContext) async throws -> JSONValue
  ) {
    self.name = name
    self.description = description
    self.parameters = parameters
    self.effect = effect
    self.timeout = timeout
    self.function = function
  }

  /// A tool whose function takes its arguments as a value.
  ///
  /// The schema that the model is given and the reading of what it writes both follow from the
  /// coding. Arguments that do not fit are refused with everything that is wrong and where.
  ///
  /// - Parameters:
  ///   - name: The name by which the model calls it: `[A-Za-z0-9_-]`, 1 to 64 characters.
  ///   - description: What it does and when to use it, for the model.
  ///   - arguments: How the arguments are written as an object.
  ///   - effect: Whether it may run a second time if a worker died while it ran.
  ///   - timeout: How long it may run.
  ///   - function: What the tool does; it throws ``ToolRefusal`` with a sentence for the model.
  public init<Arguments>(
    _ name: String, _ description: String, arguments: ObjectCoding<Arguments>,
    effect: ToolEffect = .atMostOnce, timeout: Duration = .seconds(60),
    function: @escaping @Sendable (Arguments, ToolContext) async throws -> JSONValue
  ) {
    self.init(
      name, description, parameters: arguments.schema.document, effect: effect, timeout: timeout
    ) { object, context in
      let value: Arguments
      do throws(DocumentRefusal) {
        value = try arguments.read(object)
      } catch {
        throw ToolRefusal(invalidArguments: error)
      }
      return try await function(value, context)
    }
  }

  /// Runs the function.
  public func execute(
    _ arguments: JSONObject, in context: ToolContext
  ) async throws -> JSONValue {
    try await function(arguments, context)
  }
}

extension ToolRefusal {
  /// The refusal of arguments that do not fit, with everything that is wrong and where.
  fileprivate init(invalidArguments refusal: DocumentRefusal) {
    let diagnostics = refusal.diagnostics.prefix(5).map { diagnostic in
      diagnostic.messageWithPath + (diagnostic.hint.map { " (\($0))" } ?? "")
    }
    self.init("invalid arguments: " + diagnostics.joined(separator: "; "))
  }
}
