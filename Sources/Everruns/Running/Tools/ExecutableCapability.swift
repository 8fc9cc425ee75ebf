public import EverrunsDocuments

/// A capability that can be executed: it brings its tools as code.
///
/// Only an id, a name and the tools are required:
///
/// ```swift
/// struct CurrentTime: ExecutableCapability {
///   let id = "current_time"
///   let name = "Current Time"
///
///   func toolset(_ configuration: JSONObject) -> [any Tool] {
///     [
///       FunctionTool("get_current_time", "Tells the date and time.", effect: .pure) { _, context
///       in
///         ["datetime": .string(context.now.formatted(.iso8601))]
///       }
///     ]
///   }
/// }
/// ```
///
/// The names of the tools, which documents and fingerprints have, follow from the toolset.
public protocol ExecutableCapability: Capability {
  /// The tools that the capability gives to an agent.
  ///
  /// Tools may depend on the configuration, but their names should not: documents list the names of
  /// the toolset without a configuration.
  ///
  /// - Parameter configuration: The configuration in the harness or agent; empty if there is none.
  /// - Returns: The tools, which are offered to the model in this order.
  /// - Throws: ``ToolRefusal`` if the configuration is invalid. The capability is then not
  ///   available.
  func toolset(_ configuration: JSONObject) throws -> [any Tool]

  /// The capability's instructions for the model, which precede the harness's prompt.
  ///
  /// - Parameter configuration: The configuration in the harness or agent; empty if there is none.
  /// - Returns: The text; `nil` if the model needs none.
  func instructions(_ configuration: JSONObject) -> String?
}

extension ExecutableCapability {
  /// Nothing.
  public func instructions(_ configuration: JSONObject) -> String? { nil }

  /// The names of the toolset without configuration.
  public var tools: [String] { ((try? toolset([:])) ?? []).map(\.name) }
}
