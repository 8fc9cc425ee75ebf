/// The error type of a program, which wraps the errors of the layers below.
package protocol ProgramError: ReportableError {
  /// An error of a store.
  init(_ error: StoreError)

  /// A reference that does not name exactly one thing.
  init(_ error: ReferenceError)
}

extension ProgramError {
  /// Runs `body` on a store and wraps its error.
  package static func asking<Value>(
    _ store: @autoclosure () throws(StoreError) -> Value
  ) throws(Self) -> Value {
    do throws(StoreError) {
      return try store()
    } catch {
      throw Self(error)
    }
  }
}
