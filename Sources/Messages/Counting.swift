/// A number with its noun, in the singular or the plural: `1 row`, `2 rows`, `3 capabilities`.
package func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
  "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
