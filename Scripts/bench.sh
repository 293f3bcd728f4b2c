#!/usr/bin/env bash
# Measures the figures of docs/figures.md: `make bench`, or `make bench CASES=1000000` for a full store as well.
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/install.sh
swift build -c release --package-path Benchmarks --product bench
bench=Benchmarks/.build/release/bench
folder=${BENCH_STORE:-Data/bench}

"$bench" figures --store "$folder" --runs "${RUNS:-5}"

# A full store: filled once and kept, so that serving and proving it can be measured again.
if [ -n "${CASES:-}" ]; then
    full="$folder/$CASES-cases"
    [ -e "$full/desk.sqlite" ] || "$bench" fill --store "$full" --cases "$CASES"
    "$bench" serve --store "$full"
    "$bench" prove --store "$full" --runs "${PROOFS:-1}"
fi
