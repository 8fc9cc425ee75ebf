import EverrunsDocuments

/// A row of a list that a command writes.
protocol Listed {
  /// What `-o name` writes of the row.
  var listName: String { get }
  /// The row as programs read it.
  var document: JSONObject { get }
}
