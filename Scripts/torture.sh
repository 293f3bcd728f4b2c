#!/bin/sh
# The long fault run: stores ended a thousand times by SIGKILL and two hundred times by a simulated loss of power, judged after each end;
# a new store begins after every 120.
# `--kills N --power N --calls N --seed S` for shorter ones. Prints progress on standard error and at the end the table of docs/figures.md.
set -eu
cd "$(dirname "$0")/.."

kills=1000 power=200 calls=0 seed=$(date +%s) build=release
if command -v strace >/dev/null && strace -qq -o /dev/null -e trace=none true 2>/dev/null; then
    calls=200 kills=800
else
    echo "strace is missing or may not trace here: no kills at chosen system calls, all $kills at random times" >&2
fi
while [ $# -gt 1 ]; do
    case $1 in
        --kills) kills=$2 ;;
        --power) power=$2 ;;
        --calls) calls=$2 ;;
        --seed) seed=$2 ;;
        --build) build=$2 ;;
        *) echo "torture.sh does not know $1" >&2; exit 2 ;;
    esac
    shift 2
done

swift build -c "$build" --product torture
store=$(mktemp -d "${TMPDIR:-/tmp}/recourse-torture.XXXXXX")
echo "seed $seed, store $store (kept when a promise was broken)" >&2
"$(swift build -c "$build" --show-bin-path)/torture" run --store "$store/desk" --kills "$kills" --calls "$calls" --power "$power" --seed "$seed"
rm -rf "$store"
