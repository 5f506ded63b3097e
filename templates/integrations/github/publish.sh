#!/usr/bin/env bash
# Puts the folder $OUTPUT, and nothing else, on the branch $BRANCH of origin: the branch that Argo CD or Flux follows.
# usage: publish.sh OUTPUT BRANCH
set -euo pipefail
output=$1 branch=$2
source=$(git rev-parse HEAD)
tree=$(mktemp -d)
trap 'git worktree remove --force "$tree" 2>/dev/null || true; rm -rf "$tree"' EXIT
if git fetch --quiet origin "$branch" 2>/dev/null; then
  git worktree add --quiet --detach "$tree" FETCH_HEAD
else
  git worktree add --quiet --detach "$tree" "$source"
  git -C "$tree" checkout --quiet --orphan "new-$branch"
fi
git -C "$tree" rm -rfq --ignore-unmatch .
# The index of owned files belongs to the folder, not to the branch.
tar -C "$output" --exclude=./.isvcc -cf - . | tar -C "$tree" -xf -
git -C "$tree" add --all
# As Argo CD's Source Hydrator: what is said about a folder is renewed together with its manifests, and alone it is no commit.
changed() { ! git -C "$tree" diff --cached --quiet HEAD -- "$@" 2>/dev/null; }
if git -C "$tree" rev-parse --quiet --verify HEAD >/dev/null; then
  git -C "$tree" ls-files -- '*/hydrator.metadata' | while read -r file; do
    folder=${file%/*}
    changed "$folder/manifest.yaml" || git -C "$tree" checkout --quiet HEAD -- "$folder/hydrator.metadata" "$folder/README.md"
  done
fi
if ! changed . ':(exclude,top)hydrator.metadata'; then
  echo "the manifests on $branch are those of $source already"
  exit 0
fi
git -C "$tree" -c user.name="${GIT_AUTHOR_NAME:-isvcc}" -c user.email="${GIT_AUTHOR_EMAIL:-isvcc@noreply.invalid}" commit --quiet \
  --message "Render $(git show --no-patch --format=%s "$source")" --message "Argocd-reference-commit-sha: $source"
git -C "$tree" push --quiet origin "HEAD:refs/heads/$branch"
