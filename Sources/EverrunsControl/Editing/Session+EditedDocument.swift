import Everruns
import EverrunsDocuments

extension Session {
  /// The definition in a document that a command changed.
  ///
  /// - Throws: ``ControlError/wouldBeInvalid(_:)`` if the change made it invalid.
  func definition(ofEdited document: JSONValue) throws -> PlatformDefinition {
    let grade = try grade()
    do throws(DocumentRefusal) {
      return try PlatformDefinition(document: document, grade: grade)
    } catch {
      throw ControlError.wouldBeInvalid(error.diagnostics.filter { $0.severity == .error })
    }
  }
}
