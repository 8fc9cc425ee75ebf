# Completions of everruns for fish.
# Made by 'everruns completions fish'.

# Looks up an option: sets name, takes and many.
function __everruns_option --no-scope-shadowing
    set name ''
    set takes ''
    set many ''
    switch $argv[1]
        case '--help' '-h'
            set name '--help'; set takes ''; set many ''
        case '--version'
            set name '--version'; set takes ''; set many ''
        case '--addr'
            set name '--addr'; set takes '1'; set many ''
        case '--with-worker'
            set name '--with-worker'; set takes ''; set many ''
        case '--store' '-s'
            set name '--store'; set takes '1'; set many ''
        case '--platform' '-p'
            set name '--platform'; set takes '1'; set many ''
        case '--base-url'
            set name '--base-url'; set takes '1'; set many ''
        case '--model'
            set name '--model'; set takes '1'; set many ''
        case '--output' '-o'
            set name '--output'; set takes '1'; set many ''
    end
    test -n "$name"
end

# Reads one word that stands in front of the cursor.
function __everruns_step --no-scope-shadowing
    if test -n "$expected"
        set expected ''
    else if test -z "$ended"; and string match -q -- -- $argv[1]
        set ended 1
    else if test -z "$ended"; and string match -q -- '--*' $argv[1]
        if __everruns_option (string replace -r -- '=.*' '' $argv[1])
            set -a given $name
            test -z "$takes"; or string match -q -- '*=*' $argv[1]; or set expected $name
        end
    else if test -z "$ended"; and string match -q -- '-?*' $argv[1]
        __everruns_cluster $argv[1]
        test -z "$takes"; or test -n "$rest"; or set expected $name
    else if test $count -gt 0; or not __everruns_enter $argv[1]
        set count (math $count + 1)
    end
end

# Reads switches in one word, up to one that takes a value; the rest is the value.
function __everruns_cluster --no-scope-shadowing
    set rest (string sub -s 2 -- $argv[1])
    set name ''
    set takes ''
    while test -n "$rest"
        __everruns_option -(string sub -l 1 -- $rest); or return
        set rest (string sub -s 2 -- $rest)
        set -a given $name
        test -z "$takes"; or return
    end
end

# Goes to the command of a group, if the word names one.
function __everruns_enter --no-scope-shadowing
    set before $node
    switch $node/$argv[1]
        case '/serve'
            set node 'serve'
        case '/work'
            set node 'work'
        case '/openapi'
            set node 'openapi'
        case '/drivers'
            set node 'drivers'
        case 'drivers/check'
            set node 'drivers check'
    end
    test "$node" != "$before"
end

# Offers words, each of which is followed by its description.
function __everruns_words --no-scope-shadowing
    set -l i 1
    while test $i -lt (count $argv)
        printf '%s%s\t%s\n' $lead $argv[$i] $argv[(math $i + 1)]
        set i (math $i + 2)
    end
end

function __everruns_exclude --no-scope-shadowing
    set -a excluded $argv
end

# Offers options that are not there yet and that do not exclude each other.
function __everruns_options --no-scope-shadowing
    set -l excluded
    set -l other
    for other in $given
        switch $node/$other

        end
    end
    set -l forms $argv
    while test (count $forms) -gt 1
        if __everruns_option $forms[1]
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
function __everruns_list --no-scope-shadowing
    set -l program $tokens[1]
    string match -q -- '*/*' $program; or set program 'everruns'
    set program (string replace -r -- '^~/' $HOME/ $program)
    set -l line
    command $program __complete $argv[1] "$value" $tokens[2..] </dev/null 2>/dev/null | while read -l line
        printf '%s%s\n' $lead $line
    end
end

# Offers a list, and files of some extensions.
function __everruns_list_or_files --no-scope-shadowing
    if string match -q -- '*/*' $value; or string match -q -- '~*' $value
        __everruns_files $argv[2..]
    else
        __everruns_list $argv[1]
        set -l extension
        for extension in $argv[2..]
            # A wildcard without a match is an error except in a 'set'.
            set -l paths $value*.$extension
            test (count $paths) -eq 0; or printf '%s\n' $lead$paths
        end
    end
end

# Offers folders and files, first those of some extensions.
function __everruns_files --no-scope-shadowing
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
function __everruns_folders --no-scope-shadowing
    set -l path
    for path in (__fish_complete_directories $value)
        printf '%s%s\n' $lead $path
    end
end

# Offers what the value of an option can be.
function __everruns_value --no-scope-shadowing
    switch $node/$argv[1]
        case 'serve/--addr' 'drivers check/--base-url' 'drivers check/--model'
            :
        case 'serve/--store' 'work/--store' 'drivers check/--store'
            __everruns_files 'db'
        case 'serve/--platform' 'work/--platform' 'drivers check/--platform'
            __everruns_files 'json' 'yaml' 'yml'
        case 'drivers check/--output'
            __everruns_words 'text' 'a line for people' 'json' 'an object for programs, whatever the result'
    end
end

function __everruns_complete
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
        __everruns_step $word
    end

    if test -n "$expected"
        __everruns_value $expected
        return
    else if test -z "$ended"; and string match -q -- '--*=*' $cur
        if __everruns_option (string replace -r -- '=.*' '' $cur); and test -n "$takes"
            set lead (string replace -r -- '=.*' '=' $cur)
            set value (string replace -r -- '^[^=]*=' '' $cur)
            __everruns_value $name
        end
        return
    else if test -z "$ended"; and string match -q -- '-*' $cur
        if string match -qr -- '^-[^-].' $cur
            __everruns_cluster $cur
            if test -n "$takes"; and test -n "$rest"
                set lead (string sub -l (math (string length -- $cur) - (string length -- $rest)) -- $cur)
                set value $rest
                __everruns_value $name
                return
            end
        end
        switch $node
        case 'serve'
            __everruns_options '--addr' 'Where to listen; port 0 picks one' '--with-worker' 'Run turns, too, in this process' '--store' 'The store' '-s' 'The store' '--platform' 'The platform definition: a preset, a saved name, or a file' '-p' 'The platform definition: a preset, a saved name, or a file'
        case 'work'
            __everruns_options '--store' 'The store' '-s' 'The store' '--platform' 'The platform definition: a preset, a saved name, or a file' '-p' 'The platform definition: a preset, a saved name, or a file'
        case 'drivers check'
            __everruns_options '--base-url' 'The provider\'s base URL, instead of DEFAULT_<TYPE>_BASE_URL' '--model' 'The model to ask, in the provider\'s words' '--output' 'Output format' '-o' 'Output format' '--store' 'The store' '-s' 'The store' '--platform' 'The platform definition: a preset, a saved name, or a file' '-p' 'The platform definition: a preset, a saved name, or a file'
        end
        __everruns_options '--help' 'Show this help' '-h' 'Show this help' '--version' 'Show the version'
        return
    end
    switch $node/$count
        case '/0'
            __everruns_words 'serve' 'Serve the HTTP API' 'work' 'Run the turns of sessions' 'openapi' 'Print the OpenAPI document of the stock server' 'drivers' 'Reach the model providers'
        case 'drivers/0'
            __everruns_words 'check' 'Ask a model provider for one word, as a worker would'
        case 'drivers check/0'
            :
    end
end

complete -c everruns -k -f -a '(__everruns_complete)'
