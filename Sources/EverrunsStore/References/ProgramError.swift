/// Everything that can go wrong in a program, which wraps what goes wrong below it.
package protocol ProgramError: ReportableError {
  /// The error that a store could not do something.
  init(_ error: StoreError)

  /// The error that a reference does not name one thing.
  init(_ error: ReferenceError)
}

extension ProgramError {
  /// Asks a store, and wraps its error.
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
