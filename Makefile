# `make` alone lists what one can do. The same targets run in CI: see .ci/run.

.DEFAULT_GOAL := help
.PHONY: help demo test audit quick lint golden docs links bench clean

VENV ?= .venv
BIN := $(VENV)/bin
DEMO ?= fenwick rauporoa
PYTEST ?=
SETUP := pyproject.toml constraints.txt tools/venv.sh tools/apt.sh

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.run ## Install, then build two example policies into dist/
	@sh tools/outside.sh pdf $(BIN)/python
	@$(BIN)/policygen build $(DEMO) --out dist >/dev/null
	@$(BIN)/python tools/built.py dist $(DEMO)

test: $(VENV)/.dev ## Run every test; PYTEST="-k words" narrows them
	@sh tools/outside.sh test $(BIN)/python
	@$(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST)

audit: $(VENV)/.dev ## Run every test on all that there is, as long as it takes (an hour or two)
	@sh tools/outside.sh test $(BIN)/python
	@POLICYGEN_EVERYTHING=1 $(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST)

quick: $(VENV)/.dev ## Run the tests that take no more than a moment
	@$(BIN)/python -m pytest -q -m "not slow" $(PYTEST)

lint: $(VENV)/.dev ## Check style, types and who imports whom
	@status=0; for check in "ruff check ." mypy lint-imports; do $(BIN)/$$check || status=1; done; exit $$status

golden: $(VENV)/.dev ## Renew examples/ and the golden files; read their diff before you commit
	@sh tools/outside.sh pdf $(BIN)/python
	@$(BIN)/python -m pytest -q --golden

docs: $(VENV)/.run ## Renew the docs that are made from the program itself
	@$(BIN)/python tools/make_docs.py

links: $(VENV)/.run ## Look up every source's address, and report those that are dead
	@$(BIN)/python tools/check_links.py

bench: $(VENV)/.run ## Measure speed against other ways to do the same work
	@$(BIN)/python bench/run.py

clean: ## Remove what these targets made, the virtual environment too
	rm -rf $(VENV) dist .make .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.run: $(SETUP)
	@sh tools/venv.sh $(VENV)
	@touch $@

$(VENV)/.dev: $(SETUP)
	@sh tools/venv.sh $(VENV) test,lint
	@touch $@ $(VENV)/.run
