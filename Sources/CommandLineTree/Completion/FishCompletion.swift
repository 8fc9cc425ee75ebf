/// The completions for fish.
struct FishCompletion: CompletionDialect {
  let program: String
  let showsDescriptions = true

  var functionPrefix: String { "__\(program)" }

  func quoted(_ text: String) -> String {
    "'" + text.replacing(#"\"#, with: #"\\"#).replacing("'", with: #"\'"#) + "'"
  }

  /// A quoted star is a wildcard of `case`; an unquoted one would match files.
  func arm(_ patterns: [String], _ code: String) -> [String] {
    ["        case \(patterns.map(quoted).joined(separator: " "))", "            \(code)"]
  }

  func assignments(_ values: KeyValuePairs<String, String>) -> String {
    values.map { "set \($0.key) \(quoted($0.value))" }.joined(separator: "; ")
  }

  func script(_ tables: CompletionTables<some Sendable>) -> String {
    let p = functionPrefix
    return #"""
      # Completions of \#(program) for fish.
      # Made by '\#(program) completions fish'.

      # Looks up an option: sets name, takes and many.
      function \#(p)_option --no-scope-shadowing
          set name ''
          set takes ''
          set many ''
          switch $argv[1]
      \#(table(tables.options))
          end
          test -n "$name"
      end

      # Reads one word that stands in front of the cursor.
      function \#(p)_step --no-scope-shadowing
          if test -n "$expected"
              set expected ''
          else if test -z "$ended"; and string match -q -- -- $argv[1]
              set ended 1
          else if test -z "$ended"; and string match -q -- '--*' $argv[1]
              if \#(p)_option (string replace -r -- '=.*' '' $argv[1])
                  set -a given $name
                  test -z "$takes"; or string match -q -- '*=*' $argv[1]; or set expected $name
              end
          else if test -z "$ended"; and string match -q -- '-?*' $argv[1]
              \#(p)_cluster $argv[1]
              test -z "$takes"; or test -n "$rest"; or set expected $name
          else if test $count -gt 0; or not \#(p)_enter $argv[1]
              set count (math $count + 1)
          end
      end

      # Reads switches in one word, up to one that takes a value; the rest is the value.
      function \#(p)_cluster --no-scope-shadowing
          set rest (string sub -s 2 -- $argv[1])
          set name ''
          set takes ''
          while test -n "$rest"
              \#(p)_option -(string sub -l 1 -- $rest); or return
              set rest (string sub -s 2 -- $rest)
              set -a given $name
              test -z "$takes"; or return
          end
      end

      # Goes to the command of a group, if the word names one.
      function \#(p)_enter --no-scope-shadowing
          set before $node
          switch $node/$argv[1]
      \#(table(tables.entries))
          end
          test "$node" != "$before"
      end

      # Offers words, each of which is followed by its description.
      function \#(p)_words --no-scope-shadowing
          set -l i 1
          while test $i -lt (count $argv)
              printf '%s%s\t%s\n' $lead $argv[$i] $argv[(math $i + 1)]
              set i (math $i + 2)
          end
      end

      function \#(p)_exclude --no-scope-shadowing
          set -a excluded $argv
      end

      # Offers options that are not there yet and that do not exclude each other.
      function \#(p)_options --no-scope-shadowing
          set -l excluded
          set -l other
          for other in $given
              switch $node/$other
      \#(table(tables.exclusions, words: "exclude"))
              end
          end
          set -l forms $argv
          while test (count $forms) -gt 1
              if \#(p)_option $forms[1]
                  and not contains -- $name $excluded
                  and begin
                      test -n "$many"; or not contains -- $name $given
                  end
                  printf '%s\t%s\n' $forms[1] $forms[2]
              end
              set forms $forms[3..]
          end
      end

      # Asks the program for a list.
      function \#(p)_list --no-scope-shadowing
          set -l program $tokens[1]
          string match -q -- '*/*' $program; or set program \#(quoted(program))
          set program (string replace -r -- '^~/' $HOME/ $program)
          set -l line
          command $program \#(CompletionShell.requestWord) $argv[1] "$value" $tokens[2..] </dev/null 2>/dev/null | while read -l line
              printf '%s%s\n' $lead $line
          end
      end

      # Offers a list, and files of some extensions.
      function \#(p)_list_or_files --no-scope-shadowing
          if string match -q -- '*/*' $value; or string match -q -- '~*' $value
              \#(p)_files $argv[2..]
          else
              \#(p)_list $argv[1]
              set -l extension
              for extension in $argv[2..]
                  # A wildcard without a match is an error except in a 'set'.
                  set -l paths $value*.$extension
                  test (count $paths) -eq 0; or printf '%s\n' $lead$paths
              end
          end
      end

      # Offers folders and files, first those of some extensions.
      function \#(p)_files --no-scope-shadowing
          set -l path
          set -l paths (__fish_complete_path $value)
          set -l fitting $paths
          if test (count $argv) -gt 0
              set fitting (string match -r -- '^.*(?:/|\.(?:'(string join '|' $argv)'))(?:\t.*)?$' $paths)
          end
          test (count $fitting) -gt 0; or set fitting $paths
          for path in $fitting
              printf '%s%s\n' $lead $path
          end
      end

      # Offers folders.
      function \#(p)_folders --no-scope-shadowing
          set -l path
          for path in (__fish_complete_directories $value)
              printf '%s%s\n' $lead $path
          end
      end

      # Offers what the value of an option can be.
      function \#(p)_value --no-scope-shadowing
          switch $node/$argv[1]
      \#(table(tables.values))
          end
      end

      function \#(p)_complete
          set -l tokens (commandline -opc)
          while string match -qr -- '^\w+=' "$tokens[1]"
              set tokens $tokens[2..]
          end
          set -l cur (commandline -ct | string unescape 2>/dev/null; or commandline -ct)
          set -l node ''
          set -l expected ''
          set -l ended ''
          set -l lead ''
          set -l count 0
          set -l given
          set -l value $cur
          set -l name ''
          set -l takes ''
          set -l many ''
          set -l rest ''
          set -l before
          set -l word
          for word in $tokens[2..]
              \#(p)_step $word
          end

          if test -n "$expected"
              \#(p)_value $expected
              return
          else if test -z "$ended"; and string match -q -- '--*=*' $cur
              if \#(p)_option (string replace -r -- '=.*' '' $cur); and test -n "$takes"
                  set lead (string replace -r -- '=.*' '=' $cur)
                  set value (string replace -r -- '^[^=]*=' '' $cur)
                  \#(p)_value $name
              end
              return
          else if test -z "$ended"; and string match -q -- '-*' $cur
              if string match -qr -- '^-[^-].' $cur
                  \#(p)_cluster $cur
                  if test -n "$takes"; and test -n "$rest"
                      set lead (string sub -l (math (string length -- $cur) - (string length -- $rest)) -- $cur)
                      set value $rest
                      \#(p)_value $name
                      return
                  end
              end
              switch $node
      \#(table(tables.ownOptions, words: "options"))
              end
              \#(command("options", words(tables.globalOptions)))
              return
          end
          switch $node/$count
      \#(table(tables.commands + tables.arguments))
          end
      end

      complete -c \#(program) -k -f -a '(\#(p)_complete)'

      """#
  }
}
