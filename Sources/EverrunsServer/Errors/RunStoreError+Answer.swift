import EverrunsDocuments
import EverrunsStore
import HTTPTypes

extension APIError {
  /// The response to an error of a store of sessions; `reference` is the id of the request in the
  /// log.
  init(_ error: RunStoreError, reference: String) {
    switch error {
    case .unknownReference(let field, let noun, let name):
      self = .wrongValue(
        RequestProblem.unknown(noun: noun, name: name, candidates: []), at: field)
    case .noHarness:
      self.init(
        .conflict, code: ErrorCode.conflict.rawValue, message: error.message, hint: error.hint)
    case .store(let error):
      self.init(error as any ReportableError, reference: reference)
    case .notFound, .idempotencyKeyReused, .notRetryable, .leaseLost, .unexpected:
      self.init(error as any ReportableError, reference: reference)
    }
  }
}
