import EverrunsDocuments
import EverrunsStore
import Messages

/// The organizations that a user means by an id or a name, as entries of the history know them.
struct HistoryOrganizations {
  private let publicIDs: [String]
  /// Their ids and names, for entries that do not say which organizations they concern.
  private let words: [String]

  /// Finds the organization that has the id or name now, or else those that had it.
  ///
  /// - Parameters:
  ///   - word: The id or name.
  ///   - history: All entries.
  ///   - session: The session, which notes a former name.
  /// - Throws: ``ControlError/reference(_:)`` if neither the store nor its history has such an
  ///   organization, or several have the name.
  init(_ word: String, in history: [HistoryEntry], _ session: Session) throws {
    let store = try session.storeOfRecords()
    let listed = history.flatMap(\.listedOrganizations)
    let ids = listed.filter {
      $0.publicID.hasSameBytes(as: word) || $0.name.hasSameBytes(as: word)
    }.map(\.publicID).withoutRepetitions
    func noteFormerName(of ids: [String], isAlso: Bool) throws {
      for id in ids {
        let now = try store?.organizations(named: id).first { $0.publicID.hasSameBytes(as: id) }
        guard now != nil || isAlso else { continue }
        let what = now?.name.quoted ?? "a deleted organization"
        session.note(
          "\(word.quoted) is \(isAlso ? "also " : "")a former name of \(what) (\(id.escapingControls()))"
        )
      }
    }
    guard try store?.organizations(named: word).isEmpty == true else {
      let organization = try session.organization(word)
      publicIDs = [organization.publicID]
      words = [organization.publicID, organization.name]
      if organization.name.hasSameBytes(as: word) {
        try noteFormerName(
          of: ids.filter { !$0.hasSameBytes(as: organization.publicID) }, isAlso: true)
      }
      return
    }
    publicIDs = ids
    words = [word] + ids
    guard history.contains(where: areNamed) else {
      do throws(ControlError) {
        _ = try session.organization(word)
      } catch {
        guard case .reference(.notFound(let noun, let name, let candidates, let next)) = error
        else { throw error }
        throw ControlError.notFound(
          noun: noun, name: name, candidates: candidates + listed.map(\.name).withoutRepetitions,
          next: next)
      }
      return
    }
    try noteFormerName(of: ids, isAlso: false)
  }

  /// Whether an entry is about one of them, and not about all organizations.
  func areNamed(by entry: HistoryEntry) -> Bool {
    guard entry.concerns != nil else { return entry.names(oneOf: words) }
    return entry.listedOrganizations.contains { organization in
      publicIDs.contains { $0.hasSameBytes(as: organization.publicID) }
    }
  }

  /// Whether an entry is about all organizations, and so about these as well.
  func areAmongAll(of entry: HistoryEntry) -> Bool {
    entry.concerns.map { $0 == .all } ?? (entry.isOverAll && !areNamed(by: entry))
  }
}

extension HistoryEntry {
  /// The organizations that the entry lists.
  fileprivate var listedOrganizations: [ConcernedOrganizations.Member] {
    if case .listed(let organizations)? = concerns { organizations } else { [] }
  }
}

/// Entries of earlier versions, which have only words.
extension HistoryEntry {
  /// Whether the words are about a run over all organizations.
  fileprivate var isOverAll: Bool {
    seedingRun.map { !$0.contains(" in organization") && !command.contains("--org") } ?? false
  }

  /// For a seeding run: the platform and the organizations, without the rows that were written.
  private var seedingRun: Substring? {
    guard summary.hasPrefix("seeded ") else { return nil }
    return summary[..<(summary.firstRange(of: ": ")?.lowerBound ?? summary.endIndex)]
  }

  /// Whether the words are about an organization with one of these words as id or name.
  ///
  /// A command may name many organizations, with an entry for each: if the summary names one, the
  /// entry is about that one only.
  fileprivate func names(oneOf words: [String]) -> Bool {
    let text =
      if let seedingRun { "\(seedingRun)\n\(command)" } else {
        summary.contains(/organization '.*\(org_/) ? summary : "\(summary)\n\(command)"
      }
    return words.contains { word in
      text.ranges(of: word).contains { range in
        // A name that is part of a longer word does not count.
        let before = text[..<range.lowerBound].last
        let after = text[range.upperBound...].first
        return ![before, after].contains { $0?.isPartOfName ?? false }
      }
    }
  }
}

extension Character {
  fileprivate var isPartOfName: Bool { isLetter || isNumber || self == "_" || self == "-" }
}
