import EverrunsDocuments
import Messages

extension Session {
  /// Refuses a field that is assigned after it was already changed: one of the changes would be
  /// lost.
  func checkRepetitions(_ assignments: [FieldAssignment]) throws {
    var first: [ExactText: FieldAssignment] = [:]
    for assignment in assignments {
      let field = ExactText(assignment.field)
      if assignment.operation == .set, let earlier = first[field],
        !earlier.word.hasSameBytes(as: assignment.word)
      {
        throw usageError(
          "\(assignment.field.quoted) is given twice: \(earlier.word.quoted) and "
            + assignment.word.quoted)
      }
      first[field] = assignment
    }
  }
}

extension FieldAssignment {
  /// The assignment as typed.
  fileprivate var word: String {
    field + operation.rawValue + (source.map { "@\($0)" } ?? text)
  }
}
