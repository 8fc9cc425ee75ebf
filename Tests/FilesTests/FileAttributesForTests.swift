import CExtendedAttributes

@testable import Files

/// Extended attributes, as setfattr(1) and getfattr(1) have them.
enum FileAttributesForTests {
  /// - Returns: Whether the file system takes them.
  static func set(_ name: String, _ value: [UInt8], _ file: OpenFile) -> Bool {
    fsetxattr(file.descriptor, name, value, value.count, 0) == 0
  }

  static func get(_ name: String, _ file: OpenFile) -> [UInt8]? {
    var value = [UInt8](repeating: 0, count: 1_000)
    let count = fgetxattr(file.descriptor, name, &value, value.count)
    return count < 0 ? nil : Array(value.prefix(count))
  }
}
