/// Splits a command line into tokens.
///
/// It only needs to know which options of the whole tree take a value, not which commands they
/// belong to, so options can be anywhere, even before the command.
///
/// Texts are split between Unicode scalars: a combining mark after `=` or `-` would otherwise hide
/// the character.
struct Tokenizer {
  /// The options of the commands that may be named: few, and searched linearly.
  let options: [OptionSpecification]

  private func option(named name: String) -> OptionSpecification? {
    options.first { $0.name == name }
  }

  /// A letter of more than one scalar cannot be typed as a flag; `problems()` reports it.
  private func option(abbreviated letter: Unicode.Scalar) -> OptionSpecification? {
    options.first {
      $0.short.map { $0.unicodeScalars.elementsEqual(CollectionOfOne(letter)) } ?? false
    }
  }

  func tokens(of words: [String]) -> [Token] {
    var reader = Reader(tokenizer: self, rest: words[...])
    reader.read()
    return reader.tokens
  }

  /// Whether a word has the same meaning if more options are known.
  func understands(_ word: String) -> Bool {
    switch OptionWord(word) {
    case .none, .endOfOptions: return true
    case .long(let name, _): return option(named: name) != nil
    case .short(let letters):
      for letter in letters {
        guard let option = option(abbreviated: letter) else { return false }
        if option.value != nil { break }
      }
      return true
    }
  }

  /// Whether a word begins with an option of the tree, so that it is not the value of the preceding
  /// one.
  private func isOption(_ word: String) -> Bool {
    switch OptionWord(word) {
    case .none: false
    // After `--` the value has been forgotten. It can still be given as `--name=--`.
    case .endOfOptions: true
    case .long(let name, _): option(named: name) != nil
    case .short(let letters): letters.first.map { option(abbreviated: $0) != nil } ?? false
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
      guard let option = tokenizer.option(named: name) else {
        tokens.append(.unknown(typed: typed, word: typed))
        return
      }
      switch (option.value != nil, text) {
      case (true, nil): readValue(name, typed)
      case (true, let text?): tokens.append(.option(name: name, typed: typed, text: text))
      case (false, nil): tokens.append(.flag(name: name, typed: typed))
      case (false, let text?):
        tokens.append(.unexpectedValue(name: name, typed: typed, text: text))
      }
    }

    /// POSIX, Utility Syntax Guidelines 5 and 6: flags may be grouped after one hyphen, and the
    /// value of the last one may follow directly.
    ///
    /// The rest is the value, even if it begins with `=`.
    private mutating func readShort(_ letters: Substring.UnicodeScalarView, _ word: String) {
      var letters = letters
      while let letter = letters.popFirst() {
        let typed = "-\(letter)"
        guard let option = tokenizer.option(abbreviated: letter) else {
          // The remaining letters may be the value of a misspelled option, so they are ignored.
          tokens.append(.unknown(typed: typed, word: word))
          return
        }
        let name = option.name
        if option.value != nil {
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

/// The meaning of the hyphens at the beginning of a word.
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
