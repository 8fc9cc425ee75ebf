package import EverrunsDocuments
package import EverrunsSeeding

extension RecordKind {
  /// The keys of a row as ``Store/records(_:organization:)`` gives it.
  package var recordKeys: [String] {
    columns.map(\.name) + (capabilityOwner == nil ? [] : [Self.capabilitiesKey])
  }

  /// The key of a row's capabilities, which are rows of their own.
  static let capabilitiesKey = "capabilities"

  /// The shape of a row as ``Store/records(_:organization:)`` gives it, without the number of its
  /// organization.
  ///
  /// A column holds what other programs have written, so that each may be null, and one that is not
  /// text may still hold text.
  package var recordSchema: DocumentSchema {
    var fields = columns.filter { $0.name != "org_id" }.map { ($0.name, $0.form.schema) }
    if capabilityOwner != nil {
      fields.append(
        (
          Self.capabilitiesKey,
          .list(
            .object("capability", [("ref", .nullable(.text)), ("config", ColumnForm.json.schema)]))
        ))
    }
    return .object(noun, fields)
  }
}

extension ColumnForm {
  /// The shape of what a column of this form holds.
  fileprivate var schema: DocumentSchema {
    switch self {
    case .text: .nullable(.text)
    case .boolean: .nullable(.either([.bool, .text]))
    case .integer: .nullable(.either([.integer, .text]))
    case .json:
      .nullable(.either([.list(.text), .list(.anyObject), .anyObject, .text, .number, .bool]))
    }
  }
}
