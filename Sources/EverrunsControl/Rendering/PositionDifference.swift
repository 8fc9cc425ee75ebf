import EverrunsDocuments

/// The positions at which two sequences of texts, lines or words, differ.
struct PositionDifference {
  /// The positions of texts that are only in the first sequence.
  private(set) var removed: Set<Int> = []
  /// The positions of texts that are only in the second sequence.
  private(set) var added: Set<Int> = []
  /// Whether everything between the first and the last change counts as changed, because comparing
  /// it would take too long.
  let isCoarse: Bool

  /// The maximum number of comparisons between the first and the last change: it grows with the
  /// product of both sequences, and so does the memory.
  private static let limit = 1_000_000

  init(from old: [ExactText], to new: [ExactText]) {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed())
      .prefix { $0 == $1 }.count
    let oldCore = old[start..<old.count - end]
    let newCore = new[start..<new.count - end]
    isCoarse = oldCore.count * newCore.count > Self.limit
    guard !isCoarse else {
      removed = Set(oldCore.indices)
      added = Set(newCore.indices)
      return
    }
    for change in Array(newCore).difference(from: Array(oldCore)) {
      switch change {
      case .remove(let offset, _, _): removed.insert(start + offset)
      case .insert(let offset, _, _): added.insert(start + offset)
      }
    }
  }
}
