import Foundation

/// The memory of the program's own code.
enum ProgramMemory {
  /// Releases the mapped pages of the program's code.
  ///
  /// Starting touches most of a large program once, and a kernel that maps files in large pieces
  /// then counts nearly all of it. Long work needs little of it, and what it needs is read again
  /// from the page cache (madvise(2), `MADV_DONTNEED`). Only code is released: other read-only
  /// pages may have been written before they became read-only.
  static func release() {
    guard
      let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
      let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
    else { return }
    for line in maps.split(separator: "\n") {
      // Each line is "from-to permissions offset device inode path": proc_pid_maps(5).
      let fields = line.split(separator: " ", maxSplits: 5)
      guard fields.count == 6, fields[5].drop(while: { $0 == " " }) == program[...],
        fields[1].contains("x"), !fields[1].contains("w")
      else { continue }
      let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard bounds.count == 2, let start = UnsafeMutableRawPointer(bitPattern: bounds[0]) else {
        continue
      }
      madvise(start, Int(bounds[1] - bounds[0]), MADV_DONTNEED)
    }
  }
}
