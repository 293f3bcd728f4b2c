#!/usr/bin/env bash
# Installs the OpenID provider the tests sign in at, `oidc-provider-mock` from PyPI, into a folder of its own; says when it does.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=.build/sign-in-tools
[ -x "$tools/bin/oidc-provider-mock" ] && exit 0
echo "Installing from PyPI into $tools: oidc-provider-mock"
python3 -m venv "$tools" && "$tools/bin/pip" install -q oidc-provider-mock==0.3.4
