import Foundation
import Testing

/// A shell that can complete, as a test runs it.
enum ShellUnderTest: String, CaseIterable {
  case bash, zsh, fish

  var path: String { "/usr/bin/\(rawValue)" }
}

extension Sandbox {
  /// What a shell offers for each line when the key for completion is pressed at its end.
  ///
  /// The shell reads the completions that the program writes, and asks the program of that name.
  ///
  /// - Returns: The words for each line, in the shell's order, each with its description behind a
  ///   tab where the shell shows one.
  func complete(
    _ lines: [String], in shell: ShellUnderTest, environment: [String: String] = [:]
  ) throws -> [[String]] {
    let script = try run("completions", shell.rawValue).out
    let file = try write(shell == .zsh ? "_everrunsctl" : "completions", script)
    let folder = (Program.path as NSString).deletingLastPathComponent
    let driver = try write("driver", Self.driver(for: shell))
    let outcome = try run(
      [shell.path] + Self.arguments(for: shell) + [driver, file] + lines,
      // Shells keep files of their own in the home folder.
      environment: [
        "PATH": folder + ":/usr/bin:/bin", "TERM": "dumb", "HOME": root + "/shell",
        "EVERRUNS_STORE": store,
      ].merging(environment) { $1 })
    outcome.expect(err: "")
    for name in [file, driver] { try FileManager.default.removeItem(atPath: name) }
    // A line of its own ends what belongs to each line.
    var answers: [[String]] = [[]]
    for line in outcome.lines {
      if line == "==" { answers.append([]) } else { answers[answers.count - 1].append(line) }
    }
    return answers.dropLast()
  }

  private static func arguments(for shell: ShellUnderTest) -> [String] {
    switch shell {
    case .bash: ["--norc", "--noprofile"]
    case .zsh: ["-f"]
    case .fish: ["--no-config"]
    }
  }

  private static func driver(for shell: ShellUnderTest) -> String {
    switch shell {
    case .bash:
      #"""
      source "$1"
      COMP_WORDBREAKS=$' \t\n"\'><=;|&(:@'
      for line in "${@:2}"; do
        COMP_LINE=$line COMP_POINT=${#line} COMP_WORDS=($line) COMP_CWORD=0 COMPREPLY=()
        _everrunsctl everrunsctl
        ((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
        echo ==
      done
      """#
    case .fish:
      #"""
      source $argv[1]
      for line in $argv[2..]
          complete -C $line
          echo ==
      end
      """#
    case .zsh:
      // A whole interactive shell in a terminal of its own; only the builtin that takes the words
      // is watched, and the terminal's echo is not read.
      #"""
      zmodload zsh/zpty
      file=$1
      answers=$PWD/answers
      zpty shell "COLUMNS=200 zsh -f -i"
      tell() { zpty -w shell "$1"; }
      tell "PS1= PS2= RPS1= fpath=(${(q)file:h} \$fpath)"
      tell 'autoload -Uz compinit && compinit -D -u'
      tell "answers=${(q)answers}"
      tell 'compadd() {
        if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)* ]]; then builtin compadd "$@"; return; fi
        local -a hits shown; local name
        [[ ${@[(r)-d]} != -d ]] || name=${@[${@[(i)-d]} + 1]}
        [[ -z $name ]] || shown=("${(@P)name}")
        builtin compadd -A hits -D shown "$@"
        local i; for i in {1..$#hits}; do
          (($#hits == 0)) || print -r -- "$IPREFIX$hits[i]${${(M)shown[i]:#* -- *}:+$(printf "\t")${shown[i]#* -- }}"
        done >> $answers
        builtin compadd "$@"
      }'
      tell 'answered() { print -r -- "==" >> $answers; BUFFER=; CURSOR=0 }; zle -N answered; bindkey "^T" answered'
      tell 'zstyle ":completion:*" menu no; unsetopt beep; LISTMAX=10000; : > $answers.ready'
      while [[ ! -e $answers.ready ]]; do sleep 0.01; zpty -r -t shell _; done
      : > $answers
      integer n=0
      for line in "${@:2}"; do
        zpty -w -n shell "$line"$'\t\x14'
        ((++n))
        while (($(grep -c -x -e "==" "$answers") < n)); do sleep 0.01; zpty -r -t shell _; done
      done
      zpty -d shell
      cat $answers
      rm $answers $answers.ready
      """#
    }
  }
}
