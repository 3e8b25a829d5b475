.PHONY: dev
PY   ?= python3
VENV ?= .venv
BIN  := $(VENV)/bin

dev: $(VENV)/.dev-ok

$(VENV)/.dev-ok: requirements/dev.txt $(VENV)/.base
	@$(BIN)/uv pip sync -q --require-hashes --python $(BIN)/python requirements/dev.txt \
	  || $(BIN)/pip install -q --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.run-ok

$(VENV)/.base: requirements/bootstrap.txt
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@test -x $(BIN)/python || $(PY) -m venv $(VENV)
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@
