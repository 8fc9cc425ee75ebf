/// The syntax of a shell for the tables of a completion script.
protocol CompletionDialect {
  /// The name of the program.
  var program: String { get }
  /// The prefix of all function names.
  var functionPrefix: String { get }
  /// Whether words are offered with their descriptions.
  var showsDescriptions: Bool { get }
  /// The text as one word of the shell.
  func quoted(_ text: String) -> String
  /// One or more patterns of a table with their code, as lines.
  func arm(_ patterns: [String], _ code: String) -> [String]
  /// Sets variables of the lookup function.
  func assignments(_ values: KeyValuePairs<String, String>) -> String
}

extension CompletionDialect {
  /// The arms of a shell `case` statement for a table, one line for each row.
  ///
  /// - Parameters:
  ///   - rows: The rows of the table, in the order in which the shell tries their patterns.
  ///   - words: The function that receives the words of the table.
  /// - Returns: The lines, without a newline at the end.
  func table(_ rows: [CompletionRow], words: String = "words") -> String {
    rows.flatMap { arm($0.patterns, code(for: $0.call, words: words)) }.joined(separator: "\n")
  }

  /// The code for an action.
  private func code(for call: CompletionCall, words function: String) -> String {
    switch call {
    case .enter(let node):
      assignments(["node": node])
    case .option(let name, let takesValue, let isRepeatable):
      assignments([
        "name": name, "takes": takesValue ? "1" : "", "many": isRepeatable ? "1" : "",
      ])
    case .words(let choices):
      command(function, words(choices))
    case .list(let list, let files):
      command(files == nil ? "list" : "list_or_files", [list] + (files ?? []))
    case .assignments(let list):
      command("assignments", [list])
    case .files(let extensions):
      command("files", extensions)
    case .folders:
      command("folders", [])
    case .nothing:
      ":"
    }
  }

  /// The words of choices, followed by their descriptions if those are shown.
  func words(_ choices: [Choice]) -> [String] {
    choices.flatMap { showsDescriptions ? [$0.value, $0.summary] : [$0.value] }
  }

  func command(_ name: String, _ arguments: [String]) -> String {
    (["\(functionPrefix)_\(name)"] + arguments.map(quoted)).joined(separator: " ")
  }
}

/// A Bourne-like shell: `case` with quoted patterns, quotes without escapes.
protocol BourneDialect: CompletionDialect {}

extension BourneDialect {
  var functionPrefix: String { "_\(program)" }

  func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: #"'\''"#) + "'"
  }

  func arm(_ patterns: [String], _ code: String) -> [String] {
    ["    \(patterns.map(pattern).joined(separator: " | ")))", "      \(code)", "      ;;"]
  }

  func assignments(_ values: KeyValuePairs<String, String>) -> String {
    values.map { "\($0.key)=\(quoted($0.value))" }.joined(separator: " ")
  }

  /// The functions that walk along the words of a line and decide what to offer at its end.
  ///
  /// A shell's own script has the functions that offer words, options, lists, files and folders,
  /// and the one that reads the line: it sets the shared variables and calls 'offer'.
  ///
  /// - Parameters:
  ///   - tables: The commands, options and values of the program.
  ///   - beforeValue: Code to run before the value of an option is offered.
  /// - Returns: Shell code that bash and zsh both run.
  func walk(_ tables: CompletionTables<some Sendable>, beforeValue: String = ":") -> String {
    let p = functionPrefix
    return #"""
      # Looks up an option: sets name, takes and many.
      \#(p)_option() {
        name='' takes='' many=''
        case $1 in
      \#(table(tables.options))
        esac
        [[ -n $name ]]
      }

      # Reads one word before the cursor.
      \#(p)_step() {
        local word=$1 name takes many rest
        if [[ -n $expected ]]; then
          expected=''
        elif [[ -z $ended && $word == -- ]]; then
          ended=1
        elif [[ -z $ended && $word == --* ]]; then
          if \#(p)_option "${word%%=*}"; then
            given+=("$name")
            [[ -z $takes || $word == *=* ]] || expected=$name
          fi
        elif [[ -z $ended && $word == -?* ]]; then
          \#(p)_cluster "$word"
          [[ -z $name || -z $takes || -n $rest ]] || expected=$name
        elif ((count > 0)) || ! \#(p)_enter "$word"; then
          ((++count))
        fi
      }

      # Reads switches in one word, up to one that takes a value; the rest is the value.
      \#(p)_cluster() {
        rest=${1#-} name='' takes=''
        while [[ -n $rest ]]; do
          \#(p)_option "-${rest:0:1}" || return
          rest=${rest:1}
          given+=("$name")
          [[ -z $takes ]] || return
        done
      }

      # Goes to the command of a group, if the word names one.
      \#(p)_enter() {
        local before=$node
        case $node/$1 in
      \#(table(tables.entries))
        esac
        [[ $node != "$before" ]]
      }

      \#(p)_exclude() {
        excluded+=("$@")
      }

      # Offers what the value of an option can be.
      \#(p)_value() {
        \#(beforeValue)
        case $node/$1 in
      \#(table(tables.values))
        esac
      }

      # Offers what can follow at the end of the line.
      \#(p)_offer() {
        value=$cur
        if [[ -n $expected ]]; then
          \#(p)_value "$expected"
          return
        elif [[ -z $ended && $cur == --*=* ]]; then
          if \#(p)_option "${cur%%=*}" && [[ -n $takes ]]; then
            lead=${cur%%=*}= value=${cur#*=}
            \#(p)_value "$name"
          fi
          return
        elif [[ -z $ended && $cur == -* ]]; then
          if [[ $cur == -[!-]?* ]]; then
            \#(p)_cluster "$cur"
            if [[ -n $name && -n $takes && -n $rest ]]; then
              lead=${cur%"$rest"} value=$rest
              \#(p)_value "$name"
              return
            fi
          fi
          case $node in
      \#(table(tables.ownOptions, words: "options"))
          esac
          \#(command("options", words(tables.globalOptions)))
          return
        fi
        case $node/$count in
      \#(table(tables.commands + tables.arguments))
        esac
      }
      """#
  }

  /// A leading or trailing star is a wildcard, so it stays outside of the quotes.
  private func pattern(_ text: String) -> String {
    if text.hasPrefix("*") { return "*" + quoted(String(text.dropFirst())) }
    if text.hasSuffix("*") { return quoted(String(text.dropLast())) + "*" }
    return quoted(text)
  }
}
