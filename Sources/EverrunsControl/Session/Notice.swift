import EverrunsDocuments

/// What a run says beside its result.
enum Notice: Equatable {
  /// What people may want to know; `--quiet` leaves it out.
  case note(String)
  /// What needs attention.
  case warning(String)
}

extension [Notice] {
  /// The notices as members of an error.
  var members: [JSONObject.Member] {
    let notes = compactMap { if case .note(let text) = $0 { text } else { nil } }
    let warnings = compactMap { if case .warning(let text) = $0 { text } else { nil } }
    return [("notes", notes), ("warnings", warnings)].filter { !$1.isEmpty }.map {
      JSONObject.Member(key: $0, value: .strings($1))
    }
  }
}
