#!/usr/bin/env bash
# Writes what the pull request changes in the cluster into a comment (a long report into several), and renews them later.
# usage: comment.sh BASE HEAD. Needs gh with $GH_TOKEN, $REPOSITORY (owner/name) and $PULL_REQUEST (its number); $PROJECT is the folder of isvcc.yaml.
# The text never passes through an argument.
set -euo pipefail
base=$(git merge-base "$1" "$2") head=$2
comments="repos/$REPOSITORY/issues/$PULL_REQUEST/comments"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "${PROJECT:-.}" && isvcc diff "$base..$head" --format markdown --max-parts "${MAX_PARTS:-5}" -o "$folder/report.md")
mv "$folder/report.md" "$folder/report.1.md"

# Earlier comments of ours, each with the number of its part.
gh api --paginate "$comments" --jq '.[] | select(.body | startswith("<!-- isvcc-diff part ")) | "\(.body | capture("part (?<n>[0-9]+)").n) \(.id)"' > "$folder/known"

for ((part = 1; ; part++)); do
  body=$folder/report.$part.md
  [ -e "$body" ] || break
  id=$(awk -v part="$part" '$1 == part { print $2; exit }' "$folder/known")
  if [ -n "$id" ]; then gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$id" --field "body=@$body"
  else gh api --silent --method POST "$comments" --field "body=@$body"; fi
done
# Parts of a longer report before.
awk -v parts="$part" '$1 >= parts { print $2 }' "$folder/known" | while read -r id; do
  gh api --silent --method DELETE "repos/$REPOSITORY/issues/comments/$id"
done
