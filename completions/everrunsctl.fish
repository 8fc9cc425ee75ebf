# Completions of everrunsctl for fish.
# Made by 'everrunsctl completions fish'.

# Looks up an option: sets name, takes and many.
function __everrunsctl_option --no-scope-shadowing
    set name ''
    set takes ''
    set many ''
    switch $argv[1]
        case '--platform' '-p'
            set name '--platform'; set takes '1'; set many ''
        case '--store' '-s'
            set name '--store'; set takes '1'; set many ''
        case '--output' '-o'
            set name '--output'; set takes '1'; set many ''
        case '--grade'
            set name '--grade'; set takes '1'; set many ''
        case '--quiet' '-q'
            set name '--quiet'; set takes ''; set many ''
        case '--verbose' '-v'
            set name '--verbose'; set takes ''; set many ''
        case '--color'
            set name '--color'; set takes '1'; set many ''
        case '--wait'
            set name '--wait'; set takes '1'; set many ''
        case '--help' '-h'
            set name '--help'; set takes ''; set many ''
        case '--version'
            set name '--version'; set takes ''; set many ''
        case '--columns'
            set name '--columns'; set takes '1'; set many ''
        case '--to'
            set name '--to'; set takes '1'; set many ''
        case '--force'
            set name '--force'; set takes ''; set many ''
        case '--strict'
            set name '--strict'; set takes ''; set many ''
        case '--format'
            set name '--format'; set takes '1'; set many ''
        case '--exit-code'
            set name '--exit-code'; set takes ''; set many ''
        case '--from'
            set name '--from'; set takes '1'; set many ''
        case '--dry-run' '-n'
            set name '--dry-run'; set takes ''; set many ''
        case '--yes' '-y'
            set name '--yes'; set takes ''; set many ''
        case '--reason'
            set name '--reason'; set takes '1'; set many ''
        case '--as'
            set name '--as'; set takes '1'; set many ''
        case '--base'
            set name '--base'; set takes '1'; set many ''
        case '--ours'
            set name '--ours'; set takes ''; set many ''
        case '--theirs'
            set name '--theirs'; set takes ''; set many ''
        case '--onto'
            set name '--onto'; set takes '1'; set many ''
        case '--status'
            set name '--status'; set takes '1'; set many '1'
        case '--risk'
            set name '--risk'; set takes '1'; set many '1'
        case '--category'
            set name '--category'; set takes '1'; set many '1'
        case '--feature'
            set name '--feature'; set takes '1'; set many '1'
        case '--experimental'
            set name '--experimental'; set takes ''; set many ''
        case '--unused'
            set name '--unused'; set takes ''; set many ''
        case '--replace'
            set name '--replace'; set takes ''; set many ''
        case '--cascade'
            set name '--cascade'; set takes ''; set many ''
        case '--ignore-missing'
            set name '--ignore-missing'; set takes ''; set many ''
        case '--effective'
            set name '--effective'; set takes ''; set many ''
        case '--reparent'
            set name '--reparent'; set takes '1'; set many ''
        case '--detach'
            set name '--detach'; set takes ''; set many ''
        case '--orphan'
            set name '--orphan'; set takes ''; set many ''
        case '--catalog'
            set name '--catalog'; set takes '1'; set many ''
        case '--org'
            set name '--org'; set takes '1'; set many '1'
        case '--prune'
            set name '--prune'; set takes '1'; set many ''
        case '--overwrite'
            set name '--overwrite'; set takes ''; set many ''
        case '--adopt'
            set name '--adopt'; set takes '1'; set many '1'
        case '--accept-own'
            set name '--accept-own'; set takes '1'; set many '1'
        case '--full'
            set name '--full'; set takes ''; set many ''
        case '--expand'
            set name '--expand'; set takes ''; set many ''
        case '--deny'
            set name '--deny'; set takes '1'; set many '1'
        case '--backup'
            set name '--backup'; set takes '1'; set many ''
        case '--for'
            set name '--for'; set takes '1'; set many ''
        case '--harness'
            set name '--harness'; set takes '1'; set many ''
        case '--out'
            set name '--out'; set takes '1'; set many ''
        case '--kind'
            set name '--kind'; set takes '1'; set many '1'
        case '--action'
            set name '--action'; set takes '1'; set many '1'
        case '--reason-code'
            set name '--reason-code'; set takes '1'; set many '1'
        case '--expect'
            set name '--expect'; set takes '1'; set many ''
        case '--schema'
            set name '--schema'; set takes ''; set many ''
        case '--id'
            set name '--id'; set takes '1'; set many ''
        case '--since'
            set name '--since'; set takes '1'; set many ''
        case '--limit'
            set name '--limit'; set takes '1'; set many ''
    end
    test -n "$name"
end

