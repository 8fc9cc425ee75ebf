import Testing

@testable import Messages

@Suite struct EditDistanceTests {
  private func distance(_ left: String, _ right: String, limit: Int = 3) -> Int? {
    EditDistance.between(Array(left.unicodeScalars), Array(right.unicodeScalars), limit: limit)
  }

  @Test func `each kind of edit counts once`() {
    #expect(distance("seed", "seed") == 0)
    #expect(distance("seed", "seeds") == 1)
    #expect(distance("seed", "see") == 1)
    #expect(distance("seed", "seld") == 1)
    #expect(distance("seed", "sede") == 1)
  }

  @Test func `a swap with an inserted letter is not a single edit`() {
    // The restricted distance touches no letter twice: the unrestricted one would say 2.
    #expect(distance("ca", "abc") == 3)
  }

  @Test func `two swaps in a row are found`() {
    #expect(distance("badc", "abcd", limit: 2) == 2)
    #expect(distance("ba", "ab", limit: 1) == 1)
  }

  @Test func `a distance above the limit is nil`() {
    #expect(distance("seed", "drivers") == nil)
    #expect(distance("abcd", "wxyz", limit: 3) == nil)
    #expect(distance("ab", "ba", limit: 0) == nil)
    #expect(distance("ab", "ab", limit: -1) == nil)
  }

  @Test func `the distance to an empty word is the other's length`() {
    #expect(distance("", "") == 0)
    #expect(distance("", "abc") == 3)
    #expect(distance("abc", "") == 3)
    #expect(distance("", "abcd") == nil)
  }

  @Test func `the banded table gives the same distance as the whole one`() {
    let words = (0..<3).reduce([""]) { known, _ in
      known + known.flatMap { word in ["a", "b", "c"].map { word + $0 } }
    }
    for left in Set(words) {
      for right in Set(words) {
        let whole = Self.wholeTable(Array(left.unicodeScalars), Array(right.unicodeScalars))
        for limit in 0...3 {
          #expect(distance(left, right, limit: limit) == (whole <= limit ? whole : nil))
        }
      }
    }
  }

  /// The distance by its definition, without any bound.
  private static func wholeTable(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var table = Array(
      repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    for i in 0...left.count {
      for j in 0...right.count {
        guard i > 0, j > 0 else {
          table[i][j] = max(i, j)
          continue
        }
        var slips = min(
          table[i - 1][j] + 1, table[i][j - 1] + 1,
          table[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          slips = min(slips, table[i - 2][j - 2] + 1)
        }
        table[i][j] = slips
      }
    }
    return table[left.count][right.count]
  }
}
