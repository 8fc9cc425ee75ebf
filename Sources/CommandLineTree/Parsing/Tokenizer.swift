/// Splits a command line into tokens.
///
/// This needs to know only which options of the whole tree take a value, not to which command they
/// belong, so that options can stand anywhere, also in front of the command's name.
///
/// Texts are split between Unicode scalars: the character `=` or `-` with an accent on it would
/// otherwise hide the sign.
struct Tokenizer {
  private let takesValue: [String: Bool]
  private let names: [Unicode.Scalar: String]

  init(_ options: some Sequence<OptionSpecification>) {
    var takesValue: [String: Bool] = [:]
    var names: [Unicode.Scalar: String] = [:]
    for option in options {
      takesValue[option.name] = option.value != nil
      // A letter of more than one scalar cannot be typed as a switch; `problems()` reports it.
      if let short = option.short, short.unicodeScalars.count == 1 {
        names[short.unicodeScalars[short.unicodeScalars.startIndex]] = option.name
      }
    }
    self.takesValue = takesValue
    self.names = names
  }

  func tokens(of words: [String]) -> [Token] {
    var reader = Reader(tokenizer: self, rest: words[...])
    reader.read()
    return reader.tokens
  }

  /// Whether a word means the same where more options are known.
  func understands(_ word: String) -> Bool {
    switch OptionWord(word) {
    case .none, .endOfOptions: return true
    case .long(let name, _): return takesValue[name] != nil
    case .short(let letters):
      for letter in letters {
        guard let name = names[letter] else { return false }
        if takesValue[name] == true { break }
      }
      return true
    }
  }

  /// Whether a word begins with an option of the tree, so that it is no value of the one before it.
  private func isOption(_ word: String) -> Bool {
    switch OptionWord(word) {
    case .none: false
    // Someone who types the end of the options has forgotten the value. As `--name=--` it can be
    // given nevertheless.
    case .endOfOptions: true
    case .long(let name, _): takesValue[name] != nil
    case .short(let letters): letters.first.map { names[$0] != nil } ?? false
    }
  }

  private struct Reader {
    let tokenizer: Tokenizer
    var rest: ArraySlice<String>
    var tokens: [Token] = []

    mutating func read() {
      while let word = rest.popFirst() {
        switch OptionWord(word) {
        case .none:
          tokens.append(.word(word))
        case .endOfOptions:
          tokens += rest.map(Token.word)
          return
        case .long(let name, let text):
          readLong(name, text, word)
        case .short(let letters):
          readShort(letters, word)
        }
      }
    }

    private mutating func readLong(_ name: String, _ text: String?, _ word: String) {
      let typed = name.isEmpty ? word : "--\(name)"
      guard let takesValue = tokenizer.takesValue[name] else {
        tokens.append(.unknown(typed: typed, word: typed))
        return
      }
      switch (takesValue, text) {
      case (true, nil): readValue(name, typed)
      case (true, let text?): tokens.append(.option(name: name, typed: typed, text: text))
      case (false, nil): tokens.append(.flag(name: name, typed: typed))
      case (false, let text?):
        tokens.append(.unexpectedValue(name: name, typed: typed, text: text))
      }
    }

    /// POSIX, Utility Syntax Guidelines 5 and 6: switches may be grouped behind one hyphen, and the
    /// value of the last may follow it directly.
    ///
    /// What follows is the value, also if it is a `=`.
    private mutating func readShort(_ letters: Substring.UnicodeScalarView, _ word: String) {
      var letters = letters
      while let letter = letters.popFirst() {
        let typed = "-\(letter)"
        guard let name = tokenizer.names[letter] else {
          // The letters behind it may be the value of an option misspelled, so they say nothing.
          tokens.append(.unknown(typed: typed, word: word))
          return
        }
        if tokenizer.takesValue[name] == true {
          if letters.isEmpty {
            readValue(name, typed)
          } else {
            tokens.append(.option(name: name, typed: typed, text: String(letters)))
          }
          return
        }
        if letters.first == "=" {
          let text = String(letters.dropFirst())
          tokens.append(.unexpectedValue(name: name, typed: typed, text: text))
          return
        }
        tokens.append(.flag(name: name, typed: typed))
      }
    }

    private mutating func readValue(_ name: String, _ typed: String) {
      if let next = rest.first, !tokenizer.isOption(next) {
        rest.removeFirst()
        tokens.append(.option(name: name, typed: typed, text: next))
      } else {
        tokens.append(.missingValue(name: name, typed: typed))
      }
    }
  }
}

/// What the hyphens at the beginning of a word make of it.
private enum OptionWord {
  case none
  case endOfOptions
  case long(String, text: String?)
  case short(Substring.UnicodeScalarView)

  init(_ word: String) {
    let scalars = word.unicodeScalars
    // A hyphen alone stands for standard input or output.
    guard scalars.first == "-", let second = scalars.dropFirst().first else {
      self = .none
      return
    }
    guard second == "-" else {
      self = .short(scalars.dropFirst())
      return
    }
    let rest = scalars.dropFirst(2)
    if rest.isEmpty {
      self = .endOfOptions
    } else if let sign = rest.firstIndex(of: "=") {
      let text = rest[rest.index(after: sign)...]
      self = .long(String(rest[..<sign]), text: String(text))
    } else {
      self = .long(String(rest), text: nil)
    }
  }
}
