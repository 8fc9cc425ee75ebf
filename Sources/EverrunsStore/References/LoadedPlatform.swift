package import Everruns
package import EverrunsDocuments

/// A platform definition that was loaded by reference.
///
/// A preset is built when its definition is first asked for: a run with nothing to do needs only
/// the fingerprint.
package final class LoadedPlatform {
  /// The name under which the first change in a new store is saved.
  package static let defaultName = "default"

  /// The reference, as it was written or chosen.
  package let reference: String
  /// The kind of reference.
  package let target: PlatformReference
  /// Whether the user named it on the command line or in the environment, or chose it earlier.
  package let isChosen: Bool
  /// The revision of a saved definition.
  package let revision: Int?
  /// The text of a document as it was read; empty if there was no text.
  package let bytes: [UInt8]
  private let grade: Grade
  private let content: Content

  /// What the reference led to.
  private enum Content {
    case preset(PlatformPreset)
    case saved(PlatformDefinition)
    case document(PlatformDocument)
  }

  private init(
    reference: String, target: PlatformReference, isChosen: Bool, grade: Grade, _ content: Content,
    revision: Int? = nil, bytes: [UInt8] = []
  ) {
    self.reference = reference
    self.target = target
    self.isChosen = isChosen
    self.grade = grade
    self.content = content
    self.revision = revision
    self.bytes = bytes
  }

  /// A definition that ships with the program.
  package convenience init(
    reference: String, isChosen: Bool, grade: Grade, preset: PlatformPreset
  ) {
    self.init(
      reference: reference, target: .preset(preset.name), isChosen: isChosen, grade: grade,
      .preset(preset))
  }

  /// A definition that is saved in a store or in a plan.
  package convenience init(
    reference: String, target: PlatformReference, isChosen: Bool, grade: Grade,
    definition: PlatformDefinition, revision: Int? = nil
  ) {
    self.init(
      reference: reference, target: target, isChosen: isChosen, grade: grade, .saved(definition),
      revision: revision)
  }

  /// A definition that was read from a document.
  package convenience init(
    reference: String, target: PlatformReference, isChosen: Bool, grade: Grade,
    document: PlatformDocument, bytes: [UInt8]
  ) {
    self.init(
      reference: reference, target: target, isChosen: isChosen, grade: grade, .document(document),
      bytes: bytes)
  }

  package private(set) lazy var definition: PlatformDefinition =
    switch content {
    case .preset(let preset): preset.definition(grade: grade)
    case .saved(let definition): definition
    case .document(let document): document.definition
    }

  /// The fingerprint of the definition.
  package private(set) lazy var fingerprint: Fingerprint =
    if case .preset(let preset) = content {
      preset.fingerprint(grade: grade)
    } else { definition.fingerprint }

  /// The warnings about the definition; those about a document have source positions.
  package var warnings: [Diagnostic] { document?.warnings ?? definition.validate(grade: grade) }

  /// The format version of a document, if it is newer than this program's.
  package var newerFormat: FormatVersion? { document?.newerFormat }

  private var document: PlatformDocument? {
    if case .document(let document) = content { document } else { nil }
  }

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
