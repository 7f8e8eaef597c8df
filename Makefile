# Presslens from a checkout: `make` alone lists what there is. Needs make and Python 3.11 to 3.13.

CORPUS ?= data/sample
JOB ?= sample
PYTHON ?=
ARGS ?=

BIN = .venv/bin
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras \
	--fork-strategy fewest --annotation-style line --custom-compile-command "make lock"

help:
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1 \2/p' Makefile | \
	while read -r target text; do printf '  make %-12s%s\n' "$$target" "$$text"; done
	@echo 'PYTHON=/path/to/python picks an interpreter; ARGS="..." is handed on to the command.'

report: setup ## analyse data/sample (or CORPUS=folder JOB=name) and write reports/
	@$(BIN)/presslens report --job "$(JOB)" $(ARGS) "$(CORPUS)"

test: setup ## run the tests
	@$(BIN)/python -m pytest $(ARGS)

lab: setup data/corpus/articles.parquet ## open JupyterLab on notebooks/, with the sample in data/corpus
	@sh tools/lab.sh $(ARGS)

data/corpus/articles.parquet: | setup
	@$(BIN)/presslens analyze data/sample --out data/corpus

setup: ## create .venv and install the lock (the other targets do it themselves)
	@PYTHON="$(PYTHON)" sh tools/setup.sh

lint: setup ## check format, style and types
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy

lock: setup ## compile requirements.txt from pyproject.toml, newest versions
	@$(COMPILE) --upgrade --output-file requirements.txt pyproject.toml

check-lock: setup ## fail if requirements.txt and pyproject.toml disagree
	@$(BIN)/python tools/check_lock.py --compile '$(COMPILE)'

wheels: setup ## show, without installing, that wheels exist for each Python and platform
	@for python in 3.11 3.12 3.13; do \
	for platform in x86_64-manylinux_2_28 aarch64-manylinux_2_28 aarch64-apple-darwin; do \
	MACOSX_DEPLOYMENT_TARGET=14.0 $(BIN)/uv pip install --quiet --dry-run --no-deps --only-binary :all: --target .venv/no-wheels \
	--python-version $$python --python-platform $$platform -r requirements.txt || exit 1; \
	echo "Python $$python on $$platform: a wheel for every package"; done; done

look: setup ## look at reports/index.html and what it links to in headless Chromium
	@$(BIN)/python tools/look.py $(ARGS) reports/index.html

soak: setup ## run the property tests with many more examples (hours)
	@HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest $(ARGS)

clean: ## remove .venv and caches; reports stay
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help report test lab setup lint lock check-lock wheels look soak clean
