# Recourse: the commands a person types. `make help` lists them.

STORE ?= Data/desk
BUILD ?= release
export RECOURSE_STORE := $(STORE)

.PHONY: help run stop drill test bench bench-forecast bench-map bench-predict bench-roster bench-http bench-http-full fuzz probe screenshots bench-browser bench-measures bench-pages bench-causes kills torture build install format lint clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: ## install what is missing, build, fill the desk with real complaints and rehearsed disputes, show and serve it (PORT=8080)
	@Scripts/run.sh

stop: ## end what `make run` left serving
	@Scripts/serving.sh stop

drill: ## copy the store, restore it elsewhere, prove it, serve it: how long that takes
	@Scripts/drill.sh "$(STORE)" .build/release/recourse

test: ## build and run every test; ends with `N passed, N failed` (ONLY=Timekeeping for one target)
	@Scripts/test.sh

bench: ## measure the figures of docs/figures.md
	@Scripts/bench.sh

bench-forecast: ## measure forecasts and staffing (DATA=folder with the three series)
	@swift build -c release --product recourse && Scripts/bench-forecast .build/release/recourse "$(DATA)"

bench-map: ## measure the process map on five million events (RECOURSE_DATA names the folder with the published logs)
	@[ -n "$$RECOURSE_DATA" ] || { echo "Set RECOURSE_DATA to the folder with the published logs first." >&2; exit 1; }
	@swift build -c release --product recourse && Scripts/bench-map .build/release/recourse "$$RECOURSE_DATA"

bench-roster: ## solve the Shift Scheduling Benchmark in ROSTERS=folder, a minute each, and evaluate what came (SECONDS=60)
	@[ -n "$(ROSTERS)" ] || { echo "Say where the instances are: make bench-roster ROSTERS=folder" >&2; exit 1; }
	@swift build -c release --product recourse && Scripts/bench-roster .build/release/recourse "$(ROSTERS)" "$(or $(SECONDS),60)"

bench-predict: ## measure how well remaining time and next activity are foretold (RECOURSE_DATA names the folder with the published logs)
	@[ -n "$$RECOURSE_DATA" ] || { echo "Set RECOURSE_DATA to the folder with the published logs first." >&2; exit 1; }
	@swift build -c release --product recourse && for log in helpdesk_italian.xes.gz receipt.xes.gz bpic2013_closed_problems.xes.gz csm_15k_servicenow_inail.xes.gz teleclaims.xes.gz uci_incident_event_log.zip; do \
		echo "$$log"; .build/release/recourse predict evaluate "$$RECOURSE_DATA/logs/$$log" --folds 5; done

bench-http: ## measure commands and reads over HTTP, on this machine
	@Scripts/bench-http.sh

bench-http-full: ## the same with a million cases behind it, 500 readers of the stream, and a minute of too much
	@[ -e Data/bench/1000000-cases/desk.sqlite ] || { echo "Fill a store first: make bench CASES=1000000" >&2; exit 1; }
	@swift build -c release --product recourse && Scripts/bench-http-full .build/release/recourse Data/bench/1000000-cases

fuzz: ## throw thousands of requests at the API, made from its own document
	@Scripts/fuzz-api.sh

probe: ## try the desk from outside against the rows of OWASP ASVS 5.0 that apply, and print what held
	@swift build -c release --product recourse && Scripts/probe .build/release/recourse

screenshots: ## make the pictures of docs/tour.md anew, from what the browser tests look at
	@Scripts/screenshots.sh

bench-browser: ## measure what a browser sees: jumps, weight, how soon a change is there
	@swift build --product recourse && swift build --product sandbox-exchange && .build/browser-tools/bin/python3 Tests/Browser/figures.py .build/debug/recourse

bench-measures: ## measure every indicator over a million cases, beside DuckDB on the same columns where it is installed (CASES=1000000)
	@Scripts/bench-measures.sh

bench-pages: ## measure pages with a million cases behind them
	@[ -e Data/bench/1000000-cases/desk.sqlite ] || { echo "Fill a store first: make bench CASES=1000000" >&2; exit 1; }
	@swift build -c release --product recourse && Scripts/bench-pages .build/release/recourse Data/bench/1000000-cases

bench-causes: ## measure how exactly and how fast root causes are found (RECOURSE_CAUSES_DATA: the published sets)
	@swift build -c release --product recourse && Scripts/bench-causes .build/release/recourse

kills: ## kill desk and exchange 200 times while people work: nothing acknowledged is lost, nobody is paid twice
	@swift build --build-tests && RECOURSE_KILLS=200 swift test --skip-build --disable-xctest --filter KilledUnderLoad

torture: ## the long fault run: 1,000 kills and 200 power losses (about twenty minutes)
	@Scripts/torture.sh

build: install ## build the executable
	@swift build -c $(BUILD) --product recourse

install: ## install the system libraries that are missing
	@Scripts/install.sh

format: ## format the sources in place
	@swift format --in-place --recursive --parallel Sources Tests Package.swift

lint: ## say what `make format` would change
	@swift format lint --strict --recursive --parallel Sources Tests Package.swift

clean: ## remove build products (never the store)
	@rm -rf .build
