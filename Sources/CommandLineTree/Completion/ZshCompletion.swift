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

      # Looks up an option: sets name, takes and many.
      \#(p)_option() {
        name='' takes='' many=''
        case $1 in
      \#(table(tables.options))
        esac
        [[ -n $name ]]
      }

      # Reads one word that stands in front of the cursor.
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
          \#(p)_option "-${rest[1]}" || return
          rest=${rest[2,-1]}
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

      # Offers words, each of which is followed by its description.
      \#(p)_words() {
        local word description
        local -a found
        for word description; do
          word=${${word//\\/\\\\}//:/\\:}
          found+=("$word${description:+:$description}")
        done
        _describe -t values value found -V values
      }

      \#(p)_exclude() {
        excluded+=("$@")
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
        for line in "${(@f)$(((${#settings})) && export "${(@Q)settings}"; command ${~command} \#(completionRequestWord) "$1" "$value" "${(@)line_words}" </dev/null 2>/dev/null)}"; do
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
          local -a extensions=("$@") paths
          paths=(*.(${(j:|:)~extensions})(N-.))
          ((${#paths} == 0)) || _describe -t files file paths
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

      # Offers what the value of an option can be; what is in front of the value stays as it is.
      \#(p)_value() {
        [[ -z $lead ]] || compset -P "${(b)lead}"
        case $node/$1 in
      \#(table(tables.values))
        esac
      }

      \#(p)() {
        local node='' expected='' ended='' lead='' cur=${(Q)PREFIX} value word name takes many rest
        local -i count=0
        local -a given line_words
        line_words=("${(@Q)words[2,CURRENT-1]}")
        for word in "${(@)line_words}"; do
          \#(p)_step "$word"
        done

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
          if [[ $cur == -[^-]?* ]]; then
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
      \#(table(tables.commands + tables.operands))
        esac
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
