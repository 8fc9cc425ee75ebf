# Completions of everrunsctl for bash 4.4 or later.
# Made by 'everrunsctl completions bash'.

# Reads a line up to the cursor, as the shell will. Readline breaks words also at signs such as
# @ : = and completes only what is behind the last of them, or begins with it where it is @, so
# 'cut' counts the letters in front of that.
_everrunsctl_read() {
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
_everrunsctl_option() {
  name='' takes='' many=''
  case $1 in
    '--platform' | '-p')
      name='--platform' takes='1' many=''
      ;;
    '--store' | '-s')
      name='--store' takes='1' many=''
      ;;
    '--output' | '-o')
      name='--output' takes='1' many=''
      ;;
    '--grade')
      name='--grade' takes='1' many=''
      ;;
    '--quiet' | '-q')
      name='--quiet' takes='' many=''
      ;;
    '--verbose' | '-v')
      name='--verbose' takes='' many=''
      ;;
    '--color')
      name='--color' takes='1' many=''
      ;;
    '--wait')
      name='--wait' takes='1' many=''
      ;;
    '--help' | '-h')
      name='--help' takes='' many=''
      ;;
    '--version')
      name='--version' takes='' many=''
      ;;
    '--columns')
      name='--columns' takes='1' many=''
      ;;
    '--to')
      name='--to' takes='1' many=''
      ;;
    '--force')
      name='--force' takes='' many=''
      ;;
    '--strict')
      name='--strict' takes='' many=''
      ;;
    '--format')
      name='--format' takes='1' many=''
      ;;
    '--exit-code')
      name='--exit-code' takes='' many=''
      ;;
    '--from')
      name='--from' takes='1' many=''
      ;;
    '--dry-run' | '-n')
      name='--dry-run' takes='' many=''
      ;;
    '--yes' | '-y')
      name='--yes' takes='' many=''
      ;;
    '--reason')
      name='--reason' takes='1' many=''
      ;;
    '--as')
      name='--as' takes='1' many=''
      ;;
    '--base')
      name='--base' takes='1' many=''
      ;;
    '--ours')
      name='--ours' takes='' many=''
      ;;
    '--theirs')
      name='--theirs' takes='' many=''
      ;;
    '--onto')
      name='--onto' takes='1' many=''
      ;;
    '--status')
      name='--status' takes='1' many='1'
      ;;
    '--risk')
      name='--risk' takes='1' many='1'
      ;;
    '--category')
      name='--category' takes='1' many='1'
      ;;
    '--feature')
      name='--feature' takes='1' many='1'
      ;;
    '--experimental')
      name='--experimental' takes='' many=''
      ;;
    '--unused')
      name='--unused' takes='' many=''
      ;;
    '--replace')
      name='--replace' takes='' many=''
      ;;
    '--cascade')
      name='--cascade' takes='' many=''
      ;;
    '--ignore-missing')
      name='--ignore-missing' takes='' many=''
      ;;
    '--effective')
      name='--effective' takes='' many=''
      ;;
    '--reparent')
      name='--reparent' takes='1' many=''
      ;;
    '--detach')
      name='--detach' takes='' many=''
      ;;
    '--orphan')
      name='--orphan' takes='' many=''
      ;;
    '--catalog')
      name='--catalog' takes='1' many=''
      ;;
    '--org')
      name='--org' takes='1' many='1'
      ;;
    '--prune')
      name='--prune' takes='1' many=''
      ;;
    '--overwrite')
      name='--overwrite' takes='' many=''
      ;;
    '--adopt')
      name='--adopt' takes='1' many='1'
      ;;
    '--accept-own')
      name='--accept-own' takes='1' many='1'
      ;;
    '--full')
      name='--full' takes='' many=''
      ;;
    '--expand')
      name='--expand' takes='' many=''
      ;;
    '--deny')
      name='--deny' takes='1' many='1'
      ;;
    '--backup')
      name='--backup' takes='1' many=''
      ;;
    '--for')
      name='--for' takes='1' many=''
      ;;
    '--harness')
      name='--harness' takes='1' many=''
      ;;
    '--out')
      name='--out' takes='1' many=''
      ;;
    '--kind')
      name='--kind' takes='1' many='1'
      ;;
    '--action')
      name='--action' takes='1' many='1'
      ;;
    '--reason-code')
      name='--reason-code' takes='1' many='1'
      ;;
    '--expect')
      name='--expect' takes='1' many=''
      ;;
    '--schema')
      name='--schema' takes='' many=''
      ;;
    '--id')
      name='--id' takes='1' many=''
      ;;
    '--since')
      name='--since' takes='1' many=''
      ;;
    '--limit')
      name='--limit' takes='1' many=''
      ;;
  esac
  [[ -n $name ]]
}

