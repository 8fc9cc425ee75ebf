/// The conversion between the value of an option or argument and the given values.
struct ValueAccess<Value: Sendable>: Sendable {
  /// The value; `nil` if a required one is absent.
  let read: @Sendable ([any CommandLineValue]) -> Value?
  /// The given values that represent it; empty if it is absent.
  let write: @Sendable (Value) -> [any CommandLineValue]
}

extension ValueAccess where Value == Bool {
  /// A flag.
  static var flag: Self {
    Self(read: { !$0.isEmpty }, write: { $0 ? [true] : [] })
  }
}

extension ValueAccess {
  /// The last value, if any.
  static func optional<Wrapped: CommandLineValue>() -> Self where Value == Wrapped? {
    Self(
      read: { .some(last($0)) },
      write: { value in value.map { [$0] } ?? [] })
  }

  /// The last value, or the default.
  static func required(default: Value? = nil) -> Self where Value: CommandLineValue {
    Self(read: { last($0) ?? `default` }, write: { [$0] })
  }

  /// The last value.
  ///
  /// Casting `nil` would try all kinds of casts.
  private static func last<Last>(_ values: [any CommandLineValue]) -> Last? {
    guard let last = values.last else { return nil }
    return last as? Last
  }

  /// All values, in order.
  static func list<Element: CommandLineValue>() -> Self where Value == [Element] {
    Self(read: { $0.compactMap { $0 as? Element } }, write: { $0 })
  }
}
