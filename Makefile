# `make` prints what there is to do. Each target brings along what it needs.

PY   ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(if \
        $(shell $(name) -c 'import sys; print("new enough" if sys.version_info >= (3, 11) else "")' \
        2>/dev/null),$(name))) python3)
VENV ?= .venv
BIN  := $(VENV)/bin
# What a tool does not need to know of the work that is in var/.
ASIDE := DATA_DIR=$(VENV)/aside
NODE := . $(VENV)/node.env &&
# uv and Node trust whom the machine trusts, as pip does: a company may have an authority of its own.
export UV_SYSTEM_CERTS ?= 1
export NODE_USE_SYSTEM_CA ?= 1
# Hundreds of processes would each compile Django anew where Python is told to keep nothing.
unexport PYTHONDONTWRITEBYTECODE
# npm would leave its cache in the folder for temporary files.
export NODE_DISABLE_COMPILE_CACHE ?= 1

.DEFAULT_GOAL := help
.PHONY: help run extras test check sure bench fuzz dev fmt openapi words matrix pictures lock clean

help: ## print this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run ## serve Galley on this machine (HOST, PORT), installing and filling it first
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/python -m gunicorn -c annotator/gunicorn.py

extras: $(VENV)/.extras ## install the libraries that some formats need, such as Parquet

test: $(VENV)/.dev ## run all tests, on SQLite and on PostgreSQL, in Node and in a browser
	@$(BIN)/python -m tests.run

check: $(VENV)/.dev $(VENV)/node.env ## format, lint, types, import contracts, missing migrations
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/lint-imports --no-cache > $(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }
	$(BIN)/mypy
	$(ASIDE) $(BIN)/python manage.py makemigrations --check --dry-run
	$(NODE) npm run --silent check

sure: ## check and test: what has to pass
	@$(MAKE) --no-print-directory --keep-going check test

bench: $(VENV)/.dev ## measure it, each figure beside its floor
	@$(BIN)/python -m bench

fuzz: $(VENV)/.dev ## have every importer read files with hurt bytes, for FUZZ seconds (60 if not said)
	@$(ASIDE) DJANGO_SETTINGS_MODULE=annotator.settings $(BIN)/python -m tests.fuzz

dev: $(VENV)/.dev $(VENV)/node.env ## install what developers need, and no more

fmt: $(VENV)/.dev $(VENV)/node.env ## format the code and mend what can be mended
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .
	$(NODE) npm run --silent format

openapi: $(VENV)/.dev ## write the description of the API to docs/openapi.yaml
	$(ASIDE) $(BIN)/python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

words: $(VENV)/.dev ## bring the catalogues of other languages up to what the source says
	@$(ASIDE) DJANGO_SETTINGS_MODULE=annotator.settings $(BIN)/python -m tests.words

matrix: $(VENV)/.dev ## write the table of what each format holds into docs/formats.md
	@$(BIN)/python -m tests.matrix

pictures: $(VENV)/.dev ## take the pictures for the README from the running product
	@$(BIN)/python -m tests.pictures

lock: $(VENV)/.base ## pin the requirements anew from requirements/*.in
	$(LOCK) requirements/run.in --output-file requirements.txt
	$(LOCK) requirements/extras.in --output-file requirements/extras.txt
	$(LOCK) requirements/dev.in --output-file requirements/dev.txt
	$(LOCK) requirements/bootstrap.in --output-file requirements/bootstrap.txt

clean: ## remove what was installed and built; the work in var/ stays
	rm -rf $(VENV) node_modules test-results .fuzz .*_cache .coverage .hypothesis

LOCK = $(BIN)/python -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
       --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

# The environment. uv is fast; where it cannot fetch, pip does the same.

$(VENV)/.run: requirements.txt $(VENV)/.base
	@test -f $(VENV)/.dev || echo "Installing what Galley needs …"
	@$(BIN)/python -m uv pip install --quiet --compile-bytecode --require-hashes \
	  --python $(BIN)/python --requirements requirements.txt 2> $(VENV)/uv.log \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement requirements.txt
	@touch $@

$(VENV)/.extras: requirements/extras.txt $(VENV)/.base
	@test -f $(VENV)/.dev || echo "Installing what some formats need …"
	@$(BIN)/python -m uv pip install --quiet --compile-bytecode --require-hashes \
	  --python $(BIN)/python --requirements requirements/extras.txt 2> $(VENV)/uv.log \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement requirements/extras.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing what developers need …"
	@$(BIN)/python -m uv pip sync --quiet --require-hashes \
	  --python $(BIN)/python requirements/dev.txt 2> $(VENV)/uv.log \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement requirements/dev.txt
	@touch $@ $(VENV)/.run

$(VENV)/.base: requirements/bootstrap.txt
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Galley needs Python 3.11 or newer; $$($(PY) --version 2>&1) is here."; exit 1; }
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv module is missing. Debian, Ubuntu: sudo apt install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PY) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement requirements/bootstrap.txt 2> $(VENV)/uv.log || true # pip alone takes longer
	@touch $@

$(VENV)/node.env: package-lock.json tests/machine.py $(VENV)/.dev
	@$(BIN)/python -m tests.machine > $@.new && mv $@.new $@
