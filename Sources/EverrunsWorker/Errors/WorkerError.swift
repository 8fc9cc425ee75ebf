package import EverrunsStore

/// Why a worker does not run.
public enum WorkerError: Error, Equatable {
  /// Tools of the definition's capabilities cannot be told apart, or no provider accepts their
  /// names; each in a sentence.
  case conflictingTools([String])
  /// The server's definition is another one; the differences, each in half a sentence.
  case definitionMismatch([String])
}

extension WorkerError: ReportableError {
  package var code: ErrorCode {
    switch self {
    case .conflictingTools: .invalidDocument
    case .definitionMismatch: .conflict
    }
  }

  package var message: String {
    switch self {
    case .conflictingTools(let sentences): sentences.joined(separator: "; ")
    case .definitionMismatch(let differences):
      "the server's definition is another one: \(differences.joined(separator: "; "))"
    }
  }

  package var hint: String? {
    switch self {
    case .conflictingTools: nil
    case .definitionMismatch: "start server and worker with the same definition"
    }
  }
}