# Reads one word that stands in front of the cursor.
_everrunsctl_step() {
  local word=$1 name takes many rest
  if [[ -n $expected ]]; then
    expected=''
  elif [[ -z $ended && $word == -- ]]; then
    ended=1
  elif [[ -z $ended && $word == --* ]]; then
    if _everrunsctl_option "${word%%=*}"; then
      given+=("$name")
      [[ -z $takes || $word == *=* ]] || expected=$name
    fi
  elif [[ -z $ended && $word == -?* ]]; then
    _everrunsctl_cluster "$word"
    [[ -z $name || -z $takes || -n $rest ]] || expected=$name
  elif ((count > 0)) || ! _everrunsctl_enter "$word"; then
    ((++count))
  fi
}

# Reads switches in one word, up to one that takes a value; the rest is the value.
_everrunsctl_cluster() {
  rest=${1#-} name='' takes=''
  while [[ -n $rest ]]; do
    _everrunsctl_option "-${rest:0:1}" || return
    rest=${rest:1}
    given+=("$name")
    [[ -z $takes ]] || return
  done
}

# Goes to the command of a group, if the word names one.
_everrunsctl_enter() {
  local before=$node
  case $node/$1 in
    '/status')
      node='status'
      ;;
    '/platform' | '/platforms')
      node='platform'
      ;;
    '/capabilities' | '/capability')
      node='capabilities'
      ;;
    '/drivers' | '/driver')
      node='drivers'
      ;;
    '/providers' | '/provider' | '/connection-providers' | '/connections')
      node='providers'
      ;;
    '/harnesses' | '/harness')
      node='harnesses'
      ;;
    '/seed')
      node='seed'
      ;;
    '/orgs' | '/org')
      node='orgs'
      ;;
    '/store')
      node='store'
      ;;
    '/completions')
      node='completions'
      ;;
    '/help')
      node='help'
      ;;
    '/version')
      node='version'
      ;;
    'platform/list')
      node='platform list'
      ;;
    'platform/show')
      node='platform show'
      ;;
    'platform/export')
      node='platform export'
      ;;
    'platform/validate')
      node='platform validate'
      ;;
    'platform/diff')
      node='platform diff'
      ;;
    'platform/graph')
      node='platform graph'
      ;;
    'platform/create')
      node='platform create'
      ;;
    'platform/import')
      node='platform import'
      ;;
    'platform/merge')
      node='platform merge'
      ;;
    'platform/upgrade')
      node='platform upgrade'
      ;;
    'platform/patch')
      node='platform patch'
      ;;
    'platform/use')
      node='platform use'
      ;;
    'platform/history')
      node='platform history'
      ;;
    'platform/rollback')
      node='platform rollback'
      ;;
    'platform/delete')
      node='platform delete'
      ;;
    'platform/schema')
      node='platform schema'
      ;;
    'capabilities/list')
      node='capabilities list'
      ;;
    'capabilities/show')
      node='capabilities show'
      ;;
    'capabilities/resolve')
      node='capabilities resolve'
      ;;
    'capabilities/register')
      node='capabilities register'
      ;;
    'capabilities/unregister')
      node='capabilities unregister'
      ;;
    'drivers/list')
      node='drivers list'
      ;;
    'drivers/show')
      node='drivers show'
      ;;
    'drivers/register')
      node='drivers register'
      ;;
    'drivers/unregister')
      node='drivers unregister'
      ;;
    'providers/list')
      node='providers list'
      ;;
    'providers/show')
      node='providers show'
      ;;
    'providers/register')
      node='providers register'
      ;;
    'providers/unregister')
      node='providers unregister'
      ;;
    'harnesses/list')
      node='harnesses list'
      ;;
    'harnesses/show')
      node='harnesses show'
      ;;
    'harnesses/tree')
      node='harnesses tree'
      ;;
    'harnesses/add')
      node='harnesses add'
      ;;
    'harnesses/set')
      node='harnesses set'
      ;;
    'harnesses/rename')
      node='harnesses rename'
      ;;
    'harnesses/remove')
      node='harnesses remove'
      ;;
    'harnesses/status')
      node='harnesses status'
      ;;
    'harnesses/reconcile')
      node='harnesses reconcile'
      ;;
    'harnesses/resolve')
      node='harnesses resolve'
      ;;
    'seed/preview')
      node='seed preview'
      ;;
    'seed/apply')
      node='seed apply'
      ;;
    'seed/why')
      node='seed why'
      ;;
    'seed/catalog')
      node='seed catalog'
      ;;
    'orgs/list')
      node='orgs list'
      ;;
    'orgs/show')
      node='orgs show'
      ;;
    'orgs/status')
      node='orgs status'
      ;;
    'orgs/create')
      node='orgs create'
      ;;
    'orgs/set')
      node='orgs set'
      ;;
    'orgs/delete')
      node='orgs delete'
      ;;
    'store/init')
      node='store init'
      ;;
    'store/info')
      node='store info'
      ;;
    'store/check')
      node='store check'
      ;;
    'store/backup')
      node='store backup'
      ;;
    'store/restore')
      node='store restore'
      ;;
    'store/records')
      node='store records'
      ;;
    'store/history')
      node='store history'
      ;;
  esac
  [[ $node != "$before" ]]
}

