# Needs Python 3.11 or newer and make. `make demo` and `make test` set everything else up, once, in .venv.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	"$$p" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CORPUS ?= ../shared/corpus/news.jsonl.gz
ARTICLES ?= 400

.PHONY: demo test lint bench clean

demo: $(READY)
	@mkdir -p output
	$(BIN)/kg-builder build tests/cases/almaty/article.txt --date 2022-01-05 --reproducible -o output/almaty.ttl -o output/almaty.trig
	@$(BIN)/kg-builder show output/almaty.trig

test: lint
	$(BIN)/python -m pytest -q

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy --strict kg_builder
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python scripts/bench.py --corpus $(CORPUS) --articles $(ARTICLES)

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "kg-builder needs Python 3.11 or newer; name it: make PYTHON=/path/to/python3"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV)
	@echo "setting up $(VENV), once; this takes a minute or two"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
