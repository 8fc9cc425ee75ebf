import Everruns

/// A plan in a file, with everything it was made from.
struct SavedPlan {
  let request: SeedRequest
  let storeID: String?
  let rulesVersion: Int
  let rows: [JSONValue]
  private let plan: JSONObject

  /// A plan to be saved.
  ///
  /// - Throws: what reading the rows throws.
  init(_ plan: SeedPlan, _ request: SeedRequest) throws {
    self.request = request
    storeID = plan.header.store.id
    rulesVersion = SeedPlan.rulesVersion
    let document = try plan.document()
    if case .object(let object) = document { self.plan = object } else { self.plan = [:] }
    rows = if case .array(let rows)? = self.plan["rows"] { rows } else { [] }
  }

  /// The plan with the definition and the catalog it was made from, and a digest over all of it
  /// that shows whether somebody has edited the file.
  func document() -> JSONValue {
    var object = plan
    object["definition"] = request.definition.document
    object["seed_catalog"] = request.catalog.document
    object["digest"] = .string(Fingerprint(of: .object(object)).description)
    return .object(object)
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
    plan = object
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
