/// The elements of an array while a patch inserts and moves them one by one: the current index of
/// each is found in logarithmic time.
///
/// The places of all elements, before and after they move, are known in advance, and each is
/// occupied or not. The index of an element is the number of occupied places before its own.
struct MovingElements {
  /// An element of the new array.
  enum Step {
    /// It keeps its relative position; `old` is its index in the old array.
    case kept(old: Int)
    /// It follows the element before it, no longer those of the old array.
    case moved(old: Int)
    /// It is new.
    case added
  }

  private var occupied: FenwickTree
  /// The place of each element of the old array, by its index there.
  private let oldPlaces: [Int]
  /// The place of each element of the new array that is new or moves.
  private let newPlaces: [Int]

  /// Creates the old array, without the elements that the new one lacks.
  ///
  /// - Parameters:
  ///   - steps: The elements of the new array. Those that are kept have ascending indexes.
  ///   - count: The number of elements of the old array.
  init(_ steps: [Step], oldCount count: Int) {
    // A new place directly follows the place of the element before it in the new array: those of
    // the elements between two kept ones follow the first of these.
    var followers: [[Int]] = Array(repeating: [], count: count + 1)
    var remaining = Array(repeating: false, count: count)
    var slot = 0
    for (index, step) in steps.enumerated() {
      switch step {
      case .kept(let old):
        remaining[old] = true
        slot = old + 1
      case .moved(let old):
        remaining[old] = true
        followers[slot].append(index)
      case .added: followers[slot].append(index)
      }
    }
    var oldPlaces = Array(repeating: 0, count: count)
    var newPlaces = Array(repeating: 0, count: steps.count)
    var next = 0
    for slot in 0...count {
      if slot > 0 {
        oldPlaces[slot - 1] = next
        next += 1
      }
      for index in followers[slot] {
        newPlaces[index] = next
        next += 1
      }
    }
    occupied = FenwickTree(count: next)
    for index in 0..<count where remaining[index] { occupied.add(1, at: oldPlaces[index]) }
    self.oldPlaces = oldPlaces
    self.newPlaces = newPlaces
  }

  /// The current index of an element of the old array that has not moved.
  func index(ofOld old: Int) -> Int { occupied.sum(before: oldPlaces[old]) }

  /// Removes an element of the old array from its place.
  ///
  /// - Returns: Its index before.
  mutating func take(old: Int) -> Int {
    let index = index(ofOld: old)
    occupied.add(-1, at: oldPlaces[old])
    return index
  }

  /// Inserts the element with an index of the new array.
  ///
  /// - Returns: Its current index.
  mutating func insert(_ index: Int) -> Int {
    let place = newPlaces[index]
    occupied.add(1, at: place)
    return occupied.sum(before: place)
  }
}

/// Numbers at positions, of which sums and changes take logarithmic time.
///
/// P. M. Fenwick, "A new data structure for cumulative frequency tables", Software: Practice and
/// Experience 24 (1994).
private struct FenwickTree {
  private var nodes: [Int]

  init(count: Int) {
    nodes = Array(repeating: 0, count: count + 1)
  }

  /// The sum of the numbers before a position.
  func sum(before position: Int) -> Int {
    var node = position
    var sum = 0
    while node > 0 {
      sum += nodes[node]
      node &= node - 1
    }
    return sum
  }

  mutating func add(_ number: Int, at position: Int) {
    var node = position + 1
    while node < nodes.count {
      nodes[node] += number
      node += node & -node
    }
  }
}
