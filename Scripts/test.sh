#!/usr/bin/env bash
# Builds and runs every test, one target after the other so that no target's load disturbs another's timing,
# then says on one plain line how many passed and failed. `make test ONLY=Timekeeping` runs one target.
set -uo pipefail
cd "$(dirname "$0")/.."

WITH_TEST_TOOLS=yes Scripts/install.sh || { echo "the system libraries could not be installed" >&2; exit 1; }
# Without it the tests that sign in at a real provider do not run, and say so.
Scripts/sign-in-tools.sh || echo "oidc-provider-mock could not be installed: nobody signs in at a real provider in this run" >&2
Scripts/browser-tools.sh || echo "chromium or playwright could not be installed: no page is looked at in a browser in this run" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT

swift build --build-tests || { echo "0 passed, 1 failed"; exit 1; }

passed=0
failed=0
broken=()
for folder in Tests/*Tests; do
    target=$(basename "$folder")
    [ -n "${ONLY:-}" ] && [ "$target" != "${ONLY}Tests" ] && continue
    echo "== $target"
    start=$SECONDS
    # No target may hang the run: what takes longer than this has failed. Six scripts in a browser, one after the other, each with its own limit.
    limit=900
    [ "$target" = BrowserTests ] && limit=2700
    timeout "$limit" swift test --skip-build --disable-xctest --filter "^$target\\." >"$log" 2>&1
    status=$?
    # Swift Testing closes with “Test run with N tests in M suites passed|failed after …”; no such line means it crashed.
    ran=$(sed -n 's/.*Test run with \([0-9]*\) test.*/\1/p' "$log" | tail -n 1)
    bad=$(grep -aE '✘ Test .* failed after' "$log" | grep -avc 'Test run with')
    if [ -z "$ran" ]; then ran=1; bad=1; fi
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    if [ "$bad" -gt 0 ]; then
        broken+=("$target")
        grep -aE '✘|↳|error:|Fatal|crashed' "$log" | cut -c1-600 | head -n 200
    fi
    # What did not run must be said, not hidden.
    grep -aE '➜|skipped:' "$log" | cut -c1-300
    passed=$((passed + ran - bad))
    failed=$((failed + bad))
    echo "   $((ran - bad)) of $ran passed in $((SECONDS - start)) s"
done

[ ${#broken[@]} -gt 0 ] && echo "failures in: ${broken[*]}"
if [ $((passed + failed)) -eq 0 ]; then echo "no test ran" >&2; failed=1; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
