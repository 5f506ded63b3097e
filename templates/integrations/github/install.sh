#!/usr/bin/env bash
# Installs the package of $URL if it has the checksum $SHA256.
set -euo pipefail
: "${URL:?}" "${SHA256:?package-sha256 is required with package-url}"
package=$(mktemp --suffix=.deb)
trap 'rm -f "$package"' EXIT
curl --fail --silent --show-error --location --proto '=https,file' --output "$package" "$URL"
echo "$SHA256  $package" | sha256sum --check --quiet
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
chmod 644 "$package"
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "$package"
isvcc version
