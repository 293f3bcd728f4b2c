#!/usr/bin/env bash
# Makes the pictures of docs/tour.md anew: the browser tests work their disputes, and what they look at on the way is kept.
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/browser-tools.sh
swift build --product recourse && swift build --product sandbox-exchange
shots=$(mktemp -d)
trap 'rm -rf "$shots"' EXIT
python=.build/browser-tools/bin/python3
"$python" Tests/Browser/staff.py .build/debug/recourse "$shots/staff"
"$python" Tests/Browser/the_queue.py .build/debug/recourse "$shots/queue"
"$python" Tests/Browser/deciding.py .build/debug/recourse "$shots/deciding"
SHOTS="$shots/parties" "$python" Tests/Browser/parties.py .build/debug/recourse
mkdir -p docs/tour
cp "$shots/staff/ruling.png" docs/tour/ruling.png
cp "$shots/queue/queue-1440-light.png" docs/tour/queue.png
cp "$shots/deciding/deciding.png" docs/tour/like-cases.png
cp "$shots/staff/wallboard-1440-light.png" docs/tour/wallboard.png
cp "$shots/staff/cases-case-1440-dark.png" docs/tour/case-dark.png
for picture in 02-file-2 09-offer 11-asked 14-decided-buyer; do cp "$shots/parties/$picture.png" "docs/tour/party-${picture#*-}.png"; done
ls -l docs/tour
