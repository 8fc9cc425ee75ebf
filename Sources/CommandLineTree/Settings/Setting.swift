/// A setting that a program reads from one environment variable.
///
/// ```swift
/// static let lease = Setting("WORKER_LEASE", .duration, default: .seconds(30), summary: "…")
/// ```
package struct Setting<Value: CommandLineValue>: Sendable {
  /// The name of the variable.
  package let name: String
  /// Its purpose, in one line without a full stop.
  package let summary: String
  let format: ValueFormat<Value>
  let defaultValue: Value

  /// Creates a setting.
  ///
  /// - Parameters:
  ///   - name: The name of the variable. An empty variable counts as unset.
  ///   - format: The conversion of its text.
  ///   - defaultValue: The value if the variable is unset.
  ///   - summary: Its purpose, in one line without a full stop.
  package init(
    _ name: String, _ format: ValueFormat<Value>, default defaultValue: Value, summary: String
  ) {
    self.name = name
    self.format = format
    self.defaultValue = defaultValue
    self.summary = summary
  }

  /// The setting in the help: its name, and its summary with the default.
  package var term: HelpTerm { HelpTerm(name, "\(summary); default \(format.text(defaultValue))") }
}
