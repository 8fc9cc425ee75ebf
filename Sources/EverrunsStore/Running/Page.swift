/// A page of rows.
package struct Page<Element: Sendable>: Sendable {
  /// The rows, in order.
  package let elements: [Element]
  /// The total number of rows.
  package let total: Int

  /// A page of these rows.
  package init(_ elements: [Element], total: Int) {
    self.elements = elements
    self.total = total
  }
}

extension Page: Equatable where Element: Equatable {}
