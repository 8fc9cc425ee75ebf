import EverrunsStore

/// Errors of lookups shared with the tool, on their way to a response.
struct APIProgramError: ProgramError {
  private let wrapped: any ReportableError

  init(_ error: StoreError) { wrapped = error }
  init(_ error: ReferenceError) { wrapped = error }

  var code: ErrorCode { wrapped.code }
  var message: String { wrapped.message }
  var hint: String? { wrapped.hint }
}
