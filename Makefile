# Python 3.11 or newer and make are enough; everything else is set up here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
PYTEST := -m pytest -n auto --dist loadgroup
# Compiled once for the suite and the many processes that it starts, wherever that is turned off.
RUN := PYTHONDONTWRITEBYTECODE= $(BIN)/python
# The checks that need neither a database nor a browser nor a worker process.
PURE := tests/flows tests/house tests/test_house.py tests/bot/wording/test_texts.py \
  tests/bot/wording/test_arguments.py
# The tests that reach the branches of flows.
STORIES := tests/flows tests/stories
# uv writes the lock files, from an environment of its own.
UV_VERSION := 0.13.9
UV_VENV := .venv-uv-$(UV_VERSION)
COMPILE := $(UV_VENV)/bin/uv pip compile --quiet --no-emit-index-url --annotation-style line
LOCK := $(COMPILE) --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"
UPGRADE := --upgrade
BUILD_REQUIREMENTS := $(PYTHON) -c 'import tomllib; \
	print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'
LOWEST := .venv-lowest

.PHONY: run test check quick format lint types imports tests coverage others auto samples guides map \
	bench busy soak audit setup hooks lock lowest clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml requirements-dev.lock requirements-build.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "SIGAP needs Python 3.11 or newer (try: make PYTHON=python3.11)" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(PIP_INSTALL) --require-hashes \
		--requirement requirements-build.lock --requirement requirements-dev.lock
	PYTHONWARNINGS=ignore $(BIN)/python $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# The bot when a token is set (environment or .env), else the simulated office.
run: setup
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ] || grep -qs '^TELEGRAM_BOT_TOKEN=.' .env; \
		then exec $(BIN)/python -m bot run; \
		else exec $(BIN)/python -m bot simulate; fi

# Both SOPs played to the end by simulated officials.
auto: setup
	$(BIN)/python -m bot simulate --auto

test: setup tests

tests:
	$(RUN) $(PYTEST)

# No test may fail because the machine has much else to do.
busy: setup
	$(RUN) -m tests.busy -n auto --dist loadgroup

# Random acts of a whole office with its promises held after each; SEED plays a walk again.
ACTS := 5000
soak: setup
	$(RUN) -m tests.soak --acts $(ACTS) $(if $(SEED),--seed $(SEED))

# Every test once: those that count flows' branches, then the others.
check: setup format lint types imports coverage others

# What a minute suffices for.
quick: setup format lint types imports
	$(RUN) $(PYTEST) $(PURE)

format:
	$(BIN)/ruff format --check .

lint:
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

# The share of flows' branches that its tests and the stories reach; pyproject.toml has the least.
coverage: setup
	$(RUN) $(PYTEST) $(STORIES) --cov

others: setup
	$(RUN) $(PYTEST) $(STORIES:%=--ignore=%)

# Every paper and picture as PDF and PNG, and the contact sheet of docs/.
samples: setup
	$(BIN)/python -m contoh.samples

# The guides' pictures, taken from the real thing, and the guides as PDF.
guides: setup
	$(BIN)/python -m tests.browser.guides

# The rooms and their imports, as docs/map.md shows them.
map: setup
	$(BIN)/python -m tests.house.map

bench: setup
	$(BIN)/python -m bench

# Known weaknesses of the packages, where the index has advisories.
audit: setup
	$(BIN)/python -m tests.security.audit

# The quick checks before each push.
hooks:
	git config core.hooksPath .githooks

# The lock files anew; UPGRADE= changes only what pyproject.toml asks for.
lock: $(UV_VENV)
	$(LOCK) $(UPGRADE) --extra dev --output-file requirements-dev.lock pyproject.toml
	$(LOCK) $(UPGRADE) --constraint requirements-dev.lock --output-file requirements.lock \
		pyproject.toml
	$(BUILD_REQUIREMENTS) | $(LOCK) $(UPGRADE) --output-file requirements-build.lock -

# Whether the lowest versions still do that pyproject.toml declares.
lowest: $(UV_VENV)
	$(PYTHON) -m venv --clear $(LOWEST)
	$(BUILD_REQUIREMENTS) | $(COMPILE) --python $(LOWEST)/bin/python --resolution lowest-direct \
		--extra dev --output-file $(LOWEST)/requirements.txt pyproject.toml -
	$(LOWEST)/bin/python $(PIP_INSTALL) --requirement $(LOWEST)/requirements.txt
	PYTHONWARNINGS=ignore $(LOWEST)/bin/python $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	$(LOWEST)/bin/python $(PYTEST) tests/flows tests/storage tests/test_installed.py \
		tests/stories/test_pengumpulan.py

$(UV_VENV):
	$(PYTHON) -m venv $@
	$@/bin/python $(PIP_INSTALL) uv==$(UV_VERSION) || { rm -rf $@; exit 1; }

clean:
	rm -rf .venv* build *.egg-info .mypy_cache .ruff_cache .pytest_cache .coverage*
