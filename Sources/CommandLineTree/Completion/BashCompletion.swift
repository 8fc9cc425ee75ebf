/// The completions for bash 4.4 or later, without the bash-completion package.
struct BashCompletion: BourneDialect {
  let program: String
  let showsDescriptions = false

  func script(_ tables: CompletionTables<some Sendable>) -> String {
    let p = functionPrefix
    return #"""
      # Completions of \#(program) for bash 4.4 or later.
      # Made by '\#(program) completions bash'.

      # Reads a line up to the cursor, as the shell will. Readline breaks words also at signs such as
      # @ : = and completes only what is behind the last of them, or begins with it where it is @, so
      # 'cut' counts the letters in front of that.
      \#(p)_read() {
        local line=$1 char i started='' target=''
        for ((i = 0; i < ${#line}; i++)); do
          char=${line:i:1}
          if [[ -n $open ]]; then
            if [[ $char == "$open" ]]; then
              open='' cut=${#cur}
            elif [[ $char == "\\" && $open == '"' && ${line:i + 1:1} == [\"\\\$\`] ]]; then
              ((++i))
              cur+=${line:i:1}
            else
              cur+=$char
            fi
            continue
          fi
          case $char in
            [[:space:]])
              if [[ -n $started ]]; then
                [[ -n $target ]] || words+=("$cur")
                cur='' cut=0 started='' target=''
              fi
              continue
              ;;
            "<" | ">")
              if [[ -n $started && -z $target && $cur != +([0-9]) ]]; then
                words+=("$cur")
              fi
              cur='' cut=0 started='' target=1
              continue
              ;;
            "'" | '"')
              open=$char cut=${#cur}
              ;;
            "\\")
              ((++i))
              cur+=${line:i:1}
              ;;
            *)
              if [[ ${COMP_WORDBREAKS-} == *"$char"* ]]; then
                [[ $char == "@" ]] && cut=${#cur} || cut=$((${#cur} + 1))
              fi
              cur+=$char
              ;;
          esac
          started=1
        done
        redirected=$target
      }

      \#(walk(tables))

      # Offers those of the words that begin with what is typed.
      \#(p)_words() {
        local word
        for word; do
          [[ $lead$word == "$cur"* ]] || continue
          word=$lead$word
          word=${word:cut}
          # What goes on behind the sign is one word with it.
          [[ $word != *= ]] || compopt -o nospace 2>/dev/null
          case $open in
            '') printf -v word %q "$word" ;;
            '"') word=${word//[\"\\\$\`]/\\&} ;;
            *) word=${word//"'"/"'\\''"} ;;
          esac
          COMPREPLY+=("$word")
        done
      }

      # Offers options that are not there yet and that do not exclude each other.
      \#(p)_options() {
        local form name takes many other excluded=()
        for other in "${given[@]}"; do
          case $node/$other in
      \#(table(tables.exclusions, words: "exclude"))
          esac
        done
        for form; do
          \#(p)_option "$form"
          [[ -z $many && " ${given[*]} " == *" $name "* ]] && continue
          [[ " ${excluded[*]} " == *" $name "* ]] && continue
          \#(p)_words "$form"
        done
      }

      # Asks the program for a list.
      \#(p)_list() {
        local line command=${words[0]} found=()
        [[ $command == */* ]] || command=\#(quoted(program))
        while IFS= read -r line; do
          found+=("${line%%$'\t'*}")
        done < <(command "${command/#"~/"/"$HOME/"}" \#(CompletionShell.requestWord) "$1" "$value" "${words[@]:1}" \
          </dev/null 2>/dev/null)
        \#(p)_words "${found[@]}"
      }

      # Offers a list, and files of some extensions where a path cannot be anything else.
      \#(p)_list_or_files() {
        local list=$1 path found=()
        shift
        if [[ $value == */* || $value == "~"* ]]; then
          \#(p)_files "$@"
          return
        fi
        while IFS= read -r path; do
          \#(p)_has_extension "$path" "$@" && found+=("$path")
        done < <(compgen -f -- "$value")
        \#(p)_list "$list"
        \#(p)_words "${found[@]}"
      }

      \#(p)_has_extension() {
        local extension
        for extension in "${@:2}"; do
          [[ $1 != *".$extension" ]] || return 0
        done
        return 1
      }

      # Offers folders and files, first those of some extensions.
      \#(p)_files() {
        local path paths=() fitting=() skip=$((cut > ${#lead} ? cut - ${#lead} : 0))
        if [[ $value == "~"* ]]; then
          compopt -o default 2>/dev/null
          return
        fi
        while IFS= read -r path; do
          paths+=("${path:skip}")
          if [[ -d $path ]] || \#(p)_has_extension "$path" "$@"; then
            fitting+=("${path:skip}")
          fi
        done < <(compgen -f -- "$value")
        ((${#fitting[@]} > 0)) || fitting=("${paths[@]}")
        \#(p)_paths "${fitting[@]}"
      }

      # Offers paths, behind as much of an option as the shell takes for a part of them.
      \#(p)_paths() {
        local path
        if ((cut >= ${#lead})); then
          # The shell quotes paths by itself and puts a slash behind folders.
          compopt -o filenames 2>/dev/null
          COMPREPLY+=("$@")
          return
        fi
        for path; do
          if [[ -d $path ]]; then
            path+=/
            compopt -o nospace 2>/dev/null
          fi
          [[ -n $open ]] || printf -v path %q "$path"
          COMPREPLY+=("${lead:cut}$path")
        done
      }

      # Offers folders.
      \#(p)_folders() {
        local path paths=()
        while IFS= read -r path; do
          paths+=("${path:cut > ${#lead} ? cut - ${#lead} : 0}")
        done < <(compgen -d -- "$value")
        \#(p)_paths "${paths[@]}"
      }

      \#(p)() {
        local words=() given=() cur='' cut=0 open='' redirected='' node='' expected='' ended=''
        local count=0 lead='' value word name takes many rest
        COMPREPLY=()
        \#(p)_read "${COMP_LINE:0:COMP_POINT}"
        for word in "${words[@]:1}"; do
          \#(p)_step "$word"
        done

        if [[ -n $redirected ]]; then
          value=$cur
          \#(p)_files
          return
        fi
        \#(p)_offer
      }

      complete -F \#(p) \#(program)

      """#
  }
}
