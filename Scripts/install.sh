#!/usr/bin/env bash
# Installs the system libraries Recourse needs, only those that are missing, and says which.
set -euo pipefail

needed=(libsqlite3-dev zlib1g-dev libsodium-dev pkg-config)
# For tests and fault runs only; the desk itself runs without them.
[ "${WITH_TEST_TOOLS:-}" = yes ] && needed+=(strace sqlite3 curl)

missing=()
for package in "${needed[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Installing from Debian: ${missing[*]}"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