# Reads one word that stands in front of the cursor.
function __everrunsctl_step --no-scope-shadowing
    if test -n "$expected"
        set expected ''
    else if test -z "$ended"; and string match -q -- -- $argv[1]
        set ended 1
    else if test -z "$ended"; and string match -q -- '--*' $argv[1]
        if __everrunsctl_option (string replace -r -- '=.*' '' $argv[1])
            set -a given $name
            test -z "$takes"; or string match -q -- '*=*' $argv[1]; or set expected $name
        end
    else if test -z "$ended"; and string match -q -- '-?*' $argv[1]
        __everrunsctl_cluster $argv[1]
        test -z "$takes"; or test -n "$rest"; or set expected $name
    else if test $count -gt 0; or not __everrunsctl_enter $argv[1]
        set count (math $count + 1)
    end
end

# Reads switches in one word, up to one that takes a value; the rest is the value.
function __everrunsctl_cluster --no-scope-shadowing
    set rest (string sub -s 2 -- $argv[1])
    set name ''
    set takes ''
    while test -n "$rest"
        __everrunsctl_option -(string sub -l 1 -- $rest); or return
        set rest (string sub -s 2 -- $rest)
        set -a given $name
        test -z "$takes"; or return
    end
end

# Goes to the command of a group, if the word names one.
function __everrunsctl_enter --no-scope-shadowing
    set before $node
    switch $node/$argv[1]
        case '/status'
            set node 'status'
        case '/platform' '/platforms'
            set node 'platform'
        case '/capabilities' '/capability'
            set node 'capabilities'
        case '/drivers' '/driver'
            set node 'drivers'
        case '/providers' '/provider' '/connection-providers' '/connections'
            set node 'providers'
        case '/harnesses' '/harness'
            set node 'harnesses'
        case '/seed'
            set node 'seed'
        case '/orgs' '/org'
            set node 'orgs'
        case '/store'
            set node 'store'
        case '/completions'
            set node 'completions'
        case '/help'
            set node 'help'
        case '/version'
            set node 'version'
        case 'platform/list'
            set node 'platform list'
        case 'platform/show'
            set node 'platform show'
        case 'platform/export'
            set node 'platform export'
        case 'platform/validate'
            set node 'platform validate'
        case 'platform/diff'
            set node 'platform diff'
        case 'platform/graph'
            set node 'platform graph'
        case 'platform/create'
            set node 'platform create'
        case 'platform/import'
            set node 'platform import'
        case 'platform/merge'
            set node 'platform merge'
        case 'platform/upgrade'
            set node 'platform upgrade'
        case 'platform/patch'
            set node 'platform patch'
        case 'platform/use'
            set node 'platform use'
        case 'platform/history'
            set node 'platform history'
        case 'platform/rollback'
            set node 'platform rollback'
        case 'platform/delete'
            set node 'platform delete'
        case 'platform/schema'
            set node 'platform schema'
        case 'capabilities/list'
            set node 'capabilities list'
        case 'capabilities/show'
            set node 'capabilities show'
        case 'capabilities/resolve'
            set node 'capabilities resolve'
        case 'capabilities/register'
            set node 'capabilities register'
        case 'capabilities/unregister'
            set node 'capabilities unregister'
        case 'drivers/list'
            set node 'drivers list'
        case 'drivers/show'
            set node 'drivers show'
        case 'drivers/register'
            set node 'drivers register'
        case 'drivers/unregister'
            set node 'drivers unregister'
        case 'providers/list'
            set node 'providers list'
        case 'providers/show'
            set node 'providers show'
        case 'providers/register'
            set node 'providers register'
        case 'providers/unregister'
            set node 'providers unregister'
        case 'harnesses/list'
            set node 'harnesses list'
        case 'harnesses/show'
            set node 'harnesses show'
        case 'harnesses/tree'
            set node 'harnesses tree'
        case 'harnesses/add'
            set node 'harnesses add'
        case 'harnesses/set'
            set node 'harnesses set'
        case 'harnesses/rename'
            set node 'harnesses rename'
        case 'harnesses/remove'
            set node 'harnesses remove'
        case 'harnesses/status'
            set node 'harnesses status'
        case 'harnesses/reconcile'
            set node 'harnesses reconcile'
        case 'harnesses/resolve'
            set node 'harnesses resolve'
        case 'seed/preview'
            set node 'seed preview'
        case 'seed/apply'
            set node 'seed apply'
        case 'seed/why'
            set node 'seed why'
        case 'seed/catalog'
            set node 'seed catalog'
        case 'orgs/list'
            set node 'orgs list'
        case 'orgs/show'
            set node 'orgs show'
        case 'orgs/status'
            set node 'orgs status'
        case 'orgs/create'
            set node 'orgs create'
        case 'orgs/set'
            set node 'orgs set'
        case 'orgs/delete'
            set node 'orgs delete'
        case 'store/init'
            set node 'store init'
        case 'store/info'
            set node 'store info'
        case 'store/check'
            set node 'store check'
        case 'store/backup'
            set node 'store backup'
        case 'store/restore'
            set node 'store restore'
        case 'store/records'
            set node 'store records'
        case 'store/history'
            set node 'store history'
    end
    test "$node" != "$before"
