# make run, make test, make check: each works on a fresh machine with Python 3.11 or newer and pip.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EXAMPLE := examples/pact/pages --issue examples/pact/accession.toml
CODE := src tests benchmarks docs training
UV_FLAGS := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help run test check readme lock clean

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/installed ## Count the example debate: the table here, the page in out/pact.html
	@mkdir -p out
	@$(BIN)/whipcount count $(EXAMPLE) --format table
	@$(BIN)/whipcount count $(EXAMPLE) --format html --out out/pact.html
	@echo && echo "The same as a web page: $(CURDIR)/out/pact.html"

test: $(VENV)/installed-dev ## Run the tests
	@$(BIN)/python -m pytest

check: $(VENV)/installed-dev ## Format, lint, types and tests, as CI does
	@$(BIN)/ruff format --check $(wildcard $(CODE))
	@$(BIN)/ruff check $(wildcard $(CODE))
	@$(BIN)/mypy
	@$(BIN)/python -m pytest

readme: $(VENV)/installed ## Write the output in README.md anew
	@$(BIN)/python docs/update_readme.py

lock: ## Lock the dependencies anew (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	uv pip compile $(UV_FLAGS) $(UPGRADE) pyproject.toml -o requirements.lock
	uv pip compile $(UV_FLAGS) $(UPGRADE) --extra dev -c requirements.lock pyproject.toml \
		-o requirements-dev.lock

clean: ## Remove what was made here
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "whipcount needs Python 3.11 or newer; name one with make PYTHON=python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "The virtual environment could not be made. On Debian and Ubuntu this needs" >&2; \
		echo "a package: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked dependencies into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked dependencies and tools into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@ $(VENV)/installed
