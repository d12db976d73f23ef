# Every task of the project. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
SECONDS ?= 300
LOCK := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help serve test test-all test-hostile test-faults test-rates test-records soak fuzz check format bench bench-judging bench-compiling bench-docker bench-history bench-pages bench-workers assets assets-check test-frontend lock hooks

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 24

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

serve: $(VENV)/.installed ## Start the service on http://127.0.0.1:8000 (SQLite, local sandbox); PORT=... for another
	$(BIN)/allclose serve --port $(PORT)

test: $(VENV)/.installed ## Run every test this machine can run in minutes; T="tests/judge -k shape" for some
	$(BIN)/python -m pytest $(T)

test-all: $(VENV)/.installed ## Run every test there is, whatever it takes: some hours
	$(BIN)/python -m pytest -m "exhaustive or not exhaustive" $(T)

test-hostile: $(VENV)/.installed ## Run the whole hostile corpus, every hardening and the contract on every backend; takes some hours
	$(BIN)/python -m pytest tests/hostile tests/hardening tests/sandbox -m "exhaustive or not exhaustive" $(T)

test-faults: $(VENV)/.installed ## Kill what runs attempts at random, 500 attempts a backend, Docker's daemon included
	$(BIN)/python -m pytest tests/faults -m "exhaustive or not exhaustive" $(T)

test-rates: $(VENV)/.installed ## Judge 2,000 honest seeds of every kind of random result; fails beyond the stated rate
	$(BIN)/python -m pytest tests/judge/test_statistics.py -m "exhaustive or not exhaustive" $(T)

test-records: $(VENV)/.installed ## Replay the record of every filed submission of every problem
	$(BIN)/python -m pytest tests/judge/test_replay.py -m "exhaustive or not exhaustive" $(T)

soak: $(VENV)/.installed ## Submit 2,000 hostile and honest sources to one service; fails if it grows; T=--docker
	$(BIN)/python -m tests.faults.soak $(T)

fuzz: $(VENV)/.installed ## Fuzz every reader of hostile bytes for SECONDS=300 each; fails on a finding
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r tests/fuzz/requirements.txt
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

check: $(VENV)/.installed ## Lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed ## Format the code and apply safe lint fixes
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(VENV)/.installed ## Measure a verdict against one process per submission
	$(BIN)/python -m benchmarks.verdict

bench-judging: $(VENV)/.installed ## Measure what share of a verdict's time comparison, rules and records take
	$(BIN)/python -m benchmarks.judging

bench-compiling: $(VENV)/.installed ## Measure what the evaluator's flags save, against JAX's own
	$(BIN)/python -m benchmarks.compiling $(T)

bench-docker: $(VENV)/.installed ## Measure warm containers against the local sandbox and a container per submission
	$(BIN)/python -m benchmarks.docker --image "$$($(BIN)/python -m tests.images)" $(T)

bench-history: $(VENV)/.installed ## Measure requests with 200,000 attempts in the database against few
	$(BIN)/python -m benchmarks.history $(T)

bench-pages: $(VENV)/.installed ## Measure what the pages add to a verdict in Chromium, against the API alone
	$(BIN)/python -m benchmarks.pages $(T)

bench-workers: $(VENV)/.installed ## Measure verdicts a second of several workers on PostgreSQL against one
	$(BIN)/python -m benchmarks.workers $(T)

app/web/frontend/node_modules: app/web/frontend/package-lock.json
	npm --prefix app/web/frontend ci --no-audit --no-fund --ignore-scripts --silent
	@touch $@

assets: app/web/frontend/node_modules ## Build the pages' scripts and styles into app/web/static (needs Node)
	npm --prefix app/web/frontend run --silent types
	node app/web/frontend/build.mjs

assets-check: app/web/frontend/node_modules ## Build them elsewhere; fail if app/web/static holds anything else
	made="$$(mktemp -d)" && trap 'rm -rf "$$made"' EXIT && \
		node app/web/frontend/build.mjs "$$made" && diff --recursive --brief app/web/static "$$made"

test-frontend: app/web/frontend/node_modules ## Test what the pages' scripts do without a browser (needs Node)
	node app/web/frontend/test.mjs

lock: $(VENV)/.installed ## Resolve pyproject.toml and the sandbox image's libraries into their lock files
	$(LOCK) --extra dev --output-file requirements.lock pyproject.toml
	$(LOCK) --constraints requirements.lock --output-file deploy/service.lock pyproject.toml
	$(LOCK) --constraints requirements.lock --output-file deploy/build.lock deploy/build.in
	for list in core core-cuda13 learner; do \
		$(LOCK) --constraints requirements.lock --output-file sandbox/libraries/$$list.lock sandbox/libraries/$$list.in || exit; \
	done

hooks: ## Run `make check` before every commit
	git config core.hooksPath .githooks