end

# Offers words, each of which is followed by its description.
function __everrunsctl_words --no-scope-shadowing
    set -l i 1
    while test $i -lt (count $argv)
        printf '%s%s\t%s\n' $lead $argv[$i] $argv[(math $i + 1)]
        set i (math $i + 2)
    end
end

function __everrunsctl_exclude --no-scope-shadowing
    set -a excluded $argv
end

# Offers options that are not there yet and that do not exclude each other.
function __everrunsctl_options --no-scope-shadowing
    set -l excluded
    set -l other
    for other in $given
        switch $node/$other
        case 'platform merge/--ours'
            __everrunsctl_exclude '--theirs' ''
        case 'platform merge/--theirs'
            __everrunsctl_exclude '--ours' ''
        case 'platform upgrade/--ours'
            __everrunsctl_exclude '--theirs' ''
        case 'platform upgrade/--theirs'
            __everrunsctl_exclude '--ours' ''
        case 'harnesses remove/--reparent'
            __everrunsctl_exclude '--detach' '' '--orphan' '' '--cascade' ''
        case 'harnesses remove/--detach'
            __everrunsctl_exclude '--reparent' '' '--orphan' '' '--cascade' ''
        case 'harnesses remove/--orphan'
            __everrunsctl_exclude '--reparent' '' '--detach' '' '--cascade' ''
        case 'harnesses remove/--cascade'
            __everrunsctl_exclude '--reparent' '' '--detach' '' '--orphan' ''
        end
    end
    set -l forms $argv
    while test (count $forms) -gt 1
        if __everrunsctl_option $forms[1]
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
function __everrunsctl_list --no-scope-shadowing
    set -l program $tokens[1]
    string match -q -- '*/*' $program; or set program 'everrunsctl'
    set program (string replace -r -- '^~/' $HOME/ $program)
    set -l line
    command $program __complete $argv[1] "$value" $tokens[2..] </dev/null 2>/dev/null | while read -l line
        printf '%s%s\n' $lead $line
    end
end

# Offers a list, and files of some extensions.
function __everrunsctl_list_or_files --no-scope-shadowing
    if string match -q -- '*/*' $value; or string match -q -- '~*' $value
        __everrunsctl_files $argv[2..]
    else
        __everrunsctl_list $argv[1]
        set -l extension
        for extension in $argv[2..]
            # A wildcard without a match is an error except in a 'set'.
            set -l paths $value*.$extension
            test (count $paths) -eq 0; or printf '%s\n' $lead$paths
        end
    end
end

# Offers folders and files, first those of some extensions.
function __everrunsctl_files --no-scope-shadowing
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
function __everrunsctl_folders --no-scope-shadowing
    set -l path
    for path in (__fish_complete_directories $value)
        printf '%s%s\n' $lead $path
    end
end

