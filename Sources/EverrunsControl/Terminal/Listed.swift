import EverrunsDocuments

/// A row of a list that a command writes.
protocol Listed {
  /// The name of the row for `-o name`.
  var listName: String { get }
  /// The row as JSON.
  var document: JSONObject { get }
}