_everrunsctl_exclude() {
  excluded+=("$@")
}

# Offers what the value of an option can be.
_everrunsctl_value() {
  :
  case $node/$1 in
    'platform list/--columns' | 'platform create/--reason' | 'platform import/--reason' | 'platform merge/--reason' | 'platform upgrade/--reason' | 'platform patch/--reason' | 'platform use/--reason' | 'platform history/--columns' | 'platform rollback/--reason' | 'platform delete/--reason' | 'capabilities list/--columns' | 'capabilities register/--reason' | 'capabilities unregister/--reason' | 'drivers list/--columns' | 'drivers register/--reason' | 'drivers unregister/--reason' | 'providers list/--columns' | 'providers register/--reason' | 'providers unregister/--reason' | 'harnesses list/--columns' | 'harnesses add/--reason' | 'harnesses set/--reason' | 'harnesses rename/--reason' | 'harnesses remove/--reason' | 'harnesses reconcile/--reason' | 'seed apply/--expect' | 'seed apply/--reason' | 'orgs list/--columns' | 'orgs create/--id' | 'orgs create/--reason' | 'orgs set/--reason' | 'orgs delete/--reason' | 'store init/--reason' | 'store restore/--reason' | 'store records/--columns' | 'store history/--since' | 'store history/--limit' | 'store history/--columns')
      :
      ;;
    'platform export/--to' | 'harnesses status/--catalog' | 'harnesses reconcile/--catalog' | 'seed preview/--catalog' | 'seed apply/--catalog' | 'seed why/--catalog' | 'seed catalog/--catalog' | 'orgs status/--catalog')
      _everrunsctl_files 'json' 'yaml' 'yml'
      ;;
    'platform diff/--format')
      _everrunsctl_words 'changes' 'patch'
      ;;
    'platform graph/--format')
      _everrunsctl_words 'tree' 'dot' 'mermaid'
      ;;
    'platform create/--from' | 'platform merge/--base' | 'platform upgrade/--onto' | 'platform upgrade/--base')
      _everrunsctl_list_or_files 'platform' 'json' 'yaml' 'yml'
      ;;
    'platform import/--as')
      _everrunsctl_list 'saved-platform'
      ;;
    'capabilities list/--status')
      _everrunsctl_words 'available' 'coming_soon' 'deprecated'
      ;;
    'capabilities list/--risk')
      _everrunsctl_words 'low' 'medium' 'high'
      ;;
    'capabilities list/--category')
      _everrunsctl_list 'category'
      ;;
    'capabilities list/--feature')
      _everrunsctl_list 'feature'
      ;;
    'harnesses remove/--reparent' | 'harnesses resolve/--harness')
      _everrunsctl_list 'harness'
      ;;
    'harnesses status/--org' | 'harnesses reconcile/--org' | 'harnesses resolve/--org' | 'seed preview/--org' | 'seed apply/--org' | 'seed why/--org' | 'orgs status/--org' | 'store records/--org' | 'store history/--org')
      _everrunsctl_list 'organization'
      ;;
    'harnesses status/--prune' | 'harnesses reconcile/--prune' | 'seed preview/--prune' | 'seed apply/--prune' | 'seed why/--prune' | 'orgs status/--prune')
      _everrunsctl_words 'release' 'delete'
      ;;
    'harnesses status/--adopt' | 'harnesses status/--accept-own' | 'harnesses reconcile/--adopt' | 'harnesses reconcile/--accept-own' | 'seed preview/--adopt' | 'seed preview/--accept-own' | 'seed apply/--adopt' | 'seed apply/--accept-own' | 'seed why/--adopt' | 'seed why/--accept-own' | 'orgs status/--adopt' | 'orgs status/--accept-own')
      _everrunsctl_list 'blocked-address'
      ;;
    'harnesses reconcile/--deny' | 'seed preview/--deny' | 'seed apply/--deny')
      _everrunsctl_words 'create' 'update' 'unchanged' 'skip' 'keep' 'release' 'delete' 'blocked' 'missing' 'renamed' 'definition_changed' 'overwrites_local_edit' 'matches' 'kept_local_edit' 'kept_org_choice' 'orphaned' 'own_harness_accepted' 'in_use' 'archived' 'auth_mode' 'dev_only' 'driver_not_registered' 'provider_skipped' 'mcp_server_missing' 'capability_not_registered' 'default_model_skipped' 'no_harness_for_role' 'removed_locally' 'pruned' 'name_owned_by_org' 'unusable_row'
      ;;
    'harnesses reconcile/--backup' | 'seed apply/--backup')
      _everrunsctl_files 'db'
      ;;
    'harnesses resolve/--for')
      _everrunsctl_words 'session' 'default' 'chat'
      ;;
    'seed preview/--out')
      _everrunsctl_files 'json'
      ;;
    'seed preview/--kind' | 'orgs status/--kind')
      _everrunsctl_words 'organization' 'user' 'llm_provider' 'llm_model' 'organization_settings' 'mcp_server' 'harness' 'agent'
      ;;
    'seed preview/--action' | 'orgs status/--action')
      _everrunsctl_words 'create' 'update' 'unchanged' 'skip' 'keep' 'release' 'delete' 'blocked'
      ;;
    'seed preview/--reason-code' | 'orgs status/--reason-code')
      _everrunsctl_words 'missing' 'renamed' 'definition_changed' 'overwrites_local_edit' 'matches' 'kept_local_edit' 'kept_org_choice' 'orphaned' 'own_harness_accepted' 'in_use' 'archived' 'auth_mode' 'dev_only' 'driver_not_registered' 'provider_skipped' 'mcp_server_missing' 'capability_not_registered' 'default_model_skipped' 'no_harness_for_role' 'removed_locally' 'pruned' 'name_owned_by_org' 'unusable_row'
      ;;
    *'/--platform')
      _everrunsctl_list_or_files 'platform' 'json' 'yaml' 'yml'
      ;;
    *'/--store')
      _everrunsctl_files 'db'
      ;;
    *'/--output')
      _everrunsctl_words 'text' 'json' 'jsonl' 'yaml' 'name' 'markdown' 'tsv'
      ;;
    *'/--grade')
      _everrunsctl_words 'dev' 'poc' 'preview' 'prod'
      ;;
    *'/--color')
      _everrunsctl_words 'auto' 'always' 'never'
      ;;
  esac
}

