public import CommandLineTree
public import EverrunsDocuments
package import EverrunsStore
import Messages

/// An error that keeps a server from starting.
public enum ServerStartError: Error, Sendable, Equatable {
  /// Settings are invalid; all of them are named.
  case invalidSettings(InvalidSettings)
  /// Anyone who can reach the address could use the server.
  case openToOthers(ServerAddress)
  /// The platform definition is invalid.
  case invalidDefinition(DocumentRefusal)
  /// A module needs one that was left out.
  case missingModule(ServerModule, neededBy: ServerModule)
  /// Two routes answer the same requests, or one of them could never be reached.
  ///
  /// - Parameters:
  ///   - message: Which two, in a sentence.
  ///   - hint: What to do about it.
  case routeClash(message: String, hint: String)
  /// Another program listens at the address.
  case addressInUse(ServerAddress)
  /// The user may not listen at the address.
  case addressNotPermitted(ServerAddress)
  /// The address is not one of this machine.
  case addressUnknown(ServerAddress)
  /// The system refuses to listen at the address for another reason.
  case cannotListen(ServerAddress, reason: String)
}

extension ServerStartError: ReportableError {
  package var code: ErrorCode {
    switch self {
    case .invalidSettings, .openToOthers, .missingModule, .routeClash, .addressUnknown: .usage
    case .invalidDefinition: .invalidDocument
    case .addressInUse: .conflict
    case .addressNotPermitted: .permissionDenied
    case .cannotListen: .inputOutput
    }
  }

  package var message: String {
    switch self {
    case .invalidSettings(let settings): settings.description
    case .openToOthers(let address):
      "with AUTH_MODE 'none', anyone who can reach \(address) could use the server"
    case .invalidDefinition(let refusal):
      "the platform definition is invalid: \(Self.words(refusal))"
    case .missingModule(let missing, let module):
      "the module '\(module.rawValue)' needs the module '\(missing.rawValue)'"
    case .routeClash(let message, _): message
    case .addressInUse(let address): "\(address) is in use"
    case .addressNotPermitted(let address): "this user may not listen at \(address)"
    case .addressUnknown(let address): "\(address) is not an address of this machine"
    case .cannotListen(let address, let reason): "cannot listen at \(address): \(reason)"
    }
  }

  package var messages: [String] {
    if case .invalidSettings(let settings) = self { return settings.messages }
    return [message]
  }

  package var hint: String? {
    switch self {
    case .invalidSettings(let settings): settings.hint
    case .openToOthers:
      "set AUTH_MODE=key and EVERRUNS_API_KEY, or EVERRUNS_INSECURE=1 if this is intended"
    case .missingModule: "leave out both, or neither"
    case .routeClash(_, let hint): hint
    case .addressInUse: "choose another port, or 0 for any that is free"
    case .invalidDefinition(let refusal):
      refusal.diagnostics.first { $0.severity == .error }?.hint
    case .addressNotPermitted, .addressUnknown, .cannotListen: nil
    }
  }

  private static func words(_ refusal: DocumentRefusal) -> String {
    let errors = refusal.diagnostics.filter { $0.severity == .error }
    let first = errors.first?.message ?? ""
    return errors.count > 1 ? "\(first), and \(errors.count - 1) more" : first
  }
}

extension ServerStartError: CustomStringConvertible {
  /// The message, with the hint in parentheses.
  public var description: String { message + (hint.map { " (\($0))" } ?? "") }
}
