# `make` alone lists what one can do. The same targets run in CI: see .ci/run.

.DEFAULT_GOAL := help
.PHONY: help demo test quick audit coverage lint format golden docs site sbom links bench clean

VENV ?= .venv
BIN := $(VENV)/bin
BENCH ?=
DEMO ?= fenwick rauporoa
PYTEST ?=
SETUP := pyproject.toml constraints.txt tools/venv.sh tools/apt.sh

# pytest keeps its version of each test file beside it, unless Python is told to write none: four seconds a process.
unexport PYTHONDONTWRITEBYTECODE

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.run ## Install, then build two example policies into dist/
	@sh tools/outside.sh pdf $(BIN)/python
	@$(BIN)/policygen build $(DEMO) --out dist >/dev/null
	@$(BIN)/python tools/built.py dist $(DEMO)
	@echo
	@echo "To fill in a policy of your own in a browser: $(BIN)/policygen serve"

test: $(VENV)/.dev ## Run every test; PYTEST="-k words" narrows them
	@sh tools/outside.sh test $(BIN)/python
	@$(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST)

quick: $(VENV)/.dev ## Run a part that ends within a minute and touches every room
	@$(BIN)/python -m pytest -q -n logical --dist worksteal --quick $(PYTEST)

audit: $(VENV)/.dev ## Run every test on all that there is: about an hour and a quarter on two processors
	@sh tools/outside.sh test $(BIN)/python
	@POLICYGEN_EVERYTHING=1 $(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST)

coverage: $(VENV)/.dev ## Run the tests that are not slow and say which lines none has run
	@sh tools/outside.sh test $(BIN)/python
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n logical --dist worksteal -m "not slow" $(PYTEST)
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report

lint: $(VENV)/.dev ## Check style, types, who imports whom, and how dense the code is
	@status=0; \
	for check in "ruff check ." "ruff format --check --quiet ." mypy lint-imports "python tools/complexity.py"; do \
		$(BIN)/$$check || status=1; \
	done; exit $$status

format: $(VENV)/.dev ## Lay out every Python file as `make lint` wants it
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

golden: $(VENV)/.dev ## Renew examples/ and the golden files; read their diff before you commit
	@sh tools/outside.sh pdf $(BIN)/python
	@$(BIN)/python -m pytest -q --golden

docs: $(VENV)/.run ## Renew the docs that are made from the program itself
	@$(BIN)/python tools/make_docs.py

site: $(VENV)/.dev ## Build the docs as a site into dist/docs
	@$(BIN)/properdocs build --quiet --strict --clean --config-file mkdocs.yml
	@echo "Open dist/docs/index.html"

sbom: $(VENV)/.dev ## Renew sbom.cdx.json, the list of all parts and their licences
	@$(BIN)/python tools/sbom.py

links: $(VENV)/.run ## Look up every source's address, and report those that are dead
	@$(BIN)/python tools/check_links.py

bench: $(VENV)/.run ## Measure speed against other ways to do the same work
	@sh tools/venv.sh $(VENV) web,bench
	@$(BIN)/python bench/run.py $(BENCH)

clean: ## Remove what these targets made, the virtual environment too
	rm -rf $(VENV) dist .make .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*

$(VENV)/.run: $(SETUP)
	@sh tools/venv.sh $(VENV) web
	@touch $@

$(VENV)/.dev: $(SETUP)
	@sh tools/venv.sh $(VENV) test,lint
	@touch $@ $(VENV)/.run
