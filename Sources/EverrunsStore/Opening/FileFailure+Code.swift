package import Files

extension FileFailure {
  /// The stable code that programs match.
  package var code: ErrorCode {
    switch self {
    case .missing, .isDirectory, .unusablePath, .noWorkingFolder: .noInput
    case .exists, .changed: .conflict
    case .permissionDenied: .permissionDenied
    case .cannotCreate: .cannotCreate
    case .inputOutput, .closed: .inputOutput
    case .locked: .busy
    case .interrupted: .interrupted
    }
  }
}
