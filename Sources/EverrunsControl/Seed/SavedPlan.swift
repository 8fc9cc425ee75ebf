import Everruns
import EverrunsDocuments
import EverrunsSeeding

/// A plan in a file, with everything it was made from.
struct SavedPlan {
  let request: SeedRequest
  let storeID: String?
  let rulesVersion: Int
  let rows: [JSONValue]

  /// Writes a plan with the definition and the catalog it was made from, and a digest over all of
  /// it that shows whether somebody has edited the file.
  ///
  /// - Parameters:
  ///   - path: Where it is written, for errors.
  ///   - output: Takes each piece of the text, in UTF-8.
  /// - Throws: ``ControlError/planTooLarge(path:)`` if it could not be read back, and what reading
  ///   the rows and the output throw.
  static func write(
    _ plan: SeedPlan, _ request: SeedRequest, to path: String,
    _ output: ([UInt8]) throws -> Void
  ) throws {
    var values = 0
    try plan.rows.read { row in
      values += row.document.valueCount
      if values > DocumentLimits.values { throw ControlError.planTooLarge(path: path) }
    }
    var more: JSONObject = [
      "definition": request.definition.document, "seed_catalog": request.catalog.document,
    ]
    let digest = try Fingerprint { piece in
      try plan.write(as: .json(.canonical), with: more, to: piece)
    }
    more["digest"] = .string(digest.description)
    try plan.write(as: .json(.pretty), with: more, to: output)
    try output(Array("\n".utf8))
  }

  /// Reads a saved plan.
  init(reading path: String, _ session: Session) throws {
    guard case .object(var object) = try session.readDocument(path).value else {
      throw ControlError.damagedPlan(source: path, reason: "this is no saved plan")
    }
    guard case .string(let format)? = object["format"],
      format == FormatVersion.seedPlan.description
    else {
      throw ControlError.damagedPlan(
        source: path, reason: "this is no saved plan of '\(FormatVersion.seedPlan)'")
    }
    guard let digest = object["digest"] else {
      throw ControlError.damagedPlan(
        source: path, reason: "this plan was printed and not saved, so it cannot be applied")
    }
    object["digest"] = nil
    guard digest == .string(Fingerprint(of: .object(object)).description) else {
      throw ControlError.damagedPlan(source: path, reason: "the plan was edited after it was saved")
    }
    // The digest vouches for what follows: these are the parts that were saved.
    guard case .object(let platform)? = object["platform"],
      case .string(let reference)? = platform["ref"],
      case .object(let catalog)? = object["catalog"],
      case .string(let catalogReference)? = catalog["ref"],
      case .object(let store)? = object["store"],
      case .string(let gradeWord)? = object["grade"], let grade = Grade(word: gradeWord),
      case .number(let rules)? = object["rules"], case .array(let rows)? = object["rows"],
      let definitionValue = object["definition"], let catalogValue = object["seed_catalog"],
      let optionsValue = object["options"]
    else { throw ControlError.damagedPlan(source: path, reason: "the plan lacks a part") }
    do {
      let definition = try PlatformDocument(
        reading: try JSONReader.read(definitionValue.canonicalJSON.utf8), grade: grade
      ).definition
      request = SeedRequest(
        platform: LoadedPlatform(
          reference: reference, target: .standardInput, isChosen: true,
          fingerprint: definition.fingerprint,
          revision: platform["revision"].flatMap { value in
            if case .number(let number) = value { number.integer } else { nil }
          }, grade: grade, definition: definition),
        catalogReference: catalogReference,
        catalog: try SeedCatalog(
          reading: try JSONReader.read(catalogValue.canonicalJSON.utf8)),
        grade: grade,
        options: try SeedOptions(
          reading: try JSONReader.read(optionsValue.canonicalJSON.utf8)),
        // Whoever saved the plan has seen which platform it is of.
        isPlatformNamed: true)
    } catch {
      throw ControlError.damagedPlan(
        source: path, reason: "what the plan was made from cannot be read")
    }
    storeID = if case .string(let id)? = store["id"] { id } else { nil }
    rulesVersion = rules.integer ?? 0
    self.rows = rows
  }

  /// The addresses of the rows that differ between two plans, ids of rows to be made left out; the
  /// plans are equal if there is none.
  static func moved(from old: [JSONValue], to rows: SeedPlanRows) throws -> [String] {
    let before = old.compactMap(comparable)
    let after = try rows.collected().map(\.document).compactMap(comparable)
    // Several folded rows may have one address: organizations are alike in more than one way.
    let beforeByAddress = Dictionary(grouping: before, by: \.address)
    let afterByAddress = Dictionary(grouping: after, by: \.address)
    var seen: Set<String> = []
    return (before + after).map(\.address).filter { address in
      seen.insert(address).inserted
        && beforeByAddress[address]?.map(\.content) != afterByAddress[address]?.map(\.content)
    }
  }

  private static func comparable(_ row: JSONValue) -> (address: String, content: JSONObject)? {
    guard case .object(var object) = row, case .string(let address)? = object["address"] else {
      return nil
    }
    if object["action"] == .string(SeedAction.create.rawValue) {
      object["id"] = nil
    }
    return (address, object)
  }
}

extension JSONValue {
  /// How many values there are, this one and those in it.
  fileprivate var valueCount: Int {
    switch self {
    case .null, .bool, .number, .string: 1
    case .array(let elements): elements.reduce(1) { $0 + $1.valueCount }
    case .object(let object): object.members.reduce(1) { $0 + $1.value.valueCount }
    }
  }
}
