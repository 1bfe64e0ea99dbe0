# make site    build the site in this folder      make serve   preview it, rebuilding on a change
# make test    run all tests (installs Chromium)  make lint    ruff, mypy, import-linter
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site serve check test lint bench clean

site: $(VENV)/.site
	$(BIN)/gongkai build
	@echo "网站在 public/ 里；运行 make serve 预览，打开 http://127.0.0.1:8000/"

serve: $(VENV)/.site
	$(BIN)/gongkai serve

check: $(VENV)/.site
	$(BIN)/gongkai check

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/handbook/make_field_table.py --check

bench: $(VENV)/.test
	$(BIN)/python benchmarks/compare.py --help

clean:
	rm -rf $(VENV) public reports

$(BIN)/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "gongkai 需要 Python 3.11 以上；可用 make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { tools/debian-packages python3-venv && $(PYTHON) -m venv --clear $(VENV); }

$(VENV)/.site: pyproject.toml $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.test: pyproject.toml $(BIN)/python
	tools/debian-packages chromium fonts-noto-cjk git
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

$(VENV)/.dev: pyproject.toml $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@
