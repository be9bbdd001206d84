# Two commands on a machine with Python 3.11+, git and make: `make serve` and `make test`.
# Beside them, `make coverage` measures what the tests reach, `make explore` looks for examples that
# fail.
# uv lives in a virtual environment of its own; everything else comes from uv.lock.
# `make serve PORT=8001 HOST=0.0.0.0` serves elsewhere. HOST counts on the command line only: some
# shells have a variable of that name for the name of the machine.
PYTHON ?= python3
UV := .tools/bin/uv
UV_VERSION := 0.13.9

SERVE = $(if $(PORT),--port $(PORT)) $(if $(filter command,$(origin HOST)),--host $(HOST))

.PHONY: serve test coverage explore build check clean
serve: .venv/.ready
	$(UV) run --frozen portraits serve $(SERVE)

test: .venv/.ready
	$(UV) run --frozen invoke test

coverage explore: .venv/.ready
	$(UV) run --frozen invoke $@

build check: .venv/.ready
	$(UV) run --frozen portraits $@

$(UV):
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.ready: $(UV) uv.lock pyproject.toml
	$(UV) sync --frozen --quiet --compile-bytecode
	touch $@

clean:
	rm -rf .venv .tools .cache
