import Foundation
import StoreTesting

extension RepeatableNumbers {
  /// The seeds of a property of which each case takes seconds.
  ///
  /// With `CI=true` in the environment all of them are tried, else a third, so that `swift test`
  /// can be run after every change.
  static func seeds(of all: Int) -> ClosedRange<Int> {
    1...(ProcessInfo.processInfo.environment["CI"] == "true" ? all : all / 3)
  }
}
