import EverrunsStore
import Files
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
    if let code = OpenFile.write(bytes, to: descriptor) {
      throw OutputFailure(code)
    }
  }
}
