extension String {
  /// The name of a table, column or trigger in SQL, which other programs may have given any signs:
  /// sqlite.org/lang_keywords.html.
  var quotedIdentifier: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
}