# Offers what the value of an option can be.
function __everrunsctl_value --no-scope-shadowing
    switch $node/$argv[1]
        case 'platform list/--columns' 'platform create/--reason' 'platform import/--reason' 'platform merge/--reason' 'platform upgrade/--reason' 'platform patch/--reason' 'platform use/--reason' 'platform history/--columns' 'platform rollback/--reason' 'platform delete/--reason' 'capabilities list/--columns' 'capabilities register/--reason' 'capabilities unregister/--reason' 'drivers list/--columns' 'drivers register/--reason' 'drivers unregister/--reason' 'providers list/--columns' 'providers register/--reason' 'providers unregister/--reason' 'harnesses list/--columns' 'harnesses add/--reason' 'harnesses set/--reason' 'harnesses rename/--reason' 'harnesses remove/--reason' 'harnesses reconcile/--reason' 'seed apply/--expect' 'seed apply/--reason' 'orgs list/--columns' 'orgs create/--id' 'orgs create/--reason' 'orgs set/--reason' 'orgs delete/--reason' 'store init/--reason' 'store restore/--reason' 'store records/--columns' 'store history/--since' 'store history/--limit' 'store history/--columns'
            :
        case 'platform export/--to' 'harnesses status/--catalog' 'harnesses reconcile/--catalog' 'seed preview/--catalog' 'seed apply/--catalog' 'seed why/--catalog' 'seed catalog/--catalog' 'orgs status/--catalog'
            __everrunsctl_files 'json' 'yaml' 'yml'
        case 'platform diff/--format'
            __everrunsctl_words 'changes' 'each difference, field by field' 'patch' 'the JSON patch (RFC 6902) that turns the first into the second'
        case 'platform graph/--format'
            __everrunsctl_words 'tree' 'for the terminal' 'dot' 'for Graphviz' 'mermaid' 'for Markdown pages'
        case 'platform create/--from' 'platform merge/--base' 'platform upgrade/--onto' 'platform upgrade/--base'
            __everrunsctl_list_or_files 'platform' 'json' 'yaml' 'yml'
        case 'platform import/--as'
            __everrunsctl_list 'saved-platform'
        case 'capabilities list/--status'
            __everrunsctl_words 'available' 'ready for use' 'coming_soon' 'announced' 'deprecated' 'not for new use'
        case 'capabilities list/--risk'
            __everrunsctl_words 'low' 'reads or computes' 'medium' 'reaches outside' 'high' 'runs code or changes things outside'
        case 'capabilities list/--category'
            __everrunsctl_list 'category'
        case 'capabilities list/--feature'
            __everrunsctl_list 'feature'
        case 'harnesses remove/--reparent' 'harnesses resolve/--harness'
            __everrunsctl_list 'harness'
        case 'harnesses status/--org' 'harnesses reconcile/--org' 'harnesses resolve/--org' 'seed preview/--org' 'seed apply/--org' 'seed why/--org' 'orgs status/--org' 'store records/--org' 'store history/--org'
            __everrunsctl_list 'organization'
        case 'harnesses status/--prune' 'harnesses reconcile/--prune' 'seed preview/--prune' 'seed apply/--prune' 'seed why/--prune' 'orgs status/--prune'
            __everrunsctl_words 'release' 'they become the organization\'s own' 'delete' 'they are deleted, unless they are in use'
        case 'harnesses status/--adopt' 'harnesses status/--accept-own' 'harnesses reconcile/--adopt' 'harnesses reconcile/--accept-own' 'seed preview/--adopt' 'seed preview/--accept-own' 'seed apply/--adopt' 'seed apply/--accept-own' 'seed why/--adopt' 'seed why/--accept-own' 'orgs status/--adopt' 'orgs status/--accept-own'
            __everrunsctl_list 'blocked-address'
        case 'harnesses reconcile/--deny' 'seed preview/--deny' 'seed apply/--deny'
            __everrunsctl_words 'create' 'the row is created' 'update' 'the content of the row changes' 'unchanged' 'the row is up to date' 'skip' 'the row is neither created nor changed because something it needs is missing' 'keep' 'the row is left alone' 'release' 'the row becomes the organization\'s own' 'delete' 'the row is deleted' 'blocked' 'the row needs a decision' 'missing' 'the row is not in the store' 'renamed' 'the template was renamed, and the row follows' 'definition_changed' 'the definition or the catalog changed, and the row has no local edit' 'overwrites_local_edit' 'the row was edited, and the definition wins' 'matches' 'the row is up to date' 'kept_local_edit' 'the row was edited, and the edit is kept' 'kept_org_choice' 'the organization chose another value, which is kept' 'orphaned' 'a built-in harness that is no longer in the definition' 'own_harness_accepted' 'the organization\'s own harness was accepted with --accept-own' 'in_use' 'not pruned: another row or a setting refers to the harness' 'archived' 'the row is archived and left alone' 'auth_mode' 'the server creates this user itself' 'dev_only' 'the row is only for grade dev' 'driver_not_registered' 'the platform has no driver of this provider type' 'provider_skipped' 'the row\'s LLM provider is not seeded' 'mcp_server_missing' 'an MCP server that the agent uses does not exist' 'capability_not_registered' 'a capability that the agent needs is not registered' 'default_model_skipped' 'the default model does not exist' 'no_harness_for_role' 'no usable harness has the role of the setting' 'removed_locally' 'the row was seeded earlier and deleted since' 'pruned' 'a built-in harness that left the definition is released or deleted' 'name_owned_by_org' 'the organization has its own harness of that name' 'unusable_row' 'a stored value prevents the row from being written'
        case 'harnesses reconcile/--backup' 'seed apply/--backup'
            __everrunsctl_files 'db'
        case 'harnesses resolve/--for'
            __everrunsctl_words 'session' 'a new session' 'default' 'the organization\'s default' 'chat' 'the global chat'
        case 'seed preview/--out'
            __everrunsctl_files 'json'
        case 'seed preview/--kind' 'orgs status/--kind'
            __everrunsctl_words 'organization' 'organization' 'user' 'user' 'llm_provider' 'LLM provider' 'llm_model' 'LLM model' 'organization_settings' 'setting' 'mcp_server' 'MCP server' 'harness' 'harness' 'agent' 'agent'
        case 'seed preview/--action' 'orgs status/--action'
            __everrunsctl_words 'create' 'the row is created' 'update' 'the content of the row changes' 'unchanged' 'the row is up to date' 'skip' 'the row is neither created nor changed because something it needs is missing' 'keep' 'the row is left alone' 'release' 'the row becomes the organization\'s own' 'delete' 'the row is deleted' 'blocked' 'the row needs a decision'
        case 'seed preview/--reason-code' 'orgs status/--reason-code'
            __everrunsctl_words 'missing' 'the row is not in the store' 'renamed' 'the template was renamed, and the row follows' 'definition_changed' 'the definition or the catalog changed, and the row has no local edit' 'overwrites_local_edit' 'the row was edited, and the definition wins' 'matches' 'the row is up to date' 'kept_local_edit' 'the row was edited, and the edit is kept' 'kept_org_choice' 'the organization chose another value, which is kept' 'orphaned' 'a built-in harness that is no longer in the definition' 'own_harness_accepted' 'the organization\'s own harness was accepted with --accept-own' 'in_use' 'not pruned: another row or a setting refers to the harness' 'archived' 'the row is archived and left alone' 'auth_mode' 'the server creates this user itself' 'dev_only' 'the row is only for grade dev' 'driver_not_registered' 'the platform has no driver of this provider type' 'provider_skipped' 'the row\'s LLM provider is not seeded' 'mcp_server_missing' 'an MCP server that the agent uses does not exist' 'capability_not_registered' 'a capability that the agent needs is not registered' 'default_model_skipped' 'the default model does not exist' 'no_harness_for_role' 'no usable harness has the role of the setting' 'removed_locally' 'the row was seeded earlier and deleted since' 'pruned' 'a built-in harness that left the definition is released or deleted' 'name_owned_by_org' 'the organization has its own harness of that name' 'unusable_row' 'a stored value prevents the row from being written'
        case '*/--platform'
            __everrunsctl_list_or_files 'platform' 'json' 'yaml' 'yml'
        case '*/--store'
            __everrunsctl_files 'db'
        case '*/--output'
            __everrunsctl_words 'text' 'for people' 'json' 'for programs' 'jsonl' 'one JSON value per line, for lists and plans' 'yaml' 'the same data as YAML' 'name' 'ids, one per line, for lists' 'markdown' 'for plans and differences, as in review comments' 'tsv' 'tab-separated values without a header, for lists'
        case '*/--grade'
            __everrunsctl_words 'dev' 'development, with everything experimental' 'poc' 'proof of concept' 'preview' 'preview or staging' 'prod' 'production'
        case '*/--color'
            __everrunsctl_words 'auto' 'if the output is a terminal' 'always' 'always' 'never' 'never'
    end
