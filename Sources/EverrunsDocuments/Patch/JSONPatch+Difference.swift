extension JSONPatch {
  /// The patch that turns one document into another.
  ///
  /// Elements of arrays are matched by what identifies them, so that a patch changes the fields of
  /// a component and not all components behind it. An element that stands elsewhere is removed and
  /// added again.
  ///
  /// - Parameter keys: The keys whose text identifies an object in an array, the most important
  ///   first.
  public init(
    from before: JSONValue, to after: JSONValue, identifiedBy keys: [String]
  ) {
    var difference = JSONDifference(identifyingKeys: keys)
    difference.describe(before, after, at: JSONPointer())
    self.init(difference.operations)
  }
}

/// The operations found so far that turn one value into another.
private struct JSONDifference {
  let identifyingKeys: [String]
  var operations: [JSONPatch.Operation] = []

  mutating func describe(
    _ before: JSONValue, _ after: JSONValue, at path: JSONPointer
  ) {
    guard before != after else { return }
    switch (before, after) {
    case (.object(let before), .object(let after)): describe(before, after, at: path)
    case (.array(let before), .array(let after)): describe(before, after, at: path)
    default: operations.append(.replace(path, after))
    }
  }

  private mutating func describe(
    _ before: JSONObject, _ after: JSONObject, at path: JSONPointer
  ) {
    for member in before.members where after[member.key] == nil {
      operations.append(.remove(path.appending(member.key)))
    }
    for member in after.members {
      let memberPath = path.appending(member.key)
      if let previous = before[member.key] {
        describe(previous, member.value, at: memberPath)
      } else {
        operations.append(.add(memberPath, member.value))
      }
    }
  }

  private mutating func describe(
    _ before: [JSONValue], _ after: [JSONValue], at path: JSONPointer
  ) {
    let old = before.map(identity)
    let new = after.map(identity)
    let positions = Dictionary(firstByKey: zip(old, old.indices))
    guard positions.count == old.count, Set(new).count == new.count else {
      operations.append(.replace(path, .array(after)))
      return
    }
    // The elements that stay where they are, in both orders.
    let origins = new.compactMap { positions[$0] }
    let kept = Set(origins.longestIncreasingSubsequence)
    for index in before.indices.reversed() where !kept.contains(index) {
      operations.append(.remove(path.appending(index)))
    }
    for (index, element) in after.enumerated() {
      if let origin = positions[new[index]], kept.contains(origin) {
        describe(before[origin], element, at: path.appending(index))
      } else {
        operations.append(.add(path.appending(index), element))
      }
    }
  }

  /// What tells an element from its neighbours.
  private func identity(of element: JSONValue) -> ExactText {
    switch element {
    case .object:
      ExactText(
        element.identifyingText(by: identifyingKeys).map { "object " + $0 }
          ?? element.canonicalJSON)
    case .string, .null, .bool, .number, .array: ExactText(element.canonicalJSON)
    }
  }
}

extension [Int] {
  /// The longest of the subsequences that only rise, of numbers that differ.
  ///
  /// Patience sorting: `tails[n]` is the least number that ends such a subsequence of length n + 1.
  /// It takes n log n steps, where a general comparison of two orders takes the square.
  var longestIncreasingSubsequence: [Int] {
    var tails: [Int] = []
    var predecessors: [Int: Int] = [:]
    for number in self {
      var low = 0
      var high = tails.count
      while low < high {
        let middle = (low + high) / 2
        if tails[middle] < number { low = middle + 1 } else { high = middle }
      }
      predecessors[number] = low > 0 ? tails[low - 1] : nil
      if low == tails.count { tails.append(number) } else { tails[low] = number }
    }
    var result: [Int] = []
    var next = tails.last
    while let number = next {
      result.append(number)
      next = predecessors[number]
    }
    return result.reversed()
  }
}
