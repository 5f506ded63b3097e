#!/usr/bin/env bash
# Renders $PROJECT into $OUTPUT, or checks it when that is empty. Findings become annotations; $SARIF takes them all.
set -euo pipefail
mapfile -t more < <(printf '%s\n' "${ARGS:-}" | sed '/^[[:space:]]*$/d')
reports=(--report github=-)
[ -z "${SARIF:-}" ] || reports+=(--report "sarif=$SARIF")
if [ -z "${OUTPUT:-}" ]; then
  exec isvcc check "${PROJECT:-.}" "${more[@]}" "${reports[@]}"
fi
isvcc build "${PROJECT:-.}" -o "$OUTPUT" "${more[@]}" "${reports[@]}"
digest=$(isvcc bundle "${PROJECT:-.}" -o - --quiet "${more[@]}" | sha256sum | cut -c1-64)
echo "digest=$digest" >> "${GITHUB_OUTPUT:-/dev/null}"
