public import CommandLineTree
package import EverrunsStore

/// Why a worker does not run.
public enum WorkerError: Error, Equatable {
  /// Settings are invalid; all of them are named.
  case invalidSettings(InvalidSettings)
  /// Tools of the definition's capabilities cannot be told apart, or no provider accepts their
  /// names; each in a sentence.
  case conflictingTools([String])
  /// The worker's definition differs from the server's; the differences, each in half a sentence.
  case definitionMismatch([String])
}

extension WorkerError: ReportableError {
  package var code: ErrorCode {
    switch self {
    case .invalidSettings: .usage
    case .conflictingTools: .invalidDocument
    case .definitionMismatch: .conflict
    }
  }

  package var message: String {
    switch self {
    case .invalidSettings(let settings): settings.description
    case .conflictingTools(let sentences): sentences.joined(separator: "; ")
    case .definitionMismatch(let differences):
      "the definition differs from the server's: \(differences.joined(separator: "; "))"
    }
  }

  package var messages: [String] {
    if case .invalidSettings(let settings) = self { return settings.messages }
    return [message]
  }

  package var hint: String? {
    switch self {
    case .invalidSettings(let settings): settings.hint
    case .conflictingTools: nil
    case .definitionMismatch: "start server and worker with the same definition"
    }
  }
}