# Offers what can stand at the end of the line.
_everrunsctl_offer() {
  value=$cur
  if [[ -n $expected ]]; then
    _everrunsctl_value "$expected"
    return
  elif [[ -z $ended && $cur == --*=* ]]; then
    if _everrunsctl_option "${cur%%=*}" && [[ -n $takes ]]; then
      lead=${cur%%=*}= value=${cur#*=}
      _everrunsctl_value "$name"
    fi
    return
  elif [[ -z $ended && $cur == -* ]]; then
    if [[ $cur == -[!-]?* ]]; then
      _everrunsctl_cluster "$cur"
      if [[ -n $name && -n $takes && -n $rest ]]; then
        lead=${cur%"$rest"} value=$rest
        _everrunsctl_value "$name"
        return
      fi
    fi
    case $node in
    'platform list')
      _everrunsctl_options '--columns'
      ;;
    'platform export')
      _everrunsctl_options '--to' '--force'
      ;;
    'platform validate')
      _everrunsctl_options '--strict'
      ;;
    'platform diff')
      _everrunsctl_options '--format' '--exit-code'
      ;;
    'platform graph')
      _everrunsctl_options '--format'
      ;;
    'platform create')
      _everrunsctl_options '--from' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'platform import')
      _everrunsctl_options '--as' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'platform merge')
      _everrunsctl_options '--base' '--ours' '--theirs' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'platform upgrade')
      _everrunsctl_options '--onto' '--base' '--ours' '--theirs' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'platform patch')
      _everrunsctl_options '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'platform use')
      _everrunsctl_options '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'platform history')
      _everrunsctl_options '--columns'
      ;;
    'platform rollback')
      _everrunsctl_options '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'platform delete')
      _everrunsctl_options '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'capabilities list')
      _everrunsctl_options '--status' '--risk' '--category' '--feature' '--experimental' '--unused' '--columns'
      ;;
    'capabilities register')
      _everrunsctl_options '--replace' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'capabilities unregister')
      _everrunsctl_options '--cascade' '--ignore-missing' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'drivers list')
      _everrunsctl_options '--columns'
      ;;
    'drivers register')
      _everrunsctl_options '--replace' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'drivers unregister')
      _everrunsctl_options '--ignore-missing' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'providers list')
      _everrunsctl_options '--columns'
      ;;
    'providers register')
      _everrunsctl_options '--replace' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'providers unregister')
      _everrunsctl_options '--ignore-missing' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'harnesses list')
      _everrunsctl_options '--columns'
      ;;
    'harnesses show')
      _everrunsctl_options '--effective'
      ;;
    'harnesses add')
      _everrunsctl_options '--replace' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'harnesses set')
      _everrunsctl_options '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'harnesses rename')
      _everrunsctl_options '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'harnesses remove')
      _everrunsctl_options '--reparent' '--detach' '--orphan' '--cascade' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'harnesses status')
      _everrunsctl_options '--exit-code' '--catalog' '--org' '--prune' '--overwrite' '--adopt' '--accept-own' '--full'
      ;;
    'harnesses reconcile')
      _everrunsctl_options '--catalog' '--org' '--prune' '--overwrite' '--adopt' '--accept-own' '--full' '--expand' '--deny' '--strict' '--backup' '--force' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'harnesses resolve')
      _everrunsctl_options '--org' '--for' '--harness'
      ;;
    'seed preview')
      _everrunsctl_options '--out' '--force' '--exit-code' '--kind' '--action' '--reason-code' '--catalog' '--org' '--prune' '--overwrite' '--adopt' '--accept-own' '--full' '--expand' '--deny'
      ;;
    'seed apply')
      _everrunsctl_options '--expect' '--catalog' '--org' '--prune' '--overwrite' '--adopt' '--accept-own' '--full' '--expand' '--deny' '--strict' '--backup' '--force' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'seed why')
      _everrunsctl_options '--catalog' '--org' '--prune' '--overwrite' '--adopt' '--accept-own' '--full'
      ;;
    'seed catalog')
      _everrunsctl_options '--catalog' '--schema'
      ;;
    'orgs list')
      _everrunsctl_options '--columns'
      ;;
    'orgs status')
      _everrunsctl_options '--exit-code' '--kind' '--action' '--reason-code' '--catalog' '--org' '--prune' '--overwrite' '--adopt' '--accept-own' '--full'
      ;;
    'orgs create')
      _everrunsctl_options '--id' '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'orgs set')
      _everrunsctl_options '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'orgs delete')
      _everrunsctl_options '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'store init')
      _everrunsctl_options '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'store backup')
      _everrunsctl_options '--force'
      ;;
    'store restore')
      _everrunsctl_options '--dry-run' '-n' '--yes' '-y' '--reason'
      ;;
    'store records')
      _everrunsctl_options '--org' '--columns'
      ;;
    'store history')
      _everrunsctl_options '--org' '--since' '--limit' '--columns'
      ;;
    esac
    _everrunsctl_options '--platform' '-p' '--store' '-s' '--output' '-o' '--grade' '--quiet' '-q' '--verbose' '-v' '--color' '--wait' '--help' '-h' '--version'
    return
  fi
  case $node/$count in
    '/0')
      _everrunsctl_words 'status' 'platform' 'capabilities' 'drivers' 'providers' 'harnesses' 'seed' 'orgs' 'store' 'completions' 'help' 'version'
      ;;
    'platform/0')
      _everrunsctl_words 'list' 'show' 'export' 'validate' 'diff' 'graph' 'create' 'import' 'merge' 'upgrade' 'patch' 'use' 'history' 'rollback' 'delete' 'schema'
      ;;
    'capabilities/0')
      _everrunsctl_words 'list' 'show' 'resolve' 'register' 'unregister'
      ;;
    'drivers/0')
      _everrunsctl_words 'list' 'show' 'register' 'unregister'
      ;;
    'providers/0')
      _everrunsctl_words 'list' 'show' 'register' 'unregister'
      ;;
    'harnesses/0')
      _everrunsctl_words 'list' 'show' 'tree' 'add' 'set' 'rename' 'remove' 'status' 'reconcile' 'resolve'
      ;;
    'seed/0')
      _everrunsctl_words 'preview' 'apply' 'why' 'catalog'
      ;;
    'orgs/0')
      _everrunsctl_words 'list' 'show' 'status' 'create' 'set' 'delete'
      ;;
    'store/0')
      _everrunsctl_words 'init' 'info' 'check' 'backup' 'restore' 'records' 'history'
      ;;
    'platform show/0' | 'platform export/0' | 'platform validate/0' | 'platform diff/0' | 'platform diff/1' | 'platform graph/0' | 'platform merge/0')
      _everrunsctl_list_or_files 'platform' 'json' 'yaml' 'yml'
      ;;
    'platform create/0' | 'harnesses rename/1')
      :
      ;;
    'platform import/0' | 'platform patch/0' | 'capabilities register/0' | 'drivers register/0' | 'providers register/0' | 'harnesses add/0')
      _everrunsctl_files 'json' 'yaml' 'yml'
      ;;
    'platform upgrade/0' | 'platform history/0' | 'platform rollback/0' | 'platform delete/0')
      _everrunsctl_list 'saved-platform'
      ;;
    'platform use/0')
      _everrunsctl_list 'platform'
      ;;
    'harnesses set/0' | 'harnesses rename/0')
      _everrunsctl_list 'harness'
      ;;
    'seed apply/0')
      _everrunsctl_files 'json'
      ;;
    'seed why/0')
      _everrunsctl_list 'address'
      ;;
    'orgs show/0' | 'orgs set/0')
      _everrunsctl_list 'organization'
      ;;
    'store backup/0' | 'store restore/0')
      _everrunsctl_files 'db'
      ;;
    'store records/0')
      _everrunsctl_words 'organization' 'user' 'llm_provider' 'llm_model' 'organization_settings' 'mcp_server' 'harness' 'agent'
      ;;
    'completions/0')
      _everrunsctl_words 'bash' 'zsh' 'fish'
      ;;
    'capabilities show/'* | 'capabilities resolve/'* | 'capabilities unregister/'*)
      _everrunsctl_list 'capability'
      ;;
    'drivers show/'* | 'drivers unregister/'*)
      _everrunsctl_list 'driver'
      ;;
    'providers show/'* | 'providers unregister/'*)
      _everrunsctl_list 'provider'
      ;;
    'harnesses show/'* | 'harnesses remove/'*)
      _everrunsctl_list 'harness'
      ;;
    'harnesses set/'*)
      _everrunsctl_list 'harness-assignment'
      ;;
    'orgs set/'*)
      _everrunsctl_list 'organization-assignment'
      ;;
    'orgs delete/'*)
      _everrunsctl_list 'organization'
      ;;
    'help/'*)
      _everrunsctl_list 'command'
      ;;
  esac
}

