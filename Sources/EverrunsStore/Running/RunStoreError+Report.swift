import Everruns
import Messages

extension RunStoreError: ReportableError {
  package var code: ErrorCode {
    switch self {
    case .store(let error): error.code
    case .notFound, .unknownReference, .noHarness: .notFound
    case .idempotencyKeyReused, .leaseLost: .conflict
    case .notRetryable: .refused
    case .unexpected: .internal
    }
  }

  package var message: String {
    switch self {
    case .store(let error): error.message
    case .notFound(let noun, let name): "no \(noun) \(name.quoted)"
    case .unknownReference(_, let noun, let name): "the organization has no \(noun) \(name.quoted)"
    case .noHarness(let reasons):
      "no harness can be used: " + reasons.map(\.message).joined(separator: "; ")
    case .idempotencyKeyReused(let key):
      "the idempotency key \(key.quoted) was used with another message"
    case .notRetryable(let turn):
      "turn \(turn.description.quoted) cannot be retried: it has not failed, or others came after it"
    case .leaseLost: "another worker has the turn, or it has ended"
    case .unexpected: "the worker reports a step that is not the turn's current one"
    }
  }

  package var hint: String? {
    switch self {
    case .store(let error): error.hint
    case .noHarness: "name one, or seed the organization: 'everrunsctl seed apply'"
    case .idempotencyKeyReused: "use a new key for a new message"
    case .notFound, .unknownReference, .notRetryable, .leaseLost, .unexpected: nil
    }
  }
}
