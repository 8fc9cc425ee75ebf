import Everruns
import EverrunsDocuments

/// A platform definition that a reference led to.
struct LoadedPlatform {
  /// The reference, as it was written or chosen.
  let reference: String
  /// What the reference means.
  let target: PlatformReference
  /// Whether the user named it, in the command line or the environment, or chose it before.
  let isChosen: Bool
  /// The definition's fingerprint.
  let fingerprint: Fingerprint
  private let madeDefinition: Lazy<PlatformDefinition>
  /// The revision of a saved definition.
  let revision: Int?
  private let foundWarnings: Lazy<[Diagnostic]>
  /// The text of a document as it was read; empty for what came from no text.
  var bytes: [UInt8] = []
  /// The version of a document that is newer than what this program writes.
  let newerFormat: FormatVersion?

  /// A definition that is made when it is needed.
  init(
    reference: String, target: PlatformReference, isChosen: Bool, fingerprint: Fingerprint,
    revision: Int?, grade: Grade, definition: @autoclosure @escaping () -> PlatformDefinition
  ) {
    let made = Lazy(definition())
    self.init(
      reference: reference, target: target, isChosen: isChosen, fingerprint: fingerprint,
      madeDefinition: made, revision: revision,
      foundWarnings: Lazy(made.value.validate(grade: grade)), newerFormat: nil)
  }

  /// A definition that was read from a document.
  init(
    reference: String, target: PlatformReference, isChosen: Bool, document: PlatformDocument,
    bytes: [UInt8]
  ) {
    let definition = document.definition
    self.init(
      reference: reference, target: target, isChosen: isChosen,
      fingerprint: definition.fingerprint, madeDefinition: Lazy(definition), revision: nil,
      foundWarnings: Lazy(document.warnings), bytes: bytes, newerFormat: document.newerFormat)
  }

  private init(
    reference: String, target: PlatformReference, isChosen: Bool, fingerprint: Fingerprint,
    madeDefinition: Lazy<PlatformDefinition>, revision: Int?, foundWarnings: Lazy<[Diagnostic]>,
    bytes: [UInt8] = [], newerFormat: FormatVersion?
  ) {
    self.reference = reference
    self.target = target
    self.isChosen = isChosen
    self.fingerprint = fingerprint
    self.madeDefinition = madeDefinition
    self.revision = revision
    self.foundWarnings = foundWarnings
    self.bytes = bytes
    self.newerFormat = newerFormat
  }

  var definition: PlatformDefinition { madeDefinition.value }

  /// What was remarkable in a document, with places.
  var warnings: [Diagnostic] { foundWarnings.value }

  /// The reference with the revision of a saved definition: `acme@3`.
  var referenceWithRevision: String {
    if case .saved(let name, _) = target, let revision { return "\(name)@\(revision)" }
    return reference
  }

  /// The file that places in the text belong to.
  var source: String? {
    switch target {
    case .file: reference
    case .standardInput: "-"
    case .preset, .saved: nil
    }
  }
}
