/// A setting that a program takes from one environment variable.
///
/// ```swift
/// static let lease = Setting("WORKER_LEASE", .duration, default: .seconds(30), summary: "…")
/// ```
package struct Setting<Value: CommandLineValue>: Sendable {
  /// The name of the variable.
  package let name: String
  /// What it is for, in one line without a full stop.
  package let summary: String
  let format: ValueFormat<Value>
  let defaultValue: Value

  /// A setting of these parts.
  ///
  /// - Parameters:
  ///   - name: The name of the variable. One that is empty counts as not set.
  ///   - format: How its text becomes a value.
  ///   - defaultValue: The value where the variable is not set.
  ///   - summary: What it is for, in one line without a full stop.
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
