# The manual, executable: each target does all of its own set-up on a machine with python3 (3.11 or newer) and make.
PYTHON ?= python3
PORT ?= 8000
UV_VERSION := 0.13.8
V := .venv
UV := $(V)/bin/uv
LOCK := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url
export UV_PYTHON_DOWNLOADS := never
export PATH := $(CURDIR)/$(V)/bin:$(PATH)
KEEPING = $(foreach room,board consults directory incidents journal legal letters officer offline paging patient presence privacy questions reports staff stays visits,$(wildcard tests/doors/web/test_$(room)*.py))  # pages that keep rows
.PHONY: run test check lint bench docs soak lock clean machine
.DEFAULT_GOAL := test

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Bedside needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(V)
	$(V)/bin/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

$(V)/.stamp-%: requirements/%.txt pyproject.toml | $(UV)
	$(UV) pip install -q --python $(V)/bin/python --require-hashes -r $<
	$(UV) pip install -q --python $(V)/bin/python --no-deps --no-build-isolation -e .
	@touch $@

run: $(V)/.stamp-run  ## a running Bedside with a sample hospital on http://127.0.0.1:$(PORT)
	BEDSIDE_DATA=$(CURDIR)/build/sample $(V)/bin/bedside serve --sample --port $(PORT)

lint: $(V)/.stamp-test
	$(V)/bin/ruff format --check .
	$(V)/bin/ruff check .
	$(V)/bin/lint-imports --no-cache
	$(V)/bin/mypy
	$(V)/bin/bedside check src/bedside/norms

check: lint  ## format, lint, types, imports, fast tests
	$(V)/bin/pytest -q -n 2 -m "not slow and not browser" tests/rules tests/trust tests/house

test: lint machine  ## everything; what keeps rows once more on PostgreSQL
	$(V)/bin/pytest -q -n 2 tests
	$(V)/bin/python tests/on_postgres.py -q -n 2 tests/record $(KEEPING) tests/journeys/test_presence_journeys.py

soak: $(V)/.stamp-test machine  ## what takes long by nature, in full counts
	BEDSIDE_SOAK=1 $(V)/bin/pytest -q -n 2 tests
	BEDSIDE_SOAK=1 $(V)/bin/python tests/on_postgres.py -q -n 2 tests/record $(KEEPING) tests/house/test_access_matrix.py tests/journeys

# What the tests need of the machine itself: a real browser, a real security module.
machine:
	@command -v chromium >/dev/null && command -v softhsm2-util >/dev/null || { \
	  apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium softhsm2; }

bench: $(V)/.stamp-test $(V)/.stamp-bench  ## speed, as ratios in one run, with the peers beside
	$(V)/bin/python -m bench
	$(V)/bin/python -m bench.ledger
	$(V)/bin/python -m bench.sealing
	$(V)/bin/python -m bench.record
	$(V)/bin/python -m bench.letters
	$(V)/bin/python -m bench.narrative
	$(V)/bin/python -m bench.reports

docs: $(V)/.stamp-run $(V)/.stamp-docs
	$(V)/bin/sphinx-build -q -W -b html docs build/docs

lock: | $(UV)
	$(LOCK) requirements/run.in -o requirements/run.txt
	$(LOCK) requirements/run.in requirements/test.in -o requirements/test.txt
	$(LOCK) requirements/run.in requirements/bench.in -c requirements/test.txt -o requirements/bench.txt
	$(LOCK) requirements/run.in requirements/docs.in -c requirements/run.txt -o requirements/docs.txt

clean:
	rm -rf $(V) build
