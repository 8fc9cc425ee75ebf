public import EverrunsDocuments

/// A function that a model can call with JSON arguments.
public protocol Tool: Sendable {
  /// The name by which the model calls it: `[A-Za-z0-9_-]`, 1 to 64 characters.
  var name: String { get }
  /// A description for the model: what the tool does, and when to use it.
  var description: String { get }
  /// The JSON Schema of its arguments, always of an object.
  var parameters: JSONObject { get }
  /// Whether it may run a second time if a worker died while it ran.
  var effect: ToolEffect { get }
  /// The time limit.
  var timeout: Duration { get }

  /// Runs the tool.
  ///
  /// - Parameters:
  ///   - arguments: What the model wrote; it may not match ``parameters``.
  ///   - context: Who calls and for what.
  /// - Returns: what the model reads.
  /// - Throws: ``ToolRefusal`` with a sentence for the model. Of any other error the model learns
  ///   only that there was one, and the worker's log has the cause.
  func execute(_ arguments: JSONObject, in context: ToolContext) async throws -> JSONValue
}

extension Tool {
  /// The schema of an object without properties.
  public var parameters: JSONObject { ["type": "object", "properties": [:]] }
  /// ``ToolEffect/atMostOnce``, the careful assumption.
  public var effect: ToolEffect { .atMostOnce }
  /// A minute.
  public var timeout: Duration { .seconds(60) }

  /// The tool as a model sees it.
  package var specification: ToolSpecification {
    ToolSpecification(name: name, description: description, parameters: parameters)
  }
}

/// Whether a tool may run a second time.
///
/// It matters if a worker died while the tool ran, since it is unknown how far the tool got.
public enum ToolEffect: String, CaseIterable, Sendable {
  /// It changes nothing: it reads or computes. It runs again.
  case pure
  /// Running it twice has the same effect as once, possibly with the help of
  /// ``ToolContext/idempotencyKey``. It runs again.
  case idempotent
  /// It must not run twice. The model is told that the outcome is unknown.
  case atMostOnce = "at_most_once"
}

/// A tool's refusal, in a sentence that the model reads and can act on.
///
/// ```swift
/// throw ToolRefusal("there is no city 'Atlantis'")
/// ```
public struct ToolRefusal: Error, Sendable, Hashable {
  /// The problem, and what to do instead.
  public let message: String

  /// A refusal in a sentence.
  public init(_ message: String) {
    self.message = message
  }
}
