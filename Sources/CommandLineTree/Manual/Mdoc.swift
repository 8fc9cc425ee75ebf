/// Writes the language mdoc: mdoc(7), roff(7).
enum Mdoc {
  static func lines(_ blocks: [ManualBlock]) -> [String] {
    var lines: [String] = []
    for (index, block) in blocks.enumerated() {
      switch block {
      case .text(let text):
        // A heading starts a new paragraph.
        let isFirst = index == 0 || blocks[index - 1].isHeading
        lines += (isFirst ? [] : [".Pp"]) + paragraphs(text)
      case .literal(let text):
        lines += literal(text.split(separator: "\n", omittingEmptySubsequences: false))
      case .heading(let title):
        lines.append(".Ss \(argument(title, isQuoted: false))")
      case .terms(let terms):
        lines += [".Bl -tag -width Ds"] + terms.flatMap(item) + [".El"]
      case .synopsis(let calls):
        lines += calls
      case .references(let references):
        lines += references.enumerated().map { index, reference in
          ".Xr \(reference.name) \(reference.section)"
            + (index == references.count - 1 ? "" : " ,")
        }
      }
    }
    return lines
  }

  private static func item(_ term: ManualTerm) -> [String] {
    let title =
      switch term.kind {
      case .literal(let text): "Cm \(argument(text))"
      case .placeholder(let text): "Ar \(argument(text))"
      case .variable(let text): "Ev \(argument(text))"
      case .path(let text): "Pa \(argument(text))"
      case .reference(let page): "Xr \(page.name) \(page.section)"
      case .option(let forms, let value):
        forms.map(flag).joined(separator: " , ") + (value.map { " Ar \(argument($0))" } ?? "")
      }
    return [".It \(title)"] + paragraphs(term.description)
  }

  /// An option, `Fl o` or `Fl Fl output`: each `Fl` puts a hyphen in front.
  static func flag(_ form: String) -> String {
    let name = form.drop { $0 == "-" }
    return String(repeating: "Fl ", count: form.count - name.count) + argument(String(name))
  }

  /// The lines of a text with empty lines between paragraphs; lines that begin with a space are
  /// kept.
  ///
  /// Each sentence has a line of its own, as mdoc wants it.
  private static func paragraphs(_ text: String) -> [String] {
    var lines: [String] = []
    var paragraph = ""
    var kept: [Substring] = []
    func end() {
      if !paragraph.isEmpty {
        lines += (lines.isEmpty ? [] : [".Pp"]) + sentences(paragraph).map(escaped)
      }
      if !kept.isEmpty { lines += literal(kept) }
      paragraph = ""
      kept = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.first == " " {
        if !paragraph.isEmpty { end() }
        kept.append(line)
      } else if line.isEmpty {
        end()
      } else {
        if !kept.isEmpty { end() }
        paragraph += (paragraph.isEmpty ? "" : " ") + line
      }
    }
    end()
    return lines
  }

  private static func literal(_ lines: [Substring]) -> [String] {
    let indentation = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return [".Bd -literal -offset indent"]
      + lines.map { literalLine(String($0.dropFirst(indentation))) }
      + [".Ed"]
  }

  /// A line that is kept as it is, where nothing is hyphenated anyway.
  private static func literalLine(_ line: String) -> String {
    let escaped = line.replacing(#"\"#, with: #"\e"#).replacing("-", with: #"\-"#)
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? #"\&"# + escaped : escaped
  }

  private static func sentences(_ text: String) -> [String] {
    var sentences: [String] = []
    var sentence = ""
    for word in text.split(separator: " ") {
      sentence += (sentence.isEmpty ? "" : " ") + word
      if let last = word.last, ".?!".contains(last) {
        sentences.append(sentence)
        sentence = ""
      }
    }
    return sentence.isEmpty ? sentences : sentences + [sentence]
  }

  /// A line of text in which nothing is a request.
  ///
  /// Hyphens in front of options are those of the keyboard, which can be copied from the page. In
  /// quotes and in names with underscores nothing is hyphenated, which `\%` tells: groff(7).
  private static func escaped(_ line: String) -> String {
    var isInQuotes = false
    let escaped = line.replacing(#"\"#, with: #"\e"#)
      .split(separator: " ", omittingEmptySubsequences: false)
      .map { word -> String in
        let marks = word.prefix { $0 == "-" || $0 == "'" || $0 == "(" }
        let rest = word.dropFirst(marks.count)
        isInQuotes = isInQuotes || marks.contains("'")
        let isKept = (isInQuotes && !rest.isEmpty) || word.contains("_")
        if rest.contains("'") { isInQuotes = false }
        return (isKept ? #"\%"# : "") + String(marks).replacing("-", with: #"\-"#) + rest
      }
      .joined(separator: " ")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? #"\&"# + escaped : escaped
  }

  /// A text as an argument of a macro, in which no word is a macro or ends a sentence.
  static func argument(_ text: String, isQuoted: Bool = true) -> String {
    let escaped = text.replacing(#"\"#, with: #"\e"#).replacing("\"", with: #"\(dq"#)
      .split(separator: " ", omittingEmptySubsequences: false)
      .map { word in
        // Macros have a capital and one or two small letters; signs may be delimiters.
        let mayBeMacro =
          (2...3).contains(word.count) && word.first?.isUppercase == true
          && word.dropFirst().allSatisfy(\.isLowercase)
        let mayBeDelimiter = word.count == 1 && word.allSatisfy { !$0.isLetter && !$0.isNumber }
        return (mayBeMacro || mayBeDelimiter ? #"\&"# : "")
          + String(word).replacing("-", with: #"\-"#)
      }
      .joined(separator: " ")
    return isQuoted && escaped.contains(" ") ? "\"\(escaped)\"" : escaped
  }
}

extension ManualBlock {
  fileprivate var isHeading: Bool {
    if case .heading = self { true } else { false }
  }
}
