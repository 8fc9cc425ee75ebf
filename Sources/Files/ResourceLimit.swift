import Foundation

/// A limit of what this process may use: getrlimit(2).
package enum ResourceLimit {
  /// The size of the main thread's stack in bytes.
  case stack
  /// The size in bytes that the process may write a file to.
  case fileSize

  /// The limit; `nil` if there is none.
  package var value: Int? {
    var limit = rlimit()
    #if canImport(Glibc)
      let resource = self == .stack ? RLIMIT_STACK : RLIMIT_FSIZE
      let code = getrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    #else
      let code = getrlimit(self == .stack ? RLIMIT_STACK : RLIMIT_FSIZE, &limit)
    #endif
    return code == 0 ? Int(exactly: limit.rlim_cur) : nil
  }
}
