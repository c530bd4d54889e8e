# crtsip: everything a newcomer types. "make" alone lists the targets.
#
#   PYTHON   the Python to build on        make demo PYTHON=python3.12
#   VENV     where the environment lives   make test VENV=.venv-3.12
#   ARGS     further options, passed on    make test ARGS="-k rules"

PYTHON ?= python3
VENV   ?= .venv
ARGS   ?=
BIN    := $(VENV)/bin

export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The version and the path of the real interpreter, also when PYTHON is itself in an environment.
PYTHON_VERSION := $(shell "$(PYTHON)" -c "import sys; print('%d.%d.%d' % sys.version_info[:3])" 2>/dev/null)
PYTHON_BASE    := $(shell "$(PYTHON)" -c "import sys; print(getattr(sys, '_base_executable', sys.executable))" 2>/dev/null)

# One stamp for the Python version, one for each set of requirements. A new version remakes the environment;
# a change of the pins or of pyproject.toml installs again.
MADE := $(VENV)/.made-with-$(PYTHON_VERSION)
BASE := $(VENV)/.installed-base
APP  := $(VENV)/.installed-app
TEST := $(VENV)/.installed-test
DEV  := $(VENV)/.installed-dev
DOCS := $(VENV)/.installed-docs
PINS := constraints.txt pyproject.toml

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo app test test-fast lint calibrate bench lessons docs constraints clean python-is-new-enough

help: ## list the targets
	@echo "make TARGET [PYTHON=python3.12] [VENV=.venv] [ARGS='...']"
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r target text; do \
	    printf '  %-12s %s\n' "$$target" "$$text"; done

demo: $(BASE) ## compare internal with external facilitation on the six teams; write a report
	@"$(BIN)/crtsip" demo $(ARGS)

app: $(APP) ## open the page to explore two programmes (ARGS='--static FILE' writes it as one file)
	@"$(BIN)/crtsip" app $(ARGS)

test: $(TEST) ## run all tests
	@"$(BIN)/python" -m pytest -n auto --dist loadgroup $(ARGS)

test-fast: $(TEST) ## run the tests that take seconds
	@"$(BIN)/python" -m pytest -n auto --dist loadgroup -m "not slow" $(ARGS)

lint: $(DEV) ## check style, format and types
	"$(BIN)/ruff" check .
	"$(BIN)/ruff" format --check .
	"$(BIN)/mypy"

calibrate: $(TEST) ## calibrate to the six teams; remakes what ships (half an hour)
	@"$(BIN)/crtsip" calibrate --out calibration/posterior --bank results/calibration-bank \
	    --page docs/validation.md $(ARGS)

bench: $(BASE) ## measure the speed of the model, beside a bound in C (ARGS=--quick)
	@"$(BIN)/python" -m benchmarks.bench $(ARGS)

lessons: $(TEST) ## run the lessons from top to bottom
	@"$(BIN)/python" -m pytest -n 0 --nbmake --nbmake-timeout=300 notebooks $(ARGS)

docs: $(DOCS) ## build the documents as a site that opens from disk
	@"$(BIN)/python" -m sphinx --quiet --fail-on-warning --keep-going docs build/docs $(ARGS)
	@echo "Open build/docs/index.html"

constraints: python-is-new-enough ## make constraints.txt again (newest versions: ARGS=--upgrade)
	@"$(PYTHON_BASE)" -m venv "$(VENV)-uv"
	@"$(VENV)-uv/bin/python" -m pip install --quiet uv
	@"$(VENV)-uv/bin/uv" pip compile pyproject.toml --quiet --all-extras --universal --python-version 3.11 \
	    --no-emit-index-url --no-emit-find-links --no-annotate --no-python-downloads \
	    --custom-compile-command "make constraints" --output-file constraints.txt $(ARGS)
	@rm -rf "$(VENV)-uv"

clean: ## remove the environment, builds and caches (results stay)
	@if [ -f "$(VENV)/pyvenv.cfg" ]; then rm -rf "$(VENV)"; fi
	@rm -rf build dist crtsip.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -path './.venv*' -prune -o -path ./.git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

python-is-new-enough:
	@"$(PYTHON)" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null || { \
	    if [ -n "$(PYTHON_VERSION)" ]; then found="'$(PYTHON)' is Python $(PYTHON_VERSION)"; \
	    else found="'$(PYTHON)' does not run"; fi; \
	    echo "crtsip needs Python 3.11 or later; $$found." >&2; \
	    echo "Install a newer Python, or name one that is there: make PYTHON=python3.12 TARGET" >&2; \
	    exit 1; }

$(MADE): | python-is-new-enough
	@if [ -e "$(VENV)" ] && [ ! -f "$(VENV)/pyvenv.cfg" ]; then \
	    echo "'$(VENV)' is there and is no Python environment: move it, or name another with VENV=..." >&2; exit 1; fi
	@rm -rf "$(VENV)"
	@echo "Making $(VENV) with Python $(PYTHON_VERSION)"
	@"$(PYTHON_BASE)" -m venv "$(VENV)" || { \
	    echo "Python's venv module does not work here. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@touch "$@"

$(BASE): $(MADE) $(PINS)
	@echo "Installing crtsip into $(VENV) (the first time takes a minute or two)"
	@"$(BIN)/python" -m pip install --quiet --constraint constraints.txt --editable .
	@touch "$@"

$(APP): $(MADE) $(PINS)
	@echo "Installing crtsip and what its page needs into $(VENV) (the first time takes a minute or two)"
	@"$(BIN)/python" -m pip install --quiet --constraint constraints.txt --editable '.[app]'
	@touch "$@" "$(BASE)"

$(TEST): $(MADE) $(PINS)
	@echo "Installing crtsip and the test tools into $(VENV) (the first time takes a minute or two)"
	@"$(BIN)/python" -m pip install --quiet --constraint constraints.txt --editable '.[test,calibrate,report,docs]'
	@touch "$@" "$(BASE)"

$(DEV): $(MADE) $(PINS)
	@echo "Installing crtsip and the lint tools into $(VENV) (the first time takes a minute or two)"
	@"$(BIN)/python" -m pip install --quiet --constraint constraints.txt --editable '.[dev,calibrate]'
	@touch "$@" "$(BASE)"

$(DOCS): $(MADE) $(PINS)
	@echo "Installing crtsip and what builds its documents into $(VENV) (the first time takes a minute or two)"
	@"$(BIN)/python" -m pip install --quiet --constraint constraints.txt --editable '.[docs]'
	@touch "$@" "$(BASE)"
