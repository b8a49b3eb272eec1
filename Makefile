# Two commands: `make demo` shows the main job, `make test` runs the whole suite.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup demo test lint lock bench messages clean-venv

setup: $(VENV)/.runtime        ## prepares .venv and nothing else

demo: $(VENV)/.runtime         ## a town, its voices and its synthesis, on http://127.0.0.1:8000
	$(BIN)/tissage demo

test: $(VENV)/.dev             ## the whole suite: style, types, SQLite, Chromium, PostgreSQL
	$(BIN)/python scripts/run_tests.py

lint: $(VENV)/.dev
	$(BIN)/python scripts/run_tests.py --only lint

bench: $(VENV)/.dev            ## figures and ratios, by hand
	$(BIN)/python -m bench

messages: $(VENV)/.dev         ## refreshes the message catalogues and compiles them
	$(BIN)/python scripts/messages.py

lock:                          ## renews the hash-pinned requirements (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev -o requirements-dev.lock

# uv is used when present, never required.
define install
	if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi
endef

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tissage needs Python 3.11 or newer: run make with PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing Tissage into $(VENV)…"
	@$(call install,requirements.lock)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the tools of the tests…"
	@$(call install,requirements-dev.lock)
	@touch $@
