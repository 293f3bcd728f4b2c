#!/usr/bin/env bash
# Every indicator over CASES cases in columns, and the same questions put to DuckDB on the same columns where Python has it.
set -euo pipefail
cd "$(dirname "$0")/.."

swift build -c release --package-path Benchmarks --product bench
folder=${BENCH_STORE:-Data/bench}
Benchmarks/.build/release/bench measures --cases "${CASES:-1000000}" --runs "${RUNS:-5}" --store "$folder"
if python3 -c 'import duckdb, numpy' 2>/dev/null; then
    Scripts/bench-measures-duckdb "$folder/measures-${CASES:-1000000}"
else
    echo "DuckDB is not installed for python3: no comparison" >&2
fi
