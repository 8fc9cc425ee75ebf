import EverrunsDocuments
import Foundation
import Testing

/// The facts about the stock platform, as they were given to this project.
enum Fixture {
  /// The value of a fixture file.
  static func value(_ name: String) throws -> JSONValue {
    let file = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    return try JSONValue(json: try Data(contentsOf: file))
  }

  /// The elements of a fixture file; without those marked as experimental unless asked for.
  static func elements(_ name: String, withExperimental: Bool) throws -> JSONValue {
    guard case .array(let elements) = try value(name) else {
      throw Unexpected(description: "\(name) is no array")
    }
    return .array(
      elements.filter { element in
        guard !withExperimental, case .object(let object) = element else { return true }
        return object["experimental"] != true
      })
  }

  private struct Unexpected: Error, CustomStringConvertible {
    let description: String
  }
}
