/**
 * What a shell runs to complete a command line: it asks the program that was typed, by whatever path or through npx, for
 * the words that fit. yargs gives descriptions where $SHELL is zsh, so each script says which form it can show.
 */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

const name = '_introwctl_yargs_completions';

export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: `# introwctl completion for bash: introwctl completion bash >> ~/.bashrc
# It also completes node_modules/.bin/introwctl and npx introwctl.
${name}()
{
    local cur_word line program words
    cur_word="\${COMP_WORDS[COMP_CWORD]}"
    words=("\${COMP_WORDS[@]:0:COMP_CWORD+1}")
    program=("\${words[0]}")
    if [ "\${words[0]##*/}" = npx ]; then
        [ "\${words[1]}" = introwctl ] || return 0
        program=(npx introwctl)
        words=("\${words[@]:1}")
    fi
    [ "$cur_word" = "=" ] && cur_word=""
    COMPREPLY=()
    while IFS= read -r line; do
        case "$line" in
            "$cur_word"*=)
                # The value follows at once. Bash 3 can't leave the space out.
                compopt -o nospace 2>/dev/null
                COMPREPLY+=("$line")
                ;;
            "$cur_word"*[[:space:]]*)
                COMPREPLY+=("$(printf %q "$line")")
                ;;
            "$cur_word"*) COMPREPLY+=("$line") ;;
        esac
    done < <(SHELL=bash ZSH_NAME= "\${program[@]}" --get-yargs-completions "\${words[@]}" 2>/dev/null)
}
complete -o bashdefault -o default -F ${name} introwctl
complete -p npx >/dev/null 2>&1 || complete -o bashdefault -o default -F ${name} npx
`,
  zsh: `#compdef introwctl
# introwctl completion for zsh: introwctl completion zsh >> ~/.zshrc (below compinit)
# It also completes node_modules/.bin/introwctl and npx introwctl.
${name}()
{
  local -a asked lines begun program
  asked=("\${(@)words[1,CURRENT]}")
  program=("\${words[1]}")
  if [[ "\${words[1]:t}" == npx ]]; then
    if [[ "\${words[2]}" != introwctl ]]; then
      _default
      return
    fi
    program=(npx introwctl)
    asked=("\${(@)asked[2,-1]}")
  fi
  lines=("\${(@f)$(SHELL=zsh "\${program[@]}" --get-yargs-completions "\${asked[@]}" 2>/dev/null)}")
  # After field= the value follows at once.
  begun=(\${(M)lines:#*=})
  lines=(\${lines:#*=})
  if (( \${#begun} )); then
    _describe 'introwctl' begun -S '' -- lines
  elif [[ -n "\${lines[1]}" ]]; then
    _describe 'introwctl' lines
  else
    _files
  fi
}
compdef ${name} introwctl
(( \${+_comps[npx]} )) || compdef ${name} npx
`,
  fish: `# introwctl completion for fish: introwctl completion fish > ~/.config/fish/completions/introwctl.fish
# It also completes node_modules/.bin/introwctl and npx introwctl.
function ${name}
    set -l words (commandline -opc) (commandline -ct)
    set -l program $words[1]
    if string match -qr '(^|/)npx$' -- $words[1]
        test "$words[2]" = introwctl; or return
        set program npx introwctl
        set words $words[2..-1]
    end
    env SHELL=zsh $program --get-yargs-completions $words 2>/dev/null | string replace -r '(?<!\\\\\\\\):' \\t | string replace -a '\\\\:' ':'
end
complete -c introwctl -a '(${name})'
complete -c npx -n '__fish_seen_subcommand_from introwctl' -a '(${name})'
`,
};

/** The shell that $SHELL names, bash where it names none of these. */
export function shellIn({ SHELL = '' }: NodeJS.ProcessEnv): Shell {
  return shells.find((shell) => SHELL.endsWith(shell)) ?? 'bash';
}
