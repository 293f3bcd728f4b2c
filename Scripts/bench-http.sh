#!/usr/bin/env bash
# Claims filed over loopback HTTP, each acknowledged after its fsync: how many a second, how long they take, what they cost.
# Prints `name value unit`. Needs wrk; says when it installs it.
set -euo pipefail
cd "$(dirname "$0")/.."
clients=${CLIENTS:-32} seconds=${SECONDS_EACH:-10} port=${PORT:-8097}

command -v wrk >/dev/null || { echo "Installing from Debian: wrk"; apt-get install -y -qq wrk >/dev/null; }
swift build -c release --product recourse 2>/dev/null
recourse=$(swift build -c release --show-bin-path)/recourse
folder=$(mktemp -d)
"$recourse" serve --store "$folder/desk" --port "$port" --log-level error >"$folder/out" 2>"$folder/err" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 100); do curl -sf "http://127.0.0.1:$port/ready" >/dev/null && break; sleep 0.1; done

base="http://127.0.0.1:$port" operator=$(cat "$folder/desk/operator.key")
ask() { curl -sf -H "Authorization: Bearer $operator" -H 'Content-Type: application/json' "$@"; }
# The answers end without a line feed.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" && echo; }
for number in $(seq 200); do
    ask "$base/v1/cases" -d "{\"reason\":\"DEP-01\",\"party\":\"u$number\",\"amount\":\"500.000000 USDT\",\"statement\":\"Nothing arrived.\"}" | field id
done >"$folder/cases"
cat >"$folder/write.lua" <<LUA
local number = 0
request = function()
    number = number + 1
    return wrk.format("POST", "/v1/cases", {["Authorization"] = "Bearer $operator", ["Content-Type"] = "application/json"},
        '{"reason":"DEP-01","party":"w' .. number .. '","amount":"500.000000 USDT","statement":"Sent on Monday; nothing arrived."}')
end
LUA

ticks() { awk '{print $14 + $15}' "/proc/$server/stat"; }
before=$(ticks)
wrk -t1 -c"$clients" -d"${seconds}s" --latency -s "$folder/write.lua" "$base" >"$folder/wrk"
after=$(ticks)
grep -q 'Non-2xx' "$folder/wrk" && { cat "$folder/wrk"; exit 1; }
requests=$(awk '/requests in/ {print $1}' "$folder/wrk")
awk -v c="$clients" '/Requests\/sec/ {printf "http-claims-%s-clients %.0f claims/s\n", c, $2}' "$folder/wrk"
awk '/ 99%/ {print "http-claims-p99 " $2 " "}' "$folder/wrk"
awk -v t=$((after - before)) -v r="$requests" -v hz="$(getconf CLK_TCK)" 'BEGIN {printf "http-claim-cpu %.2f ms\n", t / hz * 1000 / r}'
for path in "/v1/cases?limit=50" "/v1/cases/$(head -1 "$folder/cases")" /v1/counts; do
    wrk -t1 -c4 -d3s --latency -H "Authorization: Bearer $operator" "$base$path" | awk -v p="${path%%\?*}" '/ 99%/ {print "http-read-p99 " $2 " " p}' |
        sed 's/case_[0-9A-Z]*/{case}/'
done
awk '/VmRSS/ {printf "http-server-memory %.0f MB\n", $2 / 1024}' "/proc/$server/status"
