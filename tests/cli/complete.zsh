#!/usr/bin/env zsh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# complete.zsh FILE LINE: what zsh offers at the end of the line, with that file of completions, one a line. An interactive zsh on a
# terminal of its own gets the line, Tab, and a key that ends it; a function around compadd notes what is offered.
setopt errexit
zmodload zsh/zpty
offers=$(mktemp)
start=$(mktemp)
cat >$start <<ZSH
unset zle_bracketed_paste
autoload -Uz compinit && compinit -D -u
source ${(q)1}
compadd() {
  local -a asked hits
  asked=(\${@[1,(i)(-|--)]})
  if (( ! \${asked[(I)-[a-zA-Z]#[OAD]]} )); then
    builtin compadd -A hits "\$@"
    (( \$#hits )) && print -rl -- \$hits >>$offers
  fi
  builtin compadd "\$@"
}
finish() { exit }
zle -N finish
bindkey '^I' complete-word '^Xq' finish
ZSH
zpty complete "ZDOTDIR=/nowhere TERM=dumb zsh -f -i"
zpty -w complete "PS1= ; cd ${(q)PWD} ; setopt extendedglob ; source $start"
zpty -w -n complete "$2"$'\t\x18q'
while zpty -r complete ignored; do :; done
cat $offers
rm -f $offers $start
