import Everruns
import EverrunsDocuments

/// What the data of an event holds, for all providers: a JSON object.
enum AnswerData {
  /// The object of an event.
  ///
  /// - Throws: ``ChatFailure/transient(_:retryAfter:)`` if it is not one: what a proxy cut off or
  ///   put in comes out right the next time.
  static func object(of event: ServerSentEvent) throws(ChatFailure) -> JSONObject {
    guard let value = try? JSONValue(json: event.data), case .object(let object) = value else {
      throw .transient("the provider sent an event that is not JSON: \(event.data.shortened)")
    }
    return object
  }
}

/// The calls of an answer whose arguments arrive in pieces.
struct PendingCalls: Sendable {
  private var calls: [(key: Int, id: String, name: String, arguments: String)] = []

  /// Begins a call, or finds the one that has begun under a key.
  ///
  /// - Parameters:
  ///   - key: What the provider numbers the call by.
  ///   - id: The call's id, if this piece has it. A second id under a key is a second call: some
  ///     servers number all calls 0.
  mutating func add(key: Int, id: String?, name: String?, arguments: String) {
    let id = id ?? ""
    let name = name ?? ""
    let index = calls.lastIndex { $0.key == key }
    if let index, id.isEmpty || calls[index].id.isEmpty || calls[index].id == id {
      if calls[index].id.isEmpty { calls[index].id = id }
      if calls[index].name.isEmpty { calls[index].name = name }
      calls[index].arguments += arguments
    } else {
      calls.append((key, id, name, arguments))
    }
  }

  /// The key of the call that began last.
  var lastKey: Int? { calls.last?.key }

  /// Whether there is no call.
  var isEmpty: Bool { calls.isEmpty }

  /// The calls, complete, in the order in which they began; there are none afterwards.
  mutating func finish() -> [ChatEvent] {
    defer { calls = [] }
    return calls.map { call in
      .call(ToolCall(id: call.id, name: call.name, argumentsText: call.arguments))
    }
  }
}

extension ToolCall {
  /// The arguments as an object.
  ///
  /// Services want one also where the model wrote something else; the model learns of that from the
  /// result.
  var argumentsObject: JSONObject {
    if case .object(let object) = arguments { object } else { [:] }
  }

  /// The arguments as the text of a JSON object.
  var argumentsJSON: String { JSONValue.object(argumentsObject).canonicalJSON }
}
