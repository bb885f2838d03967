# Python 3.11 or newer and make are enough; everything else is set up here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := bot flows storage reports simulator

.PHONY: run test check format lint types imports tests auto samples guides bench audit setup clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "SIGAP needs Python 3.11 or newer (try: make PYTHON=python3.11)" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[dev]"
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
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: setup format lint types imports tests

format:
	$(BIN)/ruff format --check .

lint:
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

# Every paper and picture as PDF and PNG, and the contact sheet of docs/.
samples: setup
	$(BIN)/python -m contoh.samples

# The guides' pictures, taken from the real thing, and the guides as PDF.
guides: setup
	$(BIN)/python -m tests.browser.guides

bench: setup
	$(BIN)/python -m bench

# Known weaknesses of the packages, where the index has advisories.
audit: setup
	$(BIN)/python -m tests.security.audit

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache
