/// A value that is made when somebody first asks for it.
final class Lazy<Value> {
  private let make: () -> Value
  private(set) lazy var value = make()

  init(_ make: @autoclosure @escaping () -> Value) {
    self.make = make
  }
}
