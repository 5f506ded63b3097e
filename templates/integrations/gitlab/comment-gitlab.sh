#!/bin/sh
# Writes what the merge request changes in the cluster into one note, and renews that note later. usage: comment-gitlab.sh PROJECT BASE..HEAD
# Needs curl, jq and $ISVCC_GITLAB_TOKEN (scope api). Neither the text nor the token passes through an argument.
set -eu
notes="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(umask 077 && printf 'PRIVATE-TOKEN: %s\n' "$ISVCC_GITLAB_TOKEN" > "$folder/headers")
(cd "$1" && isvcc diff "$2" --format markdown --max-chars 1000000 --max-parts 1 -o "$folder/report.md")
ask() { curl --fail --silent --show-error --header "@$folder/headers" "$@"; }
note=$(ask "$notes?per_page=100" | jq 'first(.[] | select(.body | startswith("<!-- isvcc-diff part ")) | .id) // empty')
if [ -n "$note" ]; then ask --output /dev/null --request PUT --form "body=<$folder/report.md" "$notes/$note"
else ask --output /dev/null --request POST --form "body=<$folder/report.md" "$notes"; fi
