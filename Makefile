# Two commands matter: `make run` serves the diary, `make test` checks everything.
# Works with GNU make 3.81 and newer (macOS ships 3.81).

# The first Python of at least 3.11; override with PYTHON=.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
# Compiling once at install makes every later start several times faster.
export UV_COMPILE_BYTECODE := 1
export UV_NO_PROGRESS := 1

# Some shells and compiler kits export HOST for their own purposes: only `make run HOST=...` counts.
ifeq ($(origin HOST),environment)
HOST :=
endif

.PHONY: run test check bench prove words lock clean

run: .venv/runtime
	@mkdir -p instance && chmod 700 instance
ifneq ($(strip $(DEMO)),)
	@$(BIN)/tracker demo --if-empty
endif
	@exec $(BIN)/tracker serve $(if $(HOST),--host "$(HOST)") $(if $(PORT),--port "$(PORT)")

test check: .venv/test
	@$(BIN)/python -m tools.check $(if $(strip $(FAST)),--fast)

bench: .venv/test
	@$(BIN)/python -m tools.bench $(if $(strip $(INSTRUCTIONS)),--instructions)

prove: .venv/test
	@$(BIN)/python -m tools.prove

# Collect the words for translators, carry them into every catalogue, compile those.
words: .venv/test
	@$(BIN)/python -m tools.words

# Choose versions anew; commit what changes.
lock: .venv/bootstrap
	$(BIN)/python -m tools.lock $(if $(strip $(UPGRADE)),--upgrade)

clean:
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

# A virtual environment holds absolute paths: one made elsewhere, or whose Python
# has gone, is made again. The file `place` is written last, so half a one is too.
ifneq ($(shell $(BIN)/python -c "print(open('.venv/place').read())" 2>/dev/null),$(CURDIR))
.PHONY: .venv/place
endif

.venv/place:
	@test -n "$(PYTHON)" || { echo "Evenfall needs Python 3.11 or newer (Debian: apt-get install python3 python3-venv)." >&2; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@printf '%s' "$(CURDIR)" > .venv/place

.venv/bootstrap: .venv/place requirements/bootstrap.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/bootstrap.txt
	@touch $@

.venv/runtime: .venv/bootstrap requirements/runtime.txt pyproject.toml
	@echo "Installing what the diary needs"
	@$(UV) --require-hashes -r requirements/runtime.txt
	@$(UV) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: .venv/runtime requirements/test.txt
	@echo "Installing what the tests need"
	@$(UV) --require-hashes -r requirements/test.txt
	@touch $@
