/// The number of slips between two words, counted only as far as it matters.
///
/// This is the restricted Damerau-Levenshtein distance (optimal string alignment): swapping two
/// neighbors is one edit, and no letter is edited twice.
enum EditDistance {
  /// The distance between two words, or `nil` if it is more than `limit`.
  ///
  /// Only the cells at most `limit` off the diagonal can hold a distance within the limit, so each
  /// row keeps just these `2 * limit + 1` cells. Column `j` of row `i` is at offset
  /// `j - i + limit`; the cell diagonally above therefore has the same offset, the cell above the
  /// next one, and the cell to the left the one before.
  static func between(
    _ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int
  ) -> Int? {
    guard limit >= 0, abs(left.count - right.count) <= limit else { return nil }
    if limit == 0 { return left == right ? 0 : nil }

    let width = 2 * limit + 1
    let unreachable = limit + 1
    var twoAbove = [Int](repeating: unreachable, count: width)
    var above = (0..<width).map { offset in
      let column = offset - limit
      return column >= 0 && column <= right.count ? column : unreachable
    }
    var row = [Int](repeating: unreachable, count: width)

    for i in stride(from: 1, through: left.count, by: 1) {
      var isWithinReach = false
      for offset in 0..<width {
        let j = i + offset - limit
        guard j >= 0, j <= right.count else {
          row[offset] = unreachable
          continue
        }
        var slips = unreachable
        if offset + 1 < width { slips = min(slips, above[offset + 1] + 1) }
        if j > 0 {
          if offset > 0 { slips = min(slips, row[offset - 1] + 1) }
          slips = min(slips, above[offset] + (left[i - 1] == right[j - 1] ? 0 : 1))
          if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
            slips = min(slips, twoAbove[offset] + 1)
          }
        }
        row[offset] = slips
        if slips <= limit { isWithinReach = true }
      }
      // A swap reaches back two rows, so one hopeless row is not enough to give up.
      if !isWithinReach, above.allSatisfy({ $0 > limit }) { return nil }
      (twoAbove, above, row) = (above, row, twoAbove)
    }

    let slips = above[right.count - left.count + limit]
    return slips <= limit ? slips : nil
  }
}
