#!/bin/sh
# Completions and manual pages, printed by the program from its own table of commands and options.
# usage: share.sh ISVCC VERBS_DEF OUTPUT
set -eu
isvcc=$1 verbs=$2 out=$3
rm -rf "$out"
mkdir -p "$out/man" "$out/completion"
for shell in bash zsh fish; do "$isvcc" completion "$shell" > "$out/completion/$shell"; done
"$isvcc" man > "$out/man/isvcc.1"
sed -n 's/^VERB("\([a-z-]*\)".*/\1/p' "$verbs" | while read -r verb; do "$isvcc" man "$verb" > "$out/man/isvcc-$verb.1"; done
gzip -9n "$out"/man/*.1
