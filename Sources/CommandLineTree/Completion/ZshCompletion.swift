/// The completions for zsh.
struct ZshCompletion: BourneDialect {
  let program: String
  let showsDescriptions = true

  func script(_ tables: CompletionTables<some Sendable>) -> String {
    let p = functionPrefix
    return #"""
      #compdef \#(program)
      # Completions of \#(program) for zsh.
      # Made by '\#(program) completions zsh'.

      \#(walk(tables, beforeValue: #"[[ -z $lead ]] || compset -P "${(b)lead}""#))

      # Offers words, each of which is followed by its description.
      \#(p)_words() {
        local word description
        local -a found begun
        for word description; do
          word=${${word//\\/\\\\}//:/\\:}${description:+:$description}
          # What goes on behind the sign is one word with it.
          if [[ ${word%%:*} == *= ]]; then
            begun+=("$word")
          else
            found+=("$word")
          fi
        done
        ((${#found} == 0)) || _describe -t values value found -V values
        ((${#begun} == 0)) || _describe -t values value begun -V values -S ''
      }

      # Offers options that are not there yet and that do not exclude each other.
      \#(p)_options() {
        local form description name takes many other
        local -a excluded found
        for other in $given; do
          case $node/$other in
      \#(table(tables.exclusions, words: "exclude"))
          esac
        done
        for form description; do
          \#(p)_option "$form"
          [[ -z $many ]] && ((${given[(Ie)$name]})) && continue
          ((${excluded[(Ie)$name]})) && continue
          found+=("$form:$description")
        done
        _describe -o -t options option found
      }

      # Asks the program for a list.
      \#(p)_list() {
        local line command=${(Q)words[1]}
        local -a found typed=(${(z)LBUFFER}) settings
        # Variables that are set in front of the command count for it.
        settings=(${(M)typed[1,${typed[(I)$words[1]]}]:#[[:alpha:]_]*=*})
        [[ $command == */* ]] || command=\#(quoted(program))
        for line in "${(@f)$(((${#settings})) && export "${(@Q)settings}"; command ${~command} \#(CompletionShell.requestWord) "$1" "$value" "${(@)line_words}" </dev/null 2>/dev/null)}"; do
          [[ -z $line ]] || found+=("${line%%$'\t'*}" "${${(M)line:#*$'\t'*}#*$'\t'}")
        done
        \#(p)_words "${(@)found}"
      }

      # Offers a list, and files of some extensions.
      \#(p)_list_or_files() {
        local list=$1
        shift
        if [[ $value == */* || $value == "~"* ]]; then
          \#(p)_files "$@"
        else
          \#(p)_list "$list"
          local -a extensions=("$@") paths expl
          paths=(*.(${(j:|:)~extensions})(N-.))
          ((${#paths} == 0)) || _wanted files expl file compadd -a paths
        fi
      }

      # Offers folders and files, first those of some extensions.
      \#(p)_files() {
        if (($# > 0)); then
          _files -g "*.(${(j:|:)@})(-.)"
        else
          _files
        fi
      }

      # Offers folders.
      \#(p)_folders() {
        _files -/
      }

      \#(p)() {
        local node='' expected='' ended='' lead='' cur=${(Q)PREFIX} value word name takes many rest
        local -i count=0
        local -a given line_words
        line_words=("${(@Q)words[2,CURRENT-1]}")
        for word in "${(@)line_words}"; do
          \#(p)_step "$word"
        done

        \#(p)_offer
      }

      # The file is loaded as the function's body the first time it is called, or read by the user.
      if [[ ${funcstack[1]} == \#(p) ]]; then
        \#(p) "$@"
      else
        compdef \#(p) \#(program)
      fi

      """#
  }
}
