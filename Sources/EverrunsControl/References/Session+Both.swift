extension Session {
  /// Makes two look-ups; if neither name exists, the error names both.
  func both<First, Second>(
    _ first: () throws -> First, _ second: () throws -> Second
  ) throws -> (First, Second) {
    let found = Result(catching: first)
    if case .failure(let error) = found, !ControlError(wrapping: error).isAboutName { throw error }
    switch (found, Result(catching: second)) {
    case (.success(let first), .success(let second)): return (first, second)
    case (.success, .failure(let error)), (.failure(let error), .success): throw error
    case (.failure(let first), .failure(let second)):
      let errors = [first, second].map { ControlError(wrapping: $0) }
      throw ControlError(several: errors.filter(\.isAboutName))
    }
  }
}
