import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

extension Session {
  /// Saves a plan with all of its inputs.
  func save(
    _ plan: SeedPlan, of request: SeedRequest, to path: String, overwriting: Bool
  ) throws {
    do {
      try writeFile(to: path, overwriting: overwriting) {
        try SavedPlan.write(plan, of: request.definition, request.catalog, to: $0)
      }
    } catch let error as SavedPlanError {
      throw ControlError.savedPlan(path: path, error)
    }
  }

  /// Reads a saved plan from a file, or from standard input for `-`.
  func savedPlan(_ path: String) throws -> SavedPlan {
    let value = try readDocument(path, depthLimit: DocumentLimits.planDepth).value
    do throws(SavedPlanError) {
      return try SavedPlan(reading: value)
    } catch {
      throw ControlError.savedPlan(path: path, error)
    }
  }

  /// Notes that the definition of a saved plan, which is applied as it was saved, has changed since.
  func noteNewerDefinition(than saved: SavedPlan) {
    let reference = saved.platform.reference
    // The plan does not depend on a definition that is gone or cannot be read; a preset never changes.
    guard reference != "-", let now = try? platform(reference),
      now.fingerprint != saved.definition.fingerprint
    else { return }
    if case .preset = now.target { return }
    let difference =
      if let old = saved.platform.revision, let new = now.revision {
        "is at revision \(new) now; the plan is of revision \(old)"
      } else {
        "has changed since the plan was saved; the plan is of what it was"
      }
    note("the platform '\(reference)' \(difference)")
  }
}

extension SeedRequest {
  /// The request for which a plan was saved, with the options of this run.
  init(_ saved: SavedPlan, run: SeedRunOptions) {
    self.init(
      platform: LoadedPlatform(
        reference: saved.platform.reference, target: .standardInput, isChosen: true,
        grade: saved.grade, definition: saved.definition, revision: saved.platform.revision),
      catalog: LoadedCatalog(reference: saved.catalogReference, saved.catalog),
      grade: saved.grade, gradeSource: ValueSource(origin: .chosen),
      options: saved.options, run: run,
      // Whoever saved the plan chose the platform.
      isPlatformNamed: true, saved: saved)
  }
}
