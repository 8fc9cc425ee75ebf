package import Everruns
package import EverrunsDocuments

/// A plan with all of its inputs, as saved by `seed preview --out`.
///
/// The file is a plan of the format `everruns.seed-plan/v1` with three more keys: the definition,
/// the seed catalog, and a digest of everything else, which reveals edits of the file; the order of
/// keys and the layout do not count.
package struct SavedPlan {
  /// The reference of the definition, and its revision if it is a saved one.
  package let platform: (reference: String, revision: Int?)
  /// The definition.
  package let definition: PlatformDefinition
  /// The reference of the catalog.
  package let catalogReference: String
  /// The catalog.
  package let catalog: SeedCatalog
  /// The deployment grade.
  package let grade: Grade
  /// The options of the run.
  package let options: SeedOptions
  /// The id of the store; `nil` if there was none yet.
  package let storeID: String?
  /// The version of the rules.
  package let rulesVersion: Int
  /// The rows, as the plan shows them.
  package let rows: [JSONValue]

  // MARK: Writing

  /// Writes a plan with its inputs.
  ///
  /// - Parameters:
  ///   - plan: The plan; its rows are read several times.
  ///   - definition: The definition that the plan was made for.
  ///   - catalog: The catalog that the plan was made for.
  ///   - output: Receives each piece of the text, in UTF-8.
  /// - Throws: ``SavedPlanError/tooLarge`` or ``SavedPlanError/tooDeep`` if the plan could not be
  ///   read back; nothing is written then. Errors of reading the rows and of the output.
  package static func write(
    _ plan: SeedPlan, of definition: PlatformDefinition, _ catalog: SeedCatalog,
    to output: ([UInt8]) throws -> Void
  ) throws {
    var more: JSONObject = [
      "definition": definition.document, "seed_catalog": catalog.document,
    ]
    try checkLimits(of: plan, more)
    let digest = try digest(of: try plan.documentWithoutRows(with: more)) { add in
      try plan.rows.read { add($0.document) }
    }
    more["digest"] = .string(digest.description)
    try plan.write(as: .json(.pretty), with: more, to: output)
    try output(Array("\n".utf8))
  }

  /// The digest of a plan, independent of the order of keys: a program may sort them.
  ///
  /// - Parameters:
  ///   - header: Everything but the rows and the digest.
  ///   - rows: Hands on each row.
  /// - Returns: The SHA-256 digest of the plan, with the keys of all objects sorted.
  private static func digest(
    of header: JSONObject, _ rows: ((JSONValue) -> Void) throws -> Void
  ) rethrows -> Fingerprint {
    var hash = FingerprintHash()
    hash.add(.object(header.sortingKeys))
    try rows { hash.add($0.sortingKeys) }
    return hash.fingerprint
  }

  private static func checkLimits(of plan: SeedPlan, _ more: JSONObject) throws {
    // Rows are in an array in the plan's object.
    let depthOfRows = 2
    var values = more.members.reduce(0) { $0 + $1.value.valueCount }
    try plan.rows.read { row in
      let document = row.document
      values += document.valueCount
      if values > DocumentLimits.values { throw SavedPlanError.tooLarge }
      if document.depth + depthOfRows > DocumentLimits.planDepth { throw SavedPlanError.tooDeep }
    }
  }

  // MARK: Reading

  /// Reads a saved plan.
  ///
  /// - Parameter value: The JSON of the file, read with `DocumentLimits.planDepth`.
  /// - Throws: ``SavedPlanError`` if the value is not a saved plan, or was edited.
  package init(reading value: JSONValue) throws(SavedPlanError) {
    guard case .object(let object) = value else { throw .notAPlan }
    guard object.text("format") == FormatVersion.seedPlan.description else {
      throw .unknownFormat
    }
    guard let digest = object["digest"] else { throw .printed }
    guard case .array(let rows)? = object["rows"] else { throw .incomplete }
    var header = object
    header["digest"] = nil
    header["rows"] = nil
    guard digest == .string(Self.digest(of: header) { rows.forEach($0) }.description) else {
      throw .edited
    }
    // The digest vouches for the rest: these are the parts that were saved.
    guard let platform = object.object("platform"), let reference = platform.text("ref"),
      let catalogReference = object.object("catalog")?.text("ref"),
      let store = object.object("store"),
      let grade = object.text("grade").flatMap(Grade.init(word:)),
      case .number(let rules)? = object["rules"],
      let definition = object["definition"], let catalog = object["seed_catalog"],
      let options = object["options"]
    else { throw .incomplete }
    do {
      self.definition = try PlatformDocument(
        reading: Self.node(definition), grade: grade, isStored: true
      ).definition
      self.catalog = try SeedCatalog(reading: Self.node(catalog))
      self.options = try SeedOptions(reading: Self.node(options))
    } catch {
      throw .unreadable
    }
    self.platform = (reference, platform.integer("revision"))
    self.catalogReference = catalogReference
    self.grade = grade
    storeID = store.text("id")
    rulesVersion = rules.integer ?? 0
    self.rows = rows
  }

  /// A part of the plan as a document of its own, with the limits of one.
  private static func node(_ value: JSONValue) throws -> SourceNode {
    try JSONReader.read(value.canonicalJSON.utf8)
  }

  // MARK: Comparing

  /// How the rows of two plans differ.
  package enum Difference: Equatable {
    case none
    /// The addresses of the rows that differ, with the names of organizations.
    case rows([String])
    /// Only groups differ: each has this many more organizations, or fewer if negative. The names of
    /// these organizations, if they are known.
    case organizations(Int, names: [String])
  }

  /// Compares the rows of two plans.
  package static func difference(
    from old: [JSONValue], to rows: SeedPlanRows
  ) throws -> Difference {
    let before = old.compactMap(comparable)
    let after = try rows.collected().map(\.document).compactMap(comparable)
    let beforeByAddress = Dictionary(grouping: before, by: \.address)
    let afterByAddress = Dictionary(grouping: after, by: \.address)
    let addresses = (before + after).map(\.address).withoutRepetitions.filter { address in
      beforeByAddress[address]?.map(\.content) != afterByAddress[address]?.map(\.content)
    }
    guard let first = addresses.first else { return .none }
    let growths = Set(
      addresses.map { address -> Int? in
        guard let old = beforeByAddress[address], let new = afterByAddress[address],
          old.count == 1, new.count == 1
        else { return nil }
        return growth(from: old[0].content, to: new[0].content)
      })
    guard growths.count == 1, let growth = growths.first ?? nil else {
      return .rows(
        addresses.map { address in
          let rows = afterByAddress[address] ?? beforeByAddress[address] ?? []
          return rows.first.flatMap { Self.row($0.row)?.namedAddress } ?? address
        })
    }
    let known = Set(
      beforeByAddress[first]?.flatMap { Self.examples(of: $0.row).map(\.publicID) } ?? [])
    let added =
      afterByAddress[first]?.flatMap { Self.examples(of: $0.row) }
      .filter { !known.contains($0.publicID) } ?? []
    return .organizations(growth, names: added.count == growth ? added.map(\.name) : [])
  }

  /// How many organizations more a group has in another plan, if nothing else differs.
  private static func growth(from old: JSONObject, to new: JSONObject) -> Int? {
    guard let before = old.integer("orgs"), let after = new.integer("orgs"), before != after else {
      return nil
    }
    var same = new
    for key in ["orgs", "examples"] { same[key] = old[key] }
    return same == old ? after - before : nil
  }

  /// The organizations that the row of a group names.
  private static func examples(of row: JSONObject) -> [NamedOrganization] {
    Self.row(row)?.examples ?? []
  }

  /// A saved row; `nil` if it cannot be read.
  private static func row(_ object: JSONObject) -> SeedPlanRow? {
    try? SeedPlanRow(document: .object(object))
  }

  private static func comparable(
    _ row: JSONValue
  ) -> (address: String, content: JSONObject, row: JSONObject)? {
    guard case .object(let object) = row, let address = object.text("address") else { return nil }
    return (address, object.decidingMembers.sortingKeys, object)
  }
}

/// A plan cannot be saved or read.
package enum SavedPlanError: Error, Equatable, CaseIterable {
  /// The plan has more values than a document may have.
  case tooLarge
  /// A value in the plan is nested too deeply.
  case tooDeep
  /// The text is not a plan.
  case notAPlan
  /// The format is not supported.
  case unknownFormat
  /// The plan was printed, not saved, so it lacks its inputs.
  case printed
  /// The file was edited.
  case edited
  /// A part is missing.
  case incomplete
  /// The definition, the catalog or the options cannot be read.
  case unreadable
}

extension JSONValue {
  /// The number of values, including nested ones.
  fileprivate var valueCount: Int {
    switch self {
    case .null, .bool, .number, .string: 1
    case .array(let elements): elements.reduce(1) { $0 + $1.valueCount }
    case .object(let object): object.members.reduce(1) { $0 + $1.value.valueCount }
    }
  }

  /// The nesting depth of arrays and objects.
  fileprivate var depth: Int {
    switch self {
    case .null, .bool, .number, .string: 0
    case .array(let elements): 1 + (elements.map(\.depth).max() ?? 0)
    case .object(let object): 1 + (object.members.map(\.value.depth).max() ?? 0)
    }
  }
}
