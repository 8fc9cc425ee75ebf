# Completions of everruns for bash 4.4 or later.
# Made by 'everruns completions bash'.

# Reads a line up to the cursor, as the shell will. Readline breaks words also at signs such as
# @ : = and completes only what is behind the last of them, or begins with it where it is @, so
# 'cut' counts the letters in front of that.
_everruns_read() {
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

# Looks up an option: sets name, takes and many.
_everruns_option() {
  name='' takes='' many=''
  case $1 in
    '--help' | '-h')
      name='--help' takes='' many=''
      ;;
    '--version')
      name='--version' takes='' many=''
      ;;
    '--addr')
      name='--addr' takes='1' many=''
      ;;
    '--with-worker')
      name='--with-worker' takes='' many=''
      ;;
    '--store' | '-s')
      name='--store' takes='1' many=''
      ;;
    '--platform' | '-p')
      name='--platform' takes='1' many=''
      ;;
    '--base-url')
      name='--base-url' takes='1' many=''
      ;;
    '--model')
      name='--model' takes='1' many=''
      ;;
    '--output' | '-o')
      name='--output' takes='1' many=''
      ;;
  esac
  [[ -n $name ]]
}

# Reads one word that stands in front of the cursor.
_everruns_step() {
  local word=$1 name takes many rest
  if [[ -n $expected ]]; then
    expected=''
  elif [[ -z $ended && $word == -- ]]; then
    ended=1
  elif [[ -z $ended && $word == --* ]]; then
    if _everruns_option "${word%%=*}"; then
      given+=("$name")
      [[ -z $takes || $word == *=* ]] || expected=$name
    fi
  elif [[ -z $ended && $word == -?* ]]; then
    _everruns_cluster "$word"
    [[ -z $name || -z $takes || -n $rest ]] || expected=$name
  elif ((count > 0)) || ! _everruns_enter "$word"; then
    ((++count))
  fi
}

# Reads switches in one word, up to one that takes a value; the rest is the value.
_everruns_cluster() {
  rest=${1#-} name='' takes=''
  while [[ -n $rest ]]; do
    _everruns_option "-${rest:0:1}" || return
    rest=${rest:1}
    given+=("$name")
    [[ -z $takes ]] || return
  done
}

# Goes to the command of a group, if the word names one.
_everruns_enter() {
  local before=$node
  case $node/$1 in
    '/serve')
      node='serve'
      ;;
    '/work')
      node='work'
      ;;
    '/openapi')
      node='openapi'
      ;;
    '/drivers')
      node='drivers'
      ;;
    'drivers/check')
      node='drivers check'
      ;;
  esac
  [[ $node != "$before" ]]
}

_everruns_exclude() {
  excluded+=("$@")
}

# Offers what the value of an option can be.
_everruns_value() {
  :
  case $node/$1 in
    'serve/--addr' | 'drivers check/--base-url' | 'drivers check/--model')
      :
      ;;
    'serve/--store' | 'work/--store' | 'drivers check/--store')
      _everruns_files 'db'
      ;;
    'serve/--platform' | 'work/--platform' | 'drivers check/--platform')
      _everruns_files 'json' 'yaml' 'yml'
      ;;
    'drivers check/--output')
      _everruns_words 'text' 'json'
      ;;
  esac
}

# Offers what can stand at the end of the line.
_everruns_offer() {
  value=$cur
  if [[ -n $expected ]]; then
    _everruns_value "$expected"
    return
  elif [[ -z $ended && $cur == --*=* ]]; then
    if _everruns_option "${cur%%=*}" && [[ -n $takes ]]; then
      lead=${cur%%=*}= value=${cur#*=}
      _everruns_value "$name"
    fi
    return
  elif [[ -z $ended && $cur == -* ]]; then
    if [[ $cur == -[!-]?* ]]; then
      _everruns_cluster "$cur"
      if [[ -n $name && -n $takes && -n $rest ]]; then
        lead=${cur%"$rest"} value=$rest
        _everruns_value "$name"
        return
      fi
    fi
    case $node in
    'serve')
      _everruns_options '--addr' '--with-worker' '--store' '-s' '--platform' '-p'
      ;;
    'work')
      _everruns_options '--store' '-s' '--platform' '-p'
      ;;
    'drivers check')
      _everruns_options '--base-url' '--model' '--output' '-o' '--store' '-s' '--platform' '-p'
      ;;
    esac
    _everruns_options '--help' '-h' '--version'
    return
  fi
  case $node/$count in
    '/0')
      _everruns_words 'serve' 'work' 'openapi' 'drivers'
      ;;
    'drivers/0')
      _everruns_words 'check'
      ;;
    'drivers check/0')
      :
      ;;
  esac
}

# Offers those of the words that begin with what is typed.
_everruns_words() {
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
_everruns_options() {
  local form name takes many other excluded=()
  for other in "${given[@]}"; do
    case $node/$other in

    esac
  done
  for form; do
    _everruns_option "$form"
    [[ -z $many && " ${given[*]} " == *" $name "* ]] && continue
    [[ " ${excluded[*]} " == *" $name "* ]] && continue
    _everruns_words "$form"
  done
}

# Asks the program for a list.
_everruns_list() {
  local line command=${words[0]} found=()
  [[ $command == */* ]] || command='everruns'
  while IFS= read -r line; do
    found+=("${line%%$'\t'*}")
  done < <(command "${command/#"~/"/"$HOME/"}" __complete "$1" "$value" "${words[@]:1}" \
    </dev/null 2>/dev/null)
  _everruns_words "${found[@]}"
}

# Offers a list, and files of some extensions where a path cannot be anything else.
_everruns_list_or_files() {
  local list=$1 path found=()
  shift
  if [[ $value == */* || $value == "~"* ]]; then
    _everruns_files "$@"
    return
  fi
  while IFS= read -r path; do
    _everruns_has_extension "$path" "$@" && found+=("$path")
  done < <(compgen -f -- "$value")
  _everruns_list "$list"
  _everruns_words "${found[@]}"
}

_everruns_has_extension() {
  local extension
  for extension in "${@:2}"; do
    [[ $1 != *".$extension" ]] || return 0
  done
  return 1
}

# Offers folders and files, first those of some extensions.
_everruns_files() {
  local path paths=() fitting=() skip=$((cut > ${#lead} ? cut - ${#lead} : 0))
  if [[ $value == "~"* ]]; then
    compopt -o default 2>/dev/null
    return
  fi
  while IFS= read -r path; do
    paths+=("${path:skip}")
    if [[ -d $path ]] || _everruns_has_extension "$path" "$@"; then
      fitting+=("${path:skip}")
    fi
  done < <(compgen -f -- "$value")
  ((${#fitting[@]} > 0)) || fitting=("${paths[@]}")
  _everruns_paths "${fitting[@]}"
}

# Offers paths, behind as much of an option as the shell takes for a part of them.
_everruns_paths() {
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
_everruns_folders() {
  local path paths=()
  while IFS= read -r path; do
    paths+=("${path:cut > ${#lead} ? cut - ${#lead} : 0}")
  done < <(compgen -d -- "$value")
  _everruns_paths "${paths[@]}"
}

_everruns() {
  local words=() given=() cur='' cut=0 open='' redirected='' node='' expected='' ended=''
  local count=0 lead='' value word name takes many rest
  COMPREPLY=()
  _everruns_read "${COMP_LINE:0:COMP_POINT}"
  for word in "${words[@]:1}"; do
    _everruns_step "$word"
  done

  if [[ -n $redirected ]]; then
    value=$cur
    _everruns_files
    return
  fi
  _everruns_offer
}

complete -F _everruns everruns
