import Everruns
import Foundation
import GRDB
import GRDBSQLite

/// The functions that a comparison adds to SQL.
enum ComparisonFunctions {
  /// Makes them known to a connection.
  ///
  /// - Parameter capabilities: What each template should have, by its number in the definition.
  static func add(to db: Database, capabilities: [[HarnessCapability]]) throws {
    db.add(function: json)
    db.add(function: capability)
    db.add(function: variant)
    try CapabilityMatch.add(to: db, capabilities)
  }

  /// `seed_json(TEXT)`: the value of a JSON column, written in one way.
  private static let json = DatabaseFunction("seed_json", argumentCount: 1, pure: true) { values in
    values.first.flatMap(String.fromDatabaseValue).map { JSONValue.stored($0).canonicalJSON }
  }

  /// `seed_capability(ID, CONFIG)`: a row of capabilities as a document has it, written in one way.
  private static let capability = DatabaseFunction(
    "seed_capability", argumentCount: 2, pure: true
  ) { values in
    let texts = values.map(String.fromDatabaseValue)
    let entry: JSONValue = [
      "ref": .optional(texts[0]), "config": texts[1].map(JSONValue.stored) ?? .null,
    ]
    return entry.canonicalJSON
  }

  /// `seed_variant(...)`: what tells rows apart that hold different values, at the length of a hash.
  private static let variant = DatabaseFunction("seed_variant", pure: true) { values in
    Fingerprint(of: .array(values.map { .optional(String.fromDatabaseValue($0)) })).short
  }
}

/// `seed_capabilities_match(TEMPLATE, ID, POSITION, CONFIG)`: whether the rows of a harness, in the
/// order of their ids, are exactly those of a template; null where there are no rows.
///
/// This is asked about every capability of every organization, and takes half the time of a
/// comparison. The library's own functions make a string of every value, which takes five times as
/// long as comparing the bytes where SQLite has them, as this does.
private final class CapabilityMatch {
  /// A row as a template would have it.
  private struct Expected {
    let id: [UInt8]
    let position: Int64
    let config: [UInt8]
  }

  /// How far the rows of a harness have been compared; all zero at first, as SQLite makes it.
  private struct Progress {
    /// One more than the number of the template; 0 before the first row.
    var template: Int32
    var index: Int32
    var isDifferent: Bool
  }

  private let expected: [[Expected]]

  private init(_ capabilities: [[HarnessCapability]]) {
    expected = capabilities.map { list in
      list.enumerated().sorted { $0.element.ref.precedesInBytes($1.element.ref) }
        .map { position, capability in
          Expected(
            id: Array(capability.ref.utf8), position: Int64(position),
            config: Array(JSONValue.object(capability.config.sortingKeys).canonicalJSON.utf8))
        }
    }
  }

  /// Makes the function known to a connection.
  ///
  /// The interface is that of sqlite.org/c3ref/create_function.html. SQLite owns the object that
  /// the function works with, and gives it back when the connection ends or the function is
  /// replaced.
  static func add(to db: Database, _ capabilities: [[HarnessCapability]]) throws {
    let object = Unmanaged.passRetained(CapabilityMatch(capabilities))
    let code = sqlite3_create_function_v2(
      db.sqliteConnection, "seed_capabilities_match", 4, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
      object.toOpaque(), nil,
      { context, _, values in
        guard let context, let values,
          let user = sqlite3_user_data(context),
          let memory = sqlite3_aggregate_context(context, Int32(MemoryLayout<Progress>.size))
        else { return }
        Unmanaged<CapabilityMatch>.fromOpaque(user).takeUnretainedValue()
          .step(&memory.assumingMemoryBound(to: Progress.self).pointee, values)
      },
      { context in
        guard let context, let user = sqlite3_user_data(context),
          let memory = sqlite3_aggregate_context(context, 0)
        else { return }
        let match = Unmanaged<CapabilityMatch>.fromOpaque(user).takeUnretainedValue()
        let progress = memory.assumingMemoryBound(to: Progress.self).pointee
        sqlite3_result_int(context, match.isEqual(progress) ? 1 : 0)
      },
      { user in
        if let user { Unmanaged<CapabilityMatch>.fromOpaque(user).release() }
      })
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  private func step(
    _ progress: inout Progress, _ values: UnsafeMutablePointer<OpaquePointer?>
  ) {
    guard !progress.isDifferent else { return }
    progress.template = sqlite3_value_int(values[0]) + 1
    let index = Int(progress.index)
    progress.index += 1
    let isEqual = withList(of: progress) { list in
      index < list.count && sqlite3_value_type(values[2]) == SQLITE_INTEGER
        && sqlite3_value_int64(values[2]) == list[index].position
        && Self.isEqual(values[1], list[index].id) && Self.isEqual(values[3], list[index].config)
    }
    progress.isDifferent = !isEqual
  }

  private func isEqual(_ progress: Progress) -> Bool {
    !progress.isDifferent && withList(of: progress) { Int(progress.index) == $0.count }
  }

  private func withList(of progress: Progress, _ body: ([Expected]) -> Bool) -> Bool {
    let index = Int(progress.template) - 1
    return expected.indices.contains(index) && body(expected[index])
  }

  private static func isEqual(_ value: OpaquePointer?, _ bytes: [UInt8]) -> Bool {
    guard sqlite3_value_type(value) == SQLITE_TEXT, let text = sqlite3_value_text(value) else {
      return false
    }
    return sqlite3_value_bytes(value) == bytes.count && memcmp(text, bytes, bytes.count) == 0
  }
}
