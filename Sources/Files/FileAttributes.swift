import CExtendedAttributes
import Foundation

/// The metadata of a file: owner, group, mode, access control list and extended attributes.
enum FileAttributes {
  /// Copies the attributes of a file to its replacement, as far as the user's permissions allow.
  ///
  /// - Parameters:
  ///   - original: The file being replaced, open.
  ///   - new: The new file, open.
  /// - Returns: The attributes that could not be kept.
  /// - Throws: A `FileError` if the status of a file cannot be read, or the mode of the new one
  ///   cannot be set.
  static func copy(from original: OpenFile, to new: OpenFile) throws(FileError) -> [LostAttribute] {
    guard let old = FileStatus(of: original.descriptor)?.status,
      let own = FileStatus(of: new.descriptor)?.status
    else { throw FileError(original.name, FileFailure(reading: errno)) }
    var lost: [LostAttribute] = []
    if old.st_nlink > 1 { lost.append(.otherNames) }
    let keepsGroup = own.st_gid == old.st_gid || fchown(new.descriptor, uid_t.max, old.st_gid) == 0
    if !keepsGroup { lost.append(.group) }
    let keepsOwner = own.st_uid == old.st_uid || fchown(new.descriptor, old.st_uid, gid_t.max) == 0
    if !keepsOwner { lost.append(.owner) }
    lost += copyExtendedAttributes(from: original, to: new)
    // Set the mode after the owner: changing the owner clears bits of it. A different group gets no
    // more rights than everyone has.
    var mode = old.st_mode & 0o7777
    if !keepsGroup { mode = mode & ~0o2070 | (mode & 0o7) << 3 }
    if !keepsOwner { mode &= ~0o4000 }
    guard fchmod(new.descriptor, mode) == 0 else {
      throw FileError(new.name, FileFailure(reading: errno))
    }
    return lost
  }

  #if os(Linux)
    /// The extended attribute in which Linux keeps the access control list: acl(5).
    private static let accessControlList = "system.posix_acl_access"

    private static func copyExtendedAttributes(
      from original: OpenFile, to new: OpenFile
    ) -> [LostAttribute] {
      let names = names(original.descriptor)
      // The folder may give new files a list of its own.
      if !names.contains(accessControlList) { fremovexattr(new.descriptor, accessControlList) }
      var lost: [LostAttribute] = []
      for name in names {
        guard let value = value(name, original.descriptor),
          value != self.value(name, new.descriptor)
        else { continue }
        if fsetxattr(new.descriptor, name, value, value.count, 0) != 0 {
          lost.append(name == accessControlList ? .accessControlList : .extended(name))
        }
      }
      return lost
    }

    private static func names(_ descriptor: Int32) -> [String] {
      let size = flistxattr(descriptor, nil, 0)
      guard size > 0 else { return [] }
      var list = [CChar](repeating: 0, count: size)
      let count = flistxattr(descriptor, &list, size)
      guard count > 0 else { return [] }
      return list.prefix(count).split(separator: 0)
        .map { String(decoding: $0.map(UInt8.init(bitPattern:)), as: UTF8.self) }
    }

    private static func value(_ name: String, _ descriptor: Int32) -> [UInt8]? {
      let size = fgetxattr(descriptor, name, nil, 0)
      guard size >= 0 else { return nil }
      var value = [UInt8](repeating: 0, count: size)
      let count = fgetxattr(descriptor, name, &value, size)
      return count >= 0 ? Array(value.prefix(count)) : nil
    }
  #else
    private static func copyExtendedAttributes(
      from original: OpenFile, to new: OpenFile
    ) -> [LostAttribute] {
      fcopyfile(
        original.descriptor, new.descriptor, nil, copyfile_flags_t(COPYFILE_XATTR | COPYFILE_ACL))
        == 0 ? [] : [.accessControlList]
    }
  #endif
}

/// An attribute of a file that its replacement lacks.
package enum LostAttribute: Hashable, Sendable {
  case owner
  case group
  case accessControlList
  /// An extended attribute, by name.
  case extended(String)
  /// Other hard links, which keep the old content.
  case otherNames
}