end

function __everrunsctl_complete
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
        __everrunsctl_step $word
    end

    if test -n "$expected"
        __everrunsctl_value $expected
        return
    else if test -z "$ended"; and string match -q -- '--*=*' $cur
        if __everrunsctl_option (string replace -r -- '=.*' '' $cur); and test -n "$takes"
            set lead (string replace -r -- '=.*' '=' $cur)
            set value (string replace -r -- '^[^=]*=' '' $cur)
            __everrunsctl_value $name
        end
        return
    else if test -z "$ended"; and string match -q -- '-*' $cur
        if string match -qr -- '^-[^-].' $cur
            __everrunsctl_cluster $cur
            if test -n "$takes"; and test -n "$rest"
                set lead (string sub -l (math (string length -- $cur) - (string length -- $rest)) -- $cur)
                set value $rest
                __everrunsctl_value $name
                return
            end
        end
        switch $node
        case 'platform list'
            __everrunsctl_options '--columns' 'Only these columns: keys of the JSON objects, separated by commas'
        case 'platform export'
            __everrunsctl_options '--to' 'Write to this file, atomically; - is standard output' '--force' 'Overwrite the file if it exists'
        case 'platform validate'
            __everrunsctl_options '--strict' 'Treat warnings as errors'
        case 'platform diff'
            __everrunsctl_options '--format' 'The form of the differences' '--exit-code' 'Exit with 2 if there are differences'
        case 'platform graph'
            __everrunsctl_options '--format' 'The form of the graph'
        case 'platform create'
            __everrunsctl_options '--from' 'The definition to start from' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'platform import'
            __everrunsctl_options '--as' 'The name to save it under' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'platform merge'
            __everrunsctl_options '--base' 'The common ancestor of both definitions' '--ours' 'Keep the platform\'s values in conflicts' '--theirs' 'Take the other definition\'s values in conflicts' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'platform upgrade'
            __everrunsctl_options '--onto' 'The definition to upgrade to' '--base' 'The common ancestor of both definitions' '--ours' 'Keep the platform\'s values in conflicts' '--theirs' 'Take the other definition\'s values in conflicts' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'platform patch'
            __everrunsctl_options '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'platform use'
            __everrunsctl_options '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'platform history'
            __everrunsctl_options '--columns' 'Only these columns: keys of the JSON objects, separated by commas'
        case 'platform rollback'
            __everrunsctl_options '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'platform delete'
            __everrunsctl_options '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'capabilities list'
            __everrunsctl_options '--status' 'Only capabilities of this status' '--risk' 'Only capabilities of this risk level' '--category' 'Only capabilities of this category' '--feature' 'Only capabilities with this feature' '--experimental' 'Only experimental capabilities' '--unused' 'Only capabilities that no harness or seed agent uses' '--columns' 'Only these columns: keys of the JSON objects, separated by commas'
        case 'capabilities register'
            __everrunsctl_options '--replace' 'Replace entries with the same id' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'capabilities unregister'
            __everrunsctl_options '--cascade' 'Also remove the capabilities that need them, and references in harnesses' '--ignore-missing' 'Ignore ids that are not registered' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'drivers list'
            __everrunsctl_options '--columns' 'Only these columns: keys of the JSON objects, separated by commas'
        case 'drivers register'
            __everrunsctl_options '--replace' 'Replace entries with the same id' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'drivers unregister'
            __everrunsctl_options '--ignore-missing' 'Ignore ids that are not registered' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'providers list'
            __everrunsctl_options '--columns' 'Only these columns: keys of the JSON objects, separated by commas'
        case 'providers register'
            __everrunsctl_options '--replace' 'Replace entries with the same id' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'providers unregister'
            __everrunsctl_options '--ignore-missing' 'Ignore ids that are not registered' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'harnesses list'
            __everrunsctl_options '--columns' 'Only these columns: keys of the JSON objects, separated by commas'
        case 'harnesses show'
            __everrunsctl_options '--effective' 'Merge it with the templates it inherits from, and resolve its capabilities'
        case 'harnesses add'
            __everrunsctl_options '--replace' 'Replace templates with the same name' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'harnesses set'
            __everrunsctl_options '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'harnesses rename'
            __everrunsctl_options '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'harnesses remove'
            __everrunsctl_options '--reparent' 'Make them inherit from this template' '--detach' 'Remove their parent' '--orphan' 'Keep the name of the missing parent' '--cascade' 'Remove them too' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'harnesses status'
            __everrunsctl_options '--exit-code' 'Exit with 2 if there are differences' '--catalog' 'Use this seed catalog' '--org' 'Only this organization' '--prune' 'What to do with built-in harnesses that left the definition' '--overwrite' 'Let the catalog win over local edits, deletions and settings' '--adopt' 'Overwrite the organization\'s own harness at ADDRESS with the built-in one' '--accept-own' 'Remember that the organization\'s own harness at ADDRESS stays' '--full' 'Compare every row, not only what changed since the last run'
        case 'harnesses reconcile'
            __everrunsctl_options '--catalog' 'Use this seed catalog' '--org' 'Only this organization' '--prune' 'What to do with built-in harnesses that left the definition' '--overwrite' 'Let the catalog win over local edits, deletions and settings' '--adopt' 'Overwrite the organization\'s own harness at ADDRESS with the built-in one' '--accept-own' 'Remember that the organization\'s own harness at ADDRESS stays' '--full' 'Compare every row, not only what changed since the last run' '--expand' 'Do not fold identical rows of several organizations' '--deny' 'Exit with 3, and apply nothing, if a row has this action or reason' '--strict' 'Exit with 3, and apply nothing, if a row is blocked' '--backup' 'Back up the store to FILE before the first write' '--force' 'Overwrite the file if it exists' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'harnesses resolve'
            __everrunsctl_options '--org' 'The organization' '--for' 'The purpose of the harness' '--harness' 'The requested harness'
        case 'seed preview'
            __everrunsctl_options '--out' 'Save the plan, for \'seed apply\'' '--force' 'Overwrite the file if it exists' '--exit-code' 'Exit with 2 if there are differences' '--kind' 'Show only rows of this kind' '--action' 'Show only rows with this action' '--reason-code' 'Show only rows with this reason' '--catalog' 'Use this seed catalog' '--org' 'Only this organization' '--prune' 'What to do with built-in harnesses that left the definition' '--overwrite' 'Let the catalog win over local edits, deletions and settings' '--adopt' 'Overwrite the organization\'s own harness at ADDRESS with the built-in one' '--accept-own' 'Remember that the organization\'s own harness at ADDRESS stays' '--full' 'Compare every row, not only what changed since the last run' '--expand' 'Do not fold identical rows of several organizations' '--deny' 'Exit with 3, and apply nothing, if a row has this action or reason'
        case 'seed apply'
            __everrunsctl_options '--expect' 'Apply only if the plan still has this token' '--catalog' 'Use this seed catalog' '--org' 'Only this organization' '--prune' 'What to do with built-in harnesses that left the definition' '--overwrite' 'Let the catalog win over local edits, deletions and settings' '--adopt' 'Overwrite the organization\'s own harness at ADDRESS with the built-in one' '--accept-own' 'Remember that the organization\'s own harness at ADDRESS stays' '--full' 'Compare every row, not only what changed since the last run' '--expand' 'Do not fold identical rows of several organizations' '--deny' 'Exit with 3, and apply nothing, if a row has this action or reason' '--strict' 'Exit with 3, and apply nothing, if a row is blocked' '--backup' 'Back up the store to FILE before the first write' '--force' 'Overwrite the file if it exists' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'seed why'
            __everrunsctl_options '--catalog' 'Use this seed catalog' '--org' 'Only this organization' '--prune' 'What to do with built-in harnesses that left the definition' '--overwrite' 'Let the catalog win over local edits, deletions and settings' '--adopt' 'Overwrite the organization\'s own harness at ADDRESS with the built-in one' '--accept-own' 'Remember that the organization\'s own harness at ADDRESS stays' '--full' 'Compare every row, not only what changed since the last run'
        case 'seed catalog'
            __everrunsctl_options '--catalog' 'Use this seed catalog' '--schema' 'Print the JSON Schema of catalogs instead'
        case 'orgs list'
            __everrunsctl_options '--columns' 'Only these columns: keys of the JSON objects, separated by commas'
        case 'orgs status'
            __everrunsctl_options '--exit-code' 'Exit with 2 if there are differences' '--kind' 'Show only rows of this kind' '--action' 'Show only rows with this action' '--reason-code' 'Show only rows with this reason' '--catalog' 'Use this seed catalog' '--org' 'Only this organization' '--prune' 'What to do with built-in harnesses that left the definition' '--overwrite' 'Let the catalog win over local edits, deletions and settings' '--adopt' 'Overwrite the organization\'s own harness at ADDRESS with the built-in one' '--accept-own' 'Remember that the organization\'s own harness at ADDRESS stays' '--full' 'Compare every row, not only what changed since the last run'
        case 'orgs create'
            __everrunsctl_options '--id' 'The public id: org_ and 32 hexadecimal digits (with one NAME only)' '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'orgs set'
            __everrunsctl_options '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'orgs delete'
            __everrunsctl_options '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'store init'
            __everrunsctl_options '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'store backup'
            __everrunsctl_options '--force' 'Overwrite the file if it exists'
        case 'store restore'
            __everrunsctl_options '--dry-run' 'Show what would change, without changing anything' '-n' 'Show what would change, without changing anything' '--yes' 'Answer every question with yes' '-y' 'Answer every question with yes' '--reason' 'The reason, for the history'
        case 'store records'
            __everrunsctl_options '--org' 'Only rows of this organization' '--columns' 'Only these columns: keys of the JSON objects, separated by commas'
        case 'store history'
            __everrunsctl_options '--org' 'Only entries about this organization' '--since' 'Only entries since this day or time, such as 2026-01-31 or 2026-01-31T08:00:00Z' '--limit' 'Only the latest N entries' '--columns' 'Only these columns: keys of the JSON objects, separated by commas'
        end
        __everrunsctl_options '--platform' 'The platform definition: a preset, a saved name, a file, or -' '-p' 'The platform definition: a preset, a saved name, a file, or -' '--store' 'The store' '-s' 'The store' '--output' 'Output format' '-o' 'Output format' '--grade' 'Deployment grade' '--quiet' 'Show only the result: no notes, no next steps' '-q' 'Show only the result: no notes, no next steps' '--verbose' 'Show more: unchanged rows, full lists, origins' '-v' 'Show more: unchanged rows, full lists, origins' '--color' 'When to use color' '--wait' 'How long to wait for a busy store or a locked file, such as 300ms, 5s, 2m or 0' '--help' 'Show this help' '-h' 'Show this help' '--version' 'Show the version'
        return
    end
    switch $node/$count
        case '/0'
            __everrunsctl_words 'status' 'Show the store, the platform in use, and what to do next' 'platform' 'Platform definitions: presets, saved definitions and files' 'capabilities' 'Capabilities: modular units of agent functionality' 'drivers' 'LLM drivers: the provider types that the platform supports' 'providers' 'Connection providers: the external accounts that users can connect' 'harnesses' 'Harness templates, provisioned as built-in harnesses in every organization' 'seed' 'Seeding: provision a store from a platform definition' 'orgs' 'Organizations of the store' 'store' 'Create, inspect, check and back up the store' 'completions' 'Print the completion script for a shell' 'help' 'Show help on a command or a topic' 'version' 'Show the version'
        case 'platform/0'
            __everrunsctl_words 'list' 'List the presets and the saved definitions' 'show' 'Summarize a platform definition' 'export' 'Write a platform definition as a document' 'validate' 'Check a definition; report every error and warning' 'diff' 'Compare two platform definitions, field by field' 'graph' 'Draw the dependencies of capabilities and the inheritance of harnesses' 'create' 'Save a platform definition under a new name' 'import' 'Save a platform definition from a file' 'merge' 'Merge the changes of another platform definition' 'upgrade' 'Merge the changes of the preset into a saved definition' 'patch' 'Apply a JSON patch to the platform' 'use' 'Set the default platform definition' 'history' 'Show the revisions of a saved platform definition, latest first' 'rollback' 'Restore an old revision as a new one' 'delete' 'Delete a saved platform definition with all its revisions' 'schema' 'Write the JSON Schema of platform documents'
        case 'capabilities/0'
            __everrunsctl_words 'list' 'List the capabilities of the platform' 'show' 'Show one or more capabilities' 'resolve' 'Resolve capabilities with their dependencies' 'register' 'Add capabilities to the platform' 'unregister' 'Remove capabilities from the platform'
        case 'drivers/0'
            __everrunsctl_words 'list' 'List the drivers of the platform' 'show' 'Show one or more drivers' 'register' 'Add drivers to the platform' 'unregister' 'Remove drivers from the platform'
        case 'providers/0'
            __everrunsctl_words 'list' 'List the providers of the platform' 'show' 'Show one or more providers' 'register' 'Add providers to the platform' 'unregister' 'Remove providers from the platform'
        case 'harnesses/0'
            __everrunsctl_words 'list' 'List the harness templates' 'show' 'Show one or more harness templates' 'tree' 'Show the inheritance of harness templates' 'add' 'Add harness templates to the platform' 'set' 'Change fields of a harness template' 'rename' 'Rename a harness template' 'remove' 'Remove harness templates from the platform' 'status' 'Compare the built-in harnesses of all organizations with the templates' 'reconcile' 'Bring the built-in harnesses of all organizations up to date' 'resolve' 'Show which harness would be used, and why'
        case 'seed/0'
            __everrunsctl_words 'preview' 'Show what seeding would do to the store, and why' 'apply' 'Apply the plan to the store' 'why' 'Explain the decision about one row' 'catalog' 'Show the seed catalog, or check one of your own'
        case 'orgs/0'
            __everrunsctl_words 'list' 'List the organizations' 'show' 'Show an organization with its settings' 'status' 'List the organizations that are not up to date, and why' 'create' 'Create organizations, with their built-in harnesses and settings' 'set' 'Rename an organization, or choose its harnesses and default model' 'delete' 'Delete organizations with everything that belongs to them'
        case 'store/0'
            __everrunsctl_words 'init' 'Create the store, or migrate its schema' 'info' 'Show where the store is and what is in it' 'check' 'Check the store for inconsistencies' 'backup' 'Copy the store to a file, while it is in use' 'restore' 'Replace the content of the store with a backup' 'records' 'Show the stored rows of one kind' 'history' 'Show who changed what in the store, and when'
        case 'platform show/0' 'platform export/0' 'platform validate/0' 'platform diff/0' 'platform diff/1' 'platform graph/0' 'platform merge/0'
            __everrunsctl_list_or_files 'platform' 'json' 'yaml' 'yml'
        case 'platform create/0' 'harnesses rename/1'
            :
        case 'platform import/0' 'platform patch/0' 'capabilities register/0' 'drivers register/0' 'providers register/0' 'harnesses add/0'
            __everrunsctl_files 'json' 'yaml' 'yml'
        case 'platform upgrade/0' 'platform history/0' 'platform rollback/0' 'platform delete/0'
            __everrunsctl_list 'saved-platform'
        case 'platform use/0'
            __everrunsctl_list 'platform'
        case 'harnesses set/0' 'harnesses rename/0'
            __everrunsctl_list 'harness'
        case 'seed apply/0'
            __everrunsctl_files 'json'
        case 'seed why/0'
            __everrunsctl_list 'address'
        case 'orgs show/0' 'orgs set/0'
            __everrunsctl_list 'organization'
        case 'store backup/0' 'store restore/0'
            __everrunsctl_files 'db'
        case 'store records/0'
            __everrunsctl_words 'organization' 'organization' 'user' 'user' 'llm_provider' 'LLM provider' 'llm_model' 'LLM model' 'organization_settings' 'setting' 'mcp_server' 'MCP server' 'harness' 'harness' 'agent' 'agent'
        case 'completions/0'
            __everrunsctl_words 'bash' 'bash 4.4 or later, without any package' 'zsh' 'zsh 5 or later' 'fish' 'fish 3 or later'
        case 'capabilities show/*' 'capabilities resolve/*' 'capabilities unregister/*'
            __everrunsctl_list 'capability'
        case 'drivers show/*' 'drivers unregister/*'
            __everrunsctl_list 'driver'
        case 'providers show/*' 'providers unregister/*'
            __everrunsctl_list 'provider'
        case 'harnesses show/*' 'harnesses remove/*'
            __everrunsctl_list 'harness'
        case 'harnesses set/*'
            __everrunsctl_list 'harness-assignment'
        case 'orgs set/*'
            __everrunsctl_list 'organization-assignment'
        case 'orgs delete/*'
            __everrunsctl_list 'organization'
        case 'help/*'
            __everrunsctl_list 'command'
    end
end

complete -c everrunsctl -k -f -a '(__everrunsctl_complete)'
