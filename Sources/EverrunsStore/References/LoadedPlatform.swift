package import Everruns
package import EverrunsDocuments

/// A platform definition that was loaded by reference.
package struct LoadedPlatform {
  /// The name under which the first change in a new store is saved.
  package static let defaultName = "default"

  /// The reference, as it was written or chosen.
  package let reference: String
  /// The kind of reference.
  package let target: PlatformReference
  /// Whether the user named it on the command line or in the environment, or chose it earlier.
  package let isChosen: Bool
  package let definition: PlatformDefinition
  /// The revision of a saved definition.
  package let revision: Int?
  /// The text of a document as it was read; empty if there was no text.
  package let bytes: [UInt8]
  private let grade: Grade
  private let document: PlatformDocument?

  /// A definition that ships with the program or is saved.
  package init(
    reference: String, target: PlatformReference, isChosen: Bool, grade: Grade,
    definition: PlatformDefinition, revision: Int? = nil
  ) {
    self.reference = reference
    self.target = target
    self.isChosen = isChosen
    self.grade = grade
    self.definition = definition
    self.revision = revision
    document = nil
    bytes = []
  }

  /// A definition that was read from a document.
  package init(
    reference: String, target: PlatformReference, isChosen: Bool, grade: Grade,
    document: PlatformDocument, bytes: [UInt8]
  ) {
    self.reference = reference
    self.target = target
    self.isChosen = isChosen
    self.grade = grade
    self.document = document
    self.bytes = bytes
    definition = document.definition
    revision = nil
  }

  /// The fingerprint of the definition.
  package var fingerprint: Fingerprint { definition.fingerprint }

  /// The warnings about the definition; those about a document have source positions.
  package var warnings: [Diagnostic] { document?.warnings ?? definition.validate(grade: grade) }

  /// The format version of a document, if it is newer than this program's.
  package var newerFormat: FormatVersion? { document?.newerFormat }

  /// The reference, with the revision of a saved definition: `acme@3`.
  package var referenceWithRevision: String {
    if case .saved(let name, _) = target, let revision { return "\(name)@\(revision)" }
    return reference
  }

  /// The file of the source positions.
  package var source: String? {
    switch target {
    case .file: reference
    case .standardInput: "-"
    case .preset, .saved: nil
    }
  }
}
