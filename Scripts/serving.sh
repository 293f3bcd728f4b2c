#!/usr/bin/env bash
# Serves the rehearsal desk on this machine with the sandbox exchange beside it, in the background; says who may sign in and what to type.
#
# Usage: Scripts/serving.sh start BIN | stop     (STORE, PORT and EXCHANGE_PORT from the environment)
set -euo pipefail

store=${RECOURSE_STORE:-Data/desk}
export RECOURSE_STORE=$store
port=${PORT:-8080}
exchange_port=${EXCHANGE_PORT:-8090}
password='blue-lantern-over-harbour'
desk=http://127.0.0.1:$port

alive() { [ -s "$store/$1.pid" ] && kill -0 "$(cat "$store/$1.pid")" 2>/dev/null; }

# end NAME: tells a program to end and waits until it has; what it was doing is finished first.
end() {
    if alive "$1"; then
        pid=$(cat "$store/$1.pid")
        kill "$pid"
        for _ in $(seq 200); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
        echo "The $1 on this machine has ended."
    fi
    rm -f "$store/$1.pid"
}

# begin NAME COMMAND…: starts a program apart from this terminal and waits until it listens.
begin() {
    name=$1
    shift
    : >"$store/$name.log"
    setsid "$@" </dev/null >>"$store/$name.log" 2>&1 &
    echo $! >"$store/$name.pid"
    for _ in $(seq 600); do
        grep -q '^listening' "$store/$name.log" && return 0
        alive "$name" || break
        sleep 0.05
    done
    echo "The $name did not start; its log, $store/$name.log, ends with:" >&2
    tail -5 "$store/$name.log" >&2
    echo "Is the port taken? Others: PORT=8081 EXCHANGE_PORT=8091 make run" >&2
    rm -f "$store/$name.pid"
    exit 1
}

if [ "${1:-}" = stop ]; then
    end desk
    end exchange
    exit 0
fi

bin=${2:?usage: Scripts/serving.sh start BIN | stop}
# What was built anew is served anew.
if alive desk && [ "$bin/recourse" -nt "$store/desk.pid" ]; then end desk; end exchange; fi
if ! alive exchange; then
    [ -s "$store/exchange/secret" ] || (umask 077 && printf 'whsec_%s\n' "$(head -c 32 /dev/urandom | base64 -w0)" >"$store/exchange/secret")
    export RECOURSE_EXCHANGE_SECRET
    RECOURSE_EXCHANGE_SECRET=$(cat "$store/exchange/secret")
    end desk
    begin exchange "$bin/sandbox-exchange" --journal "$store/exchange/journal" --port "$exchange_port"
fi
if ! alive desk; then
    export RECOURSE_EXCHANGE_SECRET
    RECOURSE_EXCHANGE_SECRET=$(cat "$store/exchange/secret")
    begin desk "$bin/recourse" serve --port "$port" --address "$desk" --exchange "http://127.0.0.1:$exchange_port/"
    for handle in ines amir bea lee sena cleo; do printf '%s\n' "$password" | "$bin/recourse" user password "$handle" >/dev/null; done
fi

cat <<END

Open $desk in a browser. The desk is served there, a sandbox exchange at http://127.0.0.1:$exchange_port (SIMULATED: everything on it is made up). Both go on in the
background; make stop ends them. Their logs: $store/desk.log, $store/exchange.log

  sign in as   who that is                                      password of all of them
  ines         takes claims in (R1)                             $password
  amir         an agent, up to 5,000 USDT (R2)
  bea          a senior agent, up to 50,000 USDT (R2)
  lee          leads the team, holds second keys (R3, R9)
  sena         sits on appeals (R4)
  cleo         answers regulated complaints (R5)
  a program    the key that opens everything is in $store/operator.key

Three lines to try:

  session=\$(curl -s $desk/v1/sessions -H 'Content-Type: application/json' -d '{"handle":"cleo","password":"$password"}' | cut -d'"' -f4-8 | grep -o 'rs_[^"]*')
  curl -s -H "Authorization: Bearer \$session" '$desk/v1/cases?limit=2'
  curl -s -H "Authorization: Bearer \$session" -X POST $desk/v1/work/next
END
