extension Implementations {
  /// The capabilities of the stock platform that every worker can execute: `current_time`,
  /// `test_math`, `test_weather`, `stateless_todo_list` and `session`.
  public static let stock = Implementations(capabilities: [
    CurrentTimeTools(), MathTools(), WeatherTools(), TodoListTools(), SessionTools(),
  ])
}

/// The code of a capability whose data is the stock platform's.
protocol StockImplementation: ExecutableCapability {}

extension StockImplementation {
  /// The name of a capability that is never listed: the definition's own is shown.
  var name: String { id }
}
