#!/usr/bin/env bash
# Installs what the browser tests need: Chromium and Graphviz from Debian, and playwright and axe-core from PyPI in a folder of their own; says when it does.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=.build/browser-tools
if ! [ -x /usr/bin/chromium ] || ! [ -x /usr/bin/dot ]; then
    echo "Installing from Debian: chromium, graphviz"
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium graphviz >/dev/null
fi
"$tools/bin/python3" -c 'import playwright, axe_core_python, jwt, cryptography' 2>/dev/null && exit 0
echo "Installing from PyPI into $tools: playwright, axe-core-python, pyjwt, cryptography"
python3 -m venv "$tools" && "$tools/bin/pip" install -q playwright==1.65.2 axe-core-python==0.1.0 pyjwt==2.15.1 cryptography==48.0.0
