#!/usr/bin/env bash
# Builds and runs every test, then says on one plain line how many passed and failed.
set -uo pipefail
cd "$(dirname "$0")/.."

WITH_TEST_TOOLS=yes Scripts/install.sh || { echo "the system libraries could not be installed" >&2; exit 1; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT

swift build --build-tests || { echo "0 passed, 1 failed"; exit 1; }
# `make test FILTER=Timekeeping` runs a part.
swift test --skip-build ${FILTER:+--filter "$FILTER"} 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

# Swift Testing closes with “Test run with N tests in M suites passed after …” or “… failed after … with K issues”.
total=$(sed -n 's/.*Test run with \([0-9]*\) test.*/\1/p' "$log" | tail -n 1)
failed=$(grep -cE '^✘ Test .* failed after|^.\[[0-9;]*m✘.* Test .* failed after' "$log")
total=${total:-0}
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$total" -eq 0 ]; then echo "no test ran" >&2; failed=1; status=1; fi
passed=$((total > failed ? total - failed : 0))
echo "$passed passed, $failed failed"
exit "$status"
