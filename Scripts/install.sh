#!/usr/bin/env bash
# Installs the system libraries Recourse needs, only those that are missing, and says which.
set -euo pipefail

# graphviz draws the workflows of the policy studio; without it their pages say so, and show tables.
needed=(libsqlite3-dev zlib1g-dev libsodium-dev pkg-config graphviz)
# For tests and fault runs only; the desk itself runs without them.
[ "${WITH_TEST_TOOLS:-}" = yes ] && needed+=(strace sqlite3 curl openssl python3 python3-venv)

missing=()
for package in "${needed[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing from Debian: ${missing[*]}"
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# What outsiders check us with: the tests that need it say so when it is not there.
tools=.build/test-tools
if [ "${WITH_TEST_TOOLS:-}" = yes ] && ! "$tools/bin/python3" -c 'import standardwebhooks' 2>/dev/null; then
    echo "Installing from PyPI into $tools: standardwebhooks"
    { python3 -m venv "$tools" && "$tools/bin/pip" install -q standardwebhooks==1.1.0; } ||
        echo "standardwebhooks could not be had; the tests of webhooks will be skipped" >&2
fi
