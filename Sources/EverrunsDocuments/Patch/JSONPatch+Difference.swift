extension JSONPatch {
  /// The patch that turns one document into another.
  ///
  /// Elements of arrays are matched by identifier, so that a patch changes the fields of one
  /// component and not all components after it. As few elements as possible are moved.
  ///
  /// RFC 6902 addresses elements by index only. So that a patch never changes the wrong component
  /// of another document, each operation on an element or inside it is preceded by a `test` of the
  /// element's identifier. An addition or a move is preceded by a test of the element before which
  /// the result belongs, or at the end by a test of the last element.
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
    let origins = new.map { positions[$0] }
    // The elements that keep their relative position, in both orders.
    let matched = origins.compactMap(\.self)
    let kept = matched.longestIncreasingSubsequence
    let stays = Set(kept)
    let remaining = Set(matched)
    for index in before.indices.reversed() where !remaining.contains(index) {
      guarded(by: test(of: before[index], at: path.appending(index))) {
        $0.append(.remove(path.appending(index)))
      }
    }
    let steps = origins.map { origin -> MovingElements.Step in
      guard let origin else { return .added }
      return stays.contains(origin) ? .kept(old: origin) : .moved(old: origin)
    }
    var elements = MovingElements(steps, oldCount: before.count)
    // The kept elements that have not been reached yet.
    var following = kept[...]
    for (index, step) in steps.enumerated() {
      if case .kept(let old) = step {
        following.removeFirst()
        describe(before[old], after[index], at: path, elements.index(ofOld: old))
        continue
      }
      var neighbor = following.first.map { old in
        test(of: before[old], at: path.appending(elements.index(ofOld: old)))
      }
      var origin: (old: Int, index: Int)?
      if case .moved(let old) = step { origin = (old, elements.take(old: old)) }
      let target = elements.insert(index)
      if neighbor == nil, index > 0 {
        // The last element, at its index before the operation.
        let last = origin.map { target - 1 < $0.index ? target - 1 : target } ?? target - 1
        neighbor = test(of: after[index - 1], at: path.appending(last))
      }
      guard let origin else {
        guarded(by: neighbor) { $0.append(.add(path.appending(target), after[index])) }
        continue
      }
      guarded(by: test(of: before[origin.old], at: path.appending(origin.index))) {
        $0.guarded(by: neighbor) {
          $0.append(.move(from: path.appending(origin.index), to: path.appending(target)))
        }
      }
      describe(before[origin.old], after[index], at: path, target)
    }
  }

  /// Describes the changes inside an element at its current index.
  private mutating func describe(
    _ before: JSONValue, _ after: JSONValue, at path: JSONPointer, _ index: Int
  ) {
    guarded(by: test(of: before, at: path.appending(index))) {
      $0.describe(before, after, at: path.appending(index))
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
  package var longestIncreasingSubsequence: [Int] {
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
