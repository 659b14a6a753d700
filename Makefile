# make demo: the sample articles as a graph, in output/.   make test: all tests.   Everything else is for developers.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test check-shared bench lint lock clean floors frontend shots reference
.DEFAULT_GOAL := demo

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Hashed requirements first, then the project itself without asking any registry again.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

demo: $(VENV)/.run
	$(BIN)/kg build examples/articles -o output
	@echo
	@echo "Open output/graph.html in a browser, or ask:"
	@echo "  $(BIN)/kg query output 'SELECT ?who ?whom { ?a nk:honored ?b . ?a rdfs:label ?who . ?b rdfs:label ?whom }'"

test: $(VENV)/.dev
	$(BIN)/ruff check kg tests
	$(BIN)/ruff format --check kg tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q

# What needs ../shared: scorers, seeds, protocol tests. Skipped with a message where that folder is absent.
check-shared: $(VENV)/.dev
	@if [ -d "$(SHARED)/gold" ]; then $(BIN)/python -m pytest -q tests/shared; \
	else echo "check-shared skipped: no folder $(SHARED)"; fi

bench: $(VENV)/.dev
	$(BIN)/python tests/bench/run.py

lint: $(VENV)/.dev
	$(BIN)/ruff format kg tests
	$(BIN)/ruff check --fix kg tests
	$(BIN)/mypy

# The page's scripts and styles from frontend/ (needs node); what it builds is committed in kg/page/assets.
frontend:
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund && npm run -s check && npm run -s build

# Pictures of the page in output/shots, to look at; the first is the README's.
shots: $(VENV)/.dev
	$(BIN)/python -m tests.page.shots output/shots

# New pins for the two requirement files; no address goes in.
lock: $(VENV)/.dev
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml requirements/build.in -o requirements/run.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml requirements/build.in -c requirements/run.txt -o requirements/dev.txt

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis output/[!R]*

# Record the figures on our own gold as the new floors.
floors: $(VENV)/.dev
	$(BIN)/python -m tests.test_quality

# What is made of the ontology's files: the reference page and the JSON-LD context.
reference: $(VENV)/.run
	$(BIN)/kg ontology --kind all --format md > docs/reference.md
	$(BIN)/kg ontology --format jsonld > ontology/context.jsonld
