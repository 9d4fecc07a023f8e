# make run | test | lint | screenshots | clean. Each sets itself up on a fresh machine; later runs start in seconds (stamps in .venv).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --constraint constraints.txt

.PHONY: run test lint screenshots clean

run: $(VENV)/.run
	$(BIN)/htx setup
	$(BIN)/htx serve

test: $(VENV)/.dev
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Six screens into docs/, as the README shows them; needs a chromium on PATH.
screenshots: $(VENV)/.dev
	$(BIN)/python tests/browser/screenshots.py docs

# The library (data/) and your papers (papers/) stay.
clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3 ...' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# torch first and alone, with its pin: left to choose, pip could take a build many times larger.
$(VENV)/.torch: constraints.txt | $(BIN)/python
	$(INSTALL) torch
	@touch $@

$(VENV)/.run: pyproject.toml $(VENV)/.torch
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.torch
	$(INSTALL) --editable '.[dev]'
	@touch $@ $(VENV)/.run
