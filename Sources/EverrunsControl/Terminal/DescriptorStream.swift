import Foundation

/// A stream that writes to a file descriptor.
final class DescriptorStream: TextOutput {
  private let descriptor: Int32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  var width: Int? {
    guard isTerminal else { return nil }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  func write(_ text: String) throws(OutputFailure) {
    try write(Array(text.utf8))
  }

  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw errno == EPIPE ? .closed : .system(errno)
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