# Offers those of the words that begin with what is typed.
_everrunsctl_words() {
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
_everrunsctl_options() {
  local form name takes many other excluded=()
  for other in "${given[@]}"; do
    case $node/$other in
    'platform merge/--ours')
      _everrunsctl_exclude '--theirs'
      ;;
    'platform merge/--theirs')
      _everrunsctl_exclude '--ours'
      ;;
    'platform upgrade/--ours')
      _everrunsctl_exclude '--theirs'
      ;;
    'platform upgrade/--theirs')
      _everrunsctl_exclude '--ours'
      ;;
    'harnesses remove/--reparent')
      _everrunsctl_exclude '--detach' '--orphan' '--cascade'
      ;;
    'harnesses remove/--detach')
      _everrunsctl_exclude '--reparent' '--orphan' '--cascade'
      ;;
    'harnesses remove/--orphan')
      _everrunsctl_exclude '--reparent' '--detach' '--cascade'
      ;;
    'harnesses remove/--cascade')
      _everrunsctl_exclude '--reparent' '--detach' '--orphan'
      ;;
    esac
  done
  for form; do
    _everrunsctl_option "$form"
    [[ -z $many && " ${given[*]} " == *" $name "* ]] && continue
    [[ " ${excluded[*]} " == *" $name "* ]] && continue
    _everrunsctl_words "$form"
  done
}

