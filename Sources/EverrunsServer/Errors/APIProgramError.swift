import EverrunsStore

/// The errors of look-ups that the tool makes, too, on their way to an answer.
struct APIProgramError: ProgramError {
  private let wrapped: any ReportableError

  init(_ error: StoreError) { wrapped = error }
  init(_ error: ReferenceError) { wrapped = error }

  var code: ErrorCode { wrapped.code }
  var message: String { wrapped.message }
  var hint: String? { wrapped.hint }
}
