#!/usr/bin/env bash
# The restore drill: copies a store as an operator would (the log while the desk works, the keys on their own way), makes a store of the copies
# somewhere else, proves it, serves it, and asks it something. Says how long each step took. Nothing of the store itself is changed.
#
# Usage: Scripts/drill.sh [STORE [RECOURSE]]
set -euo pipefail

store=${1:-${RECOURSE_STORE:-Data/desk}}
recourse=${2:-recourse}
unset RECOURSE_AS RECOURSE_SERVER RECOURSE_KEY RECOURSE_STORE 2>/dev/null || true
work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; rm -rf "$work"' EXIT

began=$(date +%s%N)
total=$began
# seconds SINCE: how long ago that was, in seconds with two digits.
seconds() { awk -v from="$1" -v to="$(date +%s%N)" 'BEGIN { printf "%.2f", (to - from) / 1e9 }'; }
step() {
    printf '  %7s s  %s\n' "$(seconds "$began")" "$1"
    began=$(date +%s%N)
}
fail() { echo "The drill failed: $1" >&2; exit 1; }

echo "Drill on $store"
mkdir -p "$work/copies"
said=$("$recourse" store backup "$work/copies/desk.sqlite" --store "$store")
step "the log is copied and the copy is proven (${said##*; })"
# The vault before the keys: a file nobody has a key for is only a file.
cp -a "$store/vault" "$work/copies/vault"
for part in keys master.key log.key exchange rehearsal; do [ -e "$store/$part" ] && cp -a "$store/$part" "$work/copies/"; done
step "evidence and keys are copied ($(du -sh "$work/copies" | cut -f1))"

"$recourse" store restore "$work/copies/desk.sqlite" "$work/desk" >/dev/null || fail "the copy does not become a store"
for part in vault keys master.key log.key exchange rehearsal; do
    [ -e "$work/copies/$part" ] || continue
    rm -rf "${work:?}/desk/$part"
    cp -a "$work/copies/$part" "$work/desk/"
done
step "a store is made of the copies"
verified=$("$recourse" log verify --store "$work/desk" | tail -1)
[ "$verified" = "${said##*; }" ] || fail "the restored log says “$verified”, the copy said “${said##*; }”"
step "its log is derived again: $verified"
"$recourse" log replay --store "$work/desk" >/dev/null || fail "the rows do not follow from the log"
step "every row follows from the log"

"$recourse" serve --store "$work/desk" --port 0 >"$work/said" 2>"$work/log" &
server=$!
for _ in $(seq 400); do grep -q '^listening' "$work/said" && break; sleep 0.05; done
address=$(sed -n 's/^listening on //p' "$work/said")
[ -n "$address" ] || fail "the restored desk does not serve: $(tail -3 "$work/log")"
[ "$(curl -s -o /dev/null -w '%{http_code}' "$address/ready")" = 200 ] || fail "the restored desk is not ready"
# A case whose claim was said in words: they can be read only with the keys.
name=$("$recourse" case list --store "$work/desk" --all --json --limit 1 | sed -n 's/.*"id":"\(case_[^"]*\)".*/\1/p')
if [ -n "$name" ]; then
    shown=$("$recourse" case show "$name" --store "$work/desk")
    case $shown in *'the key is not in this store'*) fail "what was sealed cannot be read" ;; esac
fi
step "it serves, and what was sealed can be read"
echo "The drill passed in $(seconds "$total") s."
