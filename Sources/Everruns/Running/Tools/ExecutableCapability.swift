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
///       FunctionTool("get_current_time", "Tells the date and time.", effect: .pure) { _, context in
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
  /// Tools that depend on the configuration are allowed; their names should not, because documents
  /// have the names of the toolset without configuration.
  ///
  /// - Parameter configuration: How the harness or agent configures the capability; empty if it does
  ///   not.
  /// - Throws: ``ToolRefusal`` if the configuration makes no sense. The capability is then not
  ///   available.
  func toolset(_ configuration: JSONObject) throws -> [any Tool]

  /// What the model is told about the capability, before the harness's prompt; `nil` for nothing.
  ///
  /// - Parameter configuration: How the harness or agent configures the capability.
  func instructions(_ configuration: JSONObject) -> String?
}

extension ExecutableCapability {
  /// Nothing.
  public func instructions(_ configuration: JSONObject) -> String? { nil }

  /// The names of the toolset without configuration.
  public var tools: [String] { ((try? toolset([:])) ?? []).map(\.name) }
}