# Asks the program for a list.
_everrunsctl_list() {
  local line command=${words[0]} found=()
  [[ $command == */* ]] || command='everrunsctl'
  while IFS= read -r line; do
    found+=("${line%%$'\t'*}")
  done < <(command "${command/#"~/"/"$HOME/"}" __complete "$1" "$value" "${words[@]:1}" \
    </dev/null 2>/dev/null)
  _everrunsctl_words "${found[@]}"
}

# Offers a list, and files of some extensions where a path cannot be anything else.
_everrunsctl_list_or_files() {
  local list=$1 path found=()
  shift
  if [[ $value == */* || $value == "~"* ]]; then
    _everrunsctl_files "$@"
    return
  fi
  while IFS= read -r path; do
    _everrunsctl_has_extension "$path" "$@" && found+=("$path")
  done < <(compgen -f -- "$value")
  _everrunsctl_list "$list"
  _everrunsctl_words "${found[@]}"
}

_everrunsctl_has_extension() {
  local extension
  for extension in "${@:2}"; do
    [[ $1 != *".$extension" ]] || return 0
  done
  return 1
}

# Offers folders and files, first those of some extensions.
_everrunsctl_files() {
  local path paths=() fitting=() skip=$((cut > ${#lead} ? cut - ${#lead} : 0))
  if [[ $value == "~"* ]]; then
    compopt -o default 2>/dev/null
    return
  fi
  while IFS= read -r path; do
    paths+=("${path:skip}")
    if [[ -d $path ]] || _everrunsctl_has_extension "$path" "$@"; then
      fitting+=("${path:skip}")
    fi
  done < <(compgen -f -- "$value")
  ((${#fitting[@]} > 0)) || fitting=("${paths[@]}")
  _everrunsctl_paths "${fitting[@]}"
}

# Offers paths, behind as much of an option as the shell takes for a part of them.
_everrunsctl_paths() {
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
_everrunsctl_folders() {
  local path paths=()
  while IFS= read -r path; do
    paths+=("${path:cut > ${#lead} ? cut - ${#lead} : 0}")
  done < <(compgen -d -- "$value")
  _everrunsctl_paths "${paths[@]}"
}

_everrunsctl() {
  local words=() given=() cur='' cut=0 open='' redirected='' node='' expected='' ended=''
  local count=0 lead='' value word name takes many rest
  COMPREPLY=()
  _everrunsctl_read "${COMP_LINE:0:COMP_POINT}"
  for word in "${words[@]:1}"; do
    _everrunsctl_step "$word"
  done

  if [[ -n $redirected ]]; then
    value=$cur
    _everrunsctl_files
    return
  fi
  _everrunsctl_offer
}

complete -F _everrunsctl everrunsctl
