import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Files
import Messages

extension Session {
  /// Runs a command and reports its error.
  func reportingErrors(_ body: (Session) throws -> ExitCode) -> ExitCode {
    do {
      let code = try body(self)
      writeHeldNotices()
      return code
    } catch {
      let error = ControlError(wrapping: error, after: lastingEffect)
      // An interrupt ends the wait for a lock.
      let isInterrupted = error.exitCode == .busy && context.interrupts.isPending
      return report(
        isInterrupted
          ? ControlError(wrapping: StoreError.interrupted, after: lastingEffect) : error)
    }
  }

  private func report(_ error: ControlError) -> ExitCode {
    endProgress()
    guard error.exitCode != .success else { return .success }
    // If the error itself cannot be written, nothing is left to do.
    let text =
      format == .json
      ? error.document(message: message(of: error), hint: hint(for: error), heldNotices).prettyJSON
        + "\n"
      : text(for: error)
    try? context.errorOutput.write(text)
    return error.exitCode
  }

  /// The message, with the passwords of store addresses masked.
  private func message(of error: ControlError) -> String {
    StoreAddress.maskingPasswords(in: error.message, of: words)
  }

  /// The hint, whose commands can be run as they are.
  private func hint(for error: ControlError) -> String? {
    var hint =
      if case .store(let error) = error { self.hint(for: error) } else {
        error.hint { next($0, about: $1) }
      }
    switch error {
    case .store(.busy), .file(_, .locked):
      hint = [waited, hint].compactMap(\.self).joined(separator: ", or ")
    default: break
    }
    return hint.map { StoreAddress.maskingPasswords(in: $0, of: words) }
  }

  private func hint(for error: StoreError) -> String? {
    var isAboutInput = false
    let hint = error.hint { command, store in
      guard let store, store != (try? storeLocation()) else {
        return next(command, about: .store)
      }
      // Any other path is absolute, or names a file.
      isAboutInput = isAboutInput || store.path == "-"
      return "\(program.name) \(command) -s \(store.description.shellQuoted)"
    }
    return isAboutInput ? "write it to a file, and name that" : hint
  }

  /// How long a busy store or a locked file was waited for, and how to wait longer.
  private var waited: String {
    let option = GlobalOptions.wait.specification.typedName
    let wait = arguments[GlobalOptions.wait]
    guard wait > .zero else { return "wait for it with \(option) 30s" }
    let text = { ValueFormat.duration.text($0) }
    let longer: [Duration] = [.seconds(60), .seconds(600), .seconds(86_400)]
    let next = longer.first { $0 > wait }.map { "; wait longer with \(option) \(text($0))" }
    return "waited \(text(wait))" + (next ?? "")
  }

  private func text(for error: ControlError) -> String {
    // A deliberate no is not an error.
    if case .cancelled = error { return "Cancelled; nothing changed.\n" }
    let style = style(of: context.errorOutput)
    var lines = [style.error("error:") + " " + message(of: error).escapingControls()]
    lines += error.listedErrors.flatMap { $0.lines(in: error.diagnostics?.source, style: style) }
      .map { "  " + $0 }
    if case .mergeConflicts(let conflicts, _) = error { lines += self.lines(conflicts, style) }
    if let hint = hint(for: error) {
      lines.append(style.hint("hint:") + " " + hint.escapingControls())
    }
    if case .usage(let usage) = error {
      lines.append("usage: " + program.tree.usage(for: usage.commandPath))
      lines.append(program.tree.helpInvitation(for: usage.commandPath))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The conflicts of a merge, wrapped to the width of a terminal.
  private func lines(_ conflicts: [JSONMerge.Conflict], _ style: Style) -> [String] {
    let width = context.errorOutput.width
    let text = ConflictText(style: style, isVerbose: isVerbose)
    return conflicts.flatMap(text.lines).map { "  " + $0 }
      .map { line in width.map { line.wrapped(to: $0) } ?? line }
  }
}

extension ControlError {
  /// The error as JSON, with the notices that precede it.
  fileprivate func document(message: String, hint: String?, _ notices: [Notice]) -> JSONValue {
    var error: JSONObject = [
      "code": .string(code.rawValue), "message": .string(message), "hint": .optional(hint),
      "exit_code": .integer(Int(exitCode.rawValue)),
    ]
    if let (source, diagnostics) = diagnostics {
      error["diagnostics"] = .array(diagnostics.map { .object($0.document(source: source)) })
    }
    if case .mergeConflicts(let conflicts, _) = self {
      error["conflicts"] = .array(conflicts.map(\.document))
    }
    error.merge(JSONObject(notices.members))
    return ["error": .object(error)]
  }
}
