#!/usr/bin/env bash
# From a fresh checkout to a working desk: installs what is missing, builds, fills the store with real complaints and
# rehearsed disputes, shows the desk and serves it. A second run starts at once on the kept data.
set -euo pipefail
cd "$(dirname "$0")/.."

store=${RECOURSE_STORE:-Data/desk}
export RECOURSE_STORE=$store
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

Scripts/install.sh
say "Building (a first build takes a few minutes; the next ones seconds)"
swift build -c release --product recourse
swift build -c release --product sandbox-exchange
bin=$(swift build -c release --show-bin-path)
recourse=$bin/recourse

if [ ! -e "$store/filled" ]; then
    # A run that was interrupted is begun again: half a desk would look like a whole one.
    if [ -e "$store" ]; then
        Scripts/serving.sh stop
        rm -rf "$store"
    fi
    say "Creating the store in $store and putting the default policy pack in force"
    "$recourse" store init --rehearsal
    "$recourse" policy publish Policy

    say "Importing 10,000 real complaints (CFPB, June 2023, public domain)"
    "$recourse" import cfpb Examples/complaints/cfpb_2023-06_10000.csv.gz --progress

    say "Playing disputes on the sandbox exchange, with the commands a person would type (simulated, and marked so)"
    Scripts/rehearsal.sh "$store" "$recourse"
    touch "$store/filled"
fi

"$recourse" desk
Scripts/serving.sh start "$bin"
cat <<END

The program is $recourse; what it is asked about a served store goes through the server. To use it by name in this shell:

  export PATH="\$PWD/$(realpath --relative-to=. "$bin"):\$PATH" RECOURSE_STORE=$store
END
