import EverrunsControl
import Foundation

/// A stream that keeps what is written to it.
final class CapturedOutput: TextOutput {
  private(set) var data = Data()
  let isTerminal = false
  let width: Int? = nil

  func write(_ text: String) { data.append(contentsOf: text.utf8) }

  func write(_ bytes: [UInt8]) { data.append(contentsOf: bytes) }
}
