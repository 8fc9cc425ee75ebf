extension String {
  /// The word, quoted for a shell.
  package var shellQuoted: String {
    let harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,"
    guard isEmpty || contains(where: { !harmless.contains($0) }) else { return self }
    guard isUnclear else { return "'" + replacing("'", with: "'\\''") + "'" }
    // A raw control character must not be shown, and an invisible one not be lost. These quotes are
    // in POSIX since 2024, section 2.2.4 of "Shell Command Language", and have long been in bash,
    // zsh and ksh.
    return "$'" + unicodeScalars.map(\.inANSIQuotes).joined() + "'"
  }
}

extension Unicode.Scalar {
  /// Whether the character cannot be part of a line to copy.
  private var isHiddenInShell: Bool { keptByte != nil || String(self).isUnclear }

  /// The character between `$'` and `'`.
  fileprivate var inANSIQuotes: String {
    switch self {
    case "'", "\\": "\\" + String(self)
    case _ where isHiddenInShell:
      // Octal, because after \x some shells accept any number of digits.
      (keptByte.map { [$0] } ?? Array(String(self).utf8)).map { byte in
        let digits = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }.joined()
    default: String(self)
    }
  }
}
