import CommandLineTree
import Everruns
import EverrunsStore
import Wording

extension Session {
  /// Writes the result in the form that was asked for.
  ///
  /// Only that form is made.
  ///
  /// - Parameters:
  ///   - json: The result for programs.
  ///   - names: The ids of a list, for the form `name`.
  ///   - text: The result for people, ending with a newline where it is not empty.
  func write(
    json: @autoclosure () -> JSONValue, names: @autoclosure () -> [String] = [],
    text: @autoclosure () -> String
  ) throws {
    switch format {
    case .json: try write(json().prettyJSON + "\n")
    case .yaml: try write(YAMLWriter.write(json()))
    case .name: try write(names().map { $0.escapingControls() + "\n" }.joined())
    case .markdown: try write(text())
    case .text:
      let text = text()
      try write(context.output.width.map(text.wrapped) ?? text)
    }
  }

  /// Writes a plan in the form that was asked for, row by row.
  ///
  /// - Parameters:
  ///   - more: What programs are told beside it.
  ///   - isOutcomeKnown: Whether the plan was carried out, and its end says so.
  ///   - end: The last line for people, if there is one.
  func write(
    _ plan: SeedPlan, with more: JSONObject = [:], isOutcomeKnown: Bool = false,
    end: () throws -> String? = { nil }
  ) throws {
    switch format {
    case .text, .name:
      try writeText(
        plan, to: context.output, isVerbose: arguments[GlobalOptions.verbose],
        isOutcomeKnown: isOutcomeKnown, end: end)
    case .json:
      try write(plan, as: .json(.pretty), with: more)
      try write("\n")
    case .yaml:
      try write(plan, as: .yaml, with: more)
    case .markdown:
      try writing(to: context.output) { try PlanMarkdown.write(plan, to: $0) }
    }
  }

  private func write(
    _ plan: SeedPlan, as notation: DocumentNotation, with more: JSONObject
  ) throws {
    try writing(to: context.output) { output in
      try plan.write(as: notation, with: more) {
        try output(String(decoding: $0, as: UTF8.self))
      }
    }
  }

  /// Writes the rows of a plan, all of them.
  func write(rowsOf plan: SeedPlan) throws {
    guard format == .text else {
      let rows = try plan.rows.collected()
      return try write(json: .array(rows.map(\.document)), text: "")
    }
    try writeText(plan, to: context.output, isVerbose: true)
  }

  /// Writes a plan for people, fitted to the stream that shows it.
  func writeText(
    _ plan: SeedPlan, to stream: any TextOutput, isVerbose: Bool, isOutcomeKnown: Bool = false,
    end: () throws -> String? = { nil }
  ) throws {
    let width = stream.width
    let text = PlanText(style: Style(isColored: isColored(stream)), isVerbose: isVerbose)
    try writing(to: stream) { output in
      try text.write(plan, isOutcomeKnown: isOutcomeKnown, end: end) { piece in
        try output(width.map(piece.wrapped) ?? piece)
      }
    }
  }

  /// Runs a body that writes in many pieces, and hands them on in few.
  func writing(
    to stream: any TextOutput, _ body: ((String) throws -> Void) throws -> Void
  ) throws {
    let size = 1 << 16
    var buffer = ""
    try body { text in
      buffer += text
      guard buffer.utf8.count > size else { return }
      try stream.write(buffer)
      buffer = ""
    }
    if !buffer.isEmpty { try stream.write(buffer) }
  }

  /// Writes to standard output.
  func write(_ text: String) throws {
    guard !text.isEmpty else { return }
    try context.output.write(text)
  }

  /// Tells people something that is not the result.
  func note(_ text: String) {
    guard !arguments[GlobalOptions.quiet] else { return }
    // A note that nobody can read must not change how the command ends.
    try? context.errorOutput.write("note: \(text.escapingControls())\n")
  }

  /// The emphasis for the result.
  var style: Style { Style(isColored: isColored(context.output)) }

  /// Runs a command and reports what goes wrong.
  func reportingErrors(_ body: (Session) throws -> ExitCode) -> ExitCode {
    do {
      return try body(self)
    } catch let error as ControlError {
      return report(error)
    } catch let error as StoreError {
      return report(.store(error))
    } catch let error as OutputFailure {
      return report(.output(error))
    } catch let error as DependencyResolution.Failure {
      return report(.resolution(error))
    } catch let error as UsageError {
      return report(.usage(error))
    } catch {
      return report(.unexpected("\(error)"))
    }
  }

  private func report(_ error: ControlError) -> ExitCode {
    endProgress()
    guard error.exitCode != .success else { return .success }
    // Nothing is left to do where the errors themselves cannot be written.
    try? context.errorOutput.write(
      format == .json ? error.document(hint: hint(for: error)).prettyJSON + "\n" : text(for: error))
    return error.exitCode
  }

  /// What to do about an error; a command in it is one that can be run as it stands.
  private func hint(for error: ControlError) -> String? {
    if case .store(.olderSchema) = error { return "bring it up to date: \(next("store init"))" }
    return error.hint
  }

  private func text(for error: ControlError) -> String {
    let style = Style(isColored: isColored(context.errorOutput))
    var lines = [style.error("error:") + " " + error.message.escapingControls()]
    lines += error.listedErrors.flatMap { $0.lines(in: error.diagnostics?.source, style: style) }
      .map { "  " + $0 }
    if let hint = hint(for: error) {
      lines.append(style.hint("hint:") + " " + hint.escapingControls())
    }
    if case .usage(let usage) = error {
      lines.append("usage: " + control.tree.usage(for: usage.commandPath))
      lines.append(control.tree.helpInvitation(for: usage.commandPath))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Colours obey `--color`, then `NO_COLOR` (no-color.org), then `CLICOLOR_FORCE`
  /// (bixense.com/clicolors), then whether that very stream is a terminal that can show them.
  private func isColored(_ stream: any TextOutput) -> Bool {
    switch arguments[GlobalOptions.color] ?? .auto {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if context.variable("NO_COLOR") != nil { return false }
    if let force = context.variable("CLICOLOR_FORCE"), force != "0" { return true }
    return stream.isTerminal && context.variable("TERM") != "dumb"
  }

  // MARK: Help

  /// Shows a page of help.
  func show(help subject: HelpSubject) throws -> ExitCode {
    let style = style
    try write(
      control.tree.help(
        on: subject, width: context.output.width ?? 80,
        style: HelpStyle(heading: style.heading, literal: style.literal)))
    return .success
  }
}

extension ControlError {
  /// The error as programs read it.
  fileprivate func document(hint: String?) -> JSONValue {
    var error: JSONObject = [
      "code": .string(code.rawValue), "message": .string(message), "hint": .optional(hint),
      "exit_code": .integer(Int(exitCode.rawValue)),
    ]
    if let (source, diagnostics) = diagnostics {
      error["diagnostics"] = .array(diagnostics.map { $0.document(source: source) })
    }
    return ["error": .object(error)]
  }
}
