public import CommandLineTree
package import EverrunsStore

/// An error that keeps a worker from running.
public enum WorkerError: Error, Equatable {
  /// Invalid settings.
  case invalidSettings(InvalidSettings)
  /// Tools with duplicate or invalid names; one sentence each.
  case conflictingTools([String])
  /// The worker's definition differs from the server's; one clause per difference.
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
