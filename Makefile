# make site    build the site in this folder      make serve   preview it, rebuilding on a change
# make test    all tests but the slow ones        make lint    ruff, mypy, import-linter, biome
# make test-all  all tests (CI)                   make coverage  how much of generator/ the tests run
# make format  write Python, scripts and styles as `make lint` wants them
# make lowest  with the oldest libraries that pyproject.toml allows
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOWEST := .venv-lowest
BIOME := @biomejs/biome@2.3.8
PIP := $(BIN)/python -m pip install --quiet --constraint constraints.txt
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile

.PHONY: site serve check test test-all coverage lowest lint lint-scripts format bench clean

site: $(VENV)/.site
	$(BIN)/gongkai build
	@echo "网站在 public/ 里；运行 make serve 预览，打开 http://127.0.0.1:8000/"

serve: $(VENV)/.site
	$(BIN)/gongkai serve

check: $(VENV)/.site
	$(BIN)/gongkai check

test: $(VENV)/.test
	$(PYTEST) -m "not slow"

test-all: $(VENV)/.test
	$(PYTEST)

coverage: $(VENV)/.test
	$(PYTEST) -m "not slow" --cov --cov-report=term:skip-covered

lint: $(VENV)/.dev lint-scripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/handbook/make_field_table.py --check

lint-scripts:
	@if command -v npx >/dev/null; then npx --yes $(BIOME) check --error-on-warnings; \
	else echo "The scripts and styles were not checked: Node.js (npx) is not installed." >&2; fi

format: $(VENV)/.dev
	$(BIN)/ruff format .
	npx --yes $(BIOME) format --write

# Without the browser and the search, which have versions of their own.
lowest:
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python tools/lowest_versions.py >$(LOWEST)/constraints.txt
	$(LOWEST)/bin/python -m pip install --quiet --constraint $(LOWEST)/constraints.txt --editable '.[test]'
	$(LOWEST)/bin/python -m pytest -n auto --dist loadfile -m "not slow and not browser" \
		tests/audit tests/authoring tests/domain tests/pipeline tests/source tests/support_room tests/verify

bench: $(VENV)/.test
	$(BIN)/python benchmarks/compare.py --help

clean:
	rm -rf $(VENV) $(LOWEST) public reports

$(BIN)/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "gongkai 需要 Python 3.11 以上；可用 make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { tools/debian-packages python3-venv && $(PYTHON) -m venv --clear $(VENV); }

$(VENV)/.site: pyproject.toml constraints.txt $(BIN)/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt $(BIN)/python
	tools/debian-packages chromium fonts-noto-cjk git
	-tools/debian-packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 # for PDF files; their tests are skipped without
	$(PIP) --editable '.[test]'
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt $(BIN)/python
	$(PIP) --editable '.[dev]'
	@touch $@
