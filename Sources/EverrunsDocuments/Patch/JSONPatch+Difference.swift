extension JSONPatch {
  /// The patch that turns one document into another.
  ///
  /// Elements of arrays are matched by identifier, so that a patch changes the fields of one
  /// component and not all components after it. An element that moves is removed and added again.
  ///
  /// RFC 6902 addresses elements by index only. So that a patch never changes the wrong component
  /// of another document, each operation on an element or inside it is preceded by a `test` of the
  /// element's identifier. An addition is preceded by a test of the element after it, or at the end
  /// by a test of the last element.
  ///
  /// - Parameters:
  ///   - before: The document that the patch applies to.
  ///   - after: The document that results.
  ///   - keys: The keys whose text identifies an object in an array, in order of precedence.
  public init(
    from before: JSONValue, to after: JSONValue, identifiedBy keys: [String]
  ) {
    var difference = JSONDifference(identifyingKeys: keys)
    difference.describe(before, after, at: JSONPointer())
    self.init(difference.operations)
  }
}

/// The operations found so far.
private struct JSONDifference {
  let identifyingKeys: [String]
  private(set) var operations: [JSONPatch.Operation] = []
  /// The tests of the elements around the current value, outermost first.
  private var guards: [JSONPatch.Operation] = []

  init(identifyingKeys: [String]) {
    self.identifyingKeys = identifyingKeys
  }

  private mutating func append(_ operation: JSONPatch.Operation) {
    operations += guards + [operation]
  }

  private mutating func guarded(
    by test: JSONPatch.Operation?, _ body: (inout Self) -> Void
  ) {
    guard let test else { return body(&self) }
    guards.append(test)
    body(&self)
    guards.removeLast()
  }

  mutating func describe(
    _ before: JSONValue, _ after: JSONValue, at path: JSONPointer
  ) {
    guard before != after else { return }
    switch (before, after) {
    case (.object(let before), .object(let after)): describe(before, after, at: path)
    case (.array(let before), .array(let after)): describe(before, after, at: path)
    default: append(.replace(path, after))
    }
  }

  private mutating func describe(
    _ before: JSONObject, _ after: JSONObject, at path: JSONPointer
  ) {
    for member in before.members where after[member.key] == nil {
      append(.remove(path.appending(member.key)))
    }
    for member in after.members {
      let memberPath = path.appending(member.key)
      if let previous = before[member.key] {
        describe(previous, member.value, at: memberPath)
      } else {
        append(.add(memberPath, member.value))
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
      append(.replace(path, .array(after)))
      return
    }
    // The elements that keep their relative position, in both orders.
    let origins = new.compactMap { positions[$0] }
    let kept = origins.longestIncreasingSubsequence
    let stays = Set(kept)
    for index in before.indices.reversed() where !stays.contains(index) {
      guarded(by: test(of: before[index], at: path.appending(index))) {
        $0.append(.remove(path.appending(index)))
      }
    }
    // The kept elements that have not been reached yet.
    var following = kept[...]
    for (index, element) in after.enumerated() {
      if let origin = positions[new[index]], following.first == origin {
        following.removeFirst()
        guarded(by: test(of: before[origin], at: path.appending(index))) {
          $0.describe(before[origin], element, at: path.appending(index))
        }
      } else {
        let neighbor =
          following.first.map { test(of: before[$0], at: path.appending(index)) }
          ?? (index > 0 ? test(of: after[index - 1], at: path.appending(index - 1)) : nil)
        guarded(by: neighbor) { $0.append(.add(path.appending(index), element)) }
      }
    }
  }

  /// The value that distinguishes an element from its neighbors.
  private enum Identity: Hashable {
    case member(key: String, text: ExactText)
    /// Only the whole element.
    case element(ExactText)
  }

  private func identity(of element: JSONValue) -> Identity {
    if case .object(let object) = element {
      for key in identifyingKeys {
        if let text = object[key]?.string { return .member(key: key, text: ExactText(text)) }
      }
    }
    return .element(ExactText(element.canonicalJSON))
  }

  private func test(of element: JSONValue, at path: JSONPointer) -> JSONPatch.Operation {
    switch identity(of: element) {
    case .member(let key, let text): .test(path.appending(key), .string(text.text))
    case .element: .test(path, element)
    }
  }
}

extension [Int] {
  /// The longest increasing subsequence of distinct numbers.
  ///
  /// Patience sorting: `tails[n]` is the smallest number that ends an increasing subsequence of
  /// length n + 1. It takes n log n steps; a general comparison of two orders takes n squared.
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
