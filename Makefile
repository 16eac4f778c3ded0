# The verbs of the project. Nothing is needed beforehand but Python 3.11 or 3.12.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
UV_VERSION := 0.13.8
UV := .tools/bin/uv
PY := .venv/bin/python
MANAGE := $(PY) manage.py
# What `check --deploy` needs to load the settings of production; nothing is connected to.
PRODUCTION := DJANGO_SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	DJANGO_ALLOWED_HOSTS=alliances.example \
	SECURITY_CONTACT=mailto:securite@alliances.example \
	DATABASE_URL=postgres://alliances:unused@127.0.0.1:5432/alliances \
	REDIS_URL=redis://127.0.0.1:6379/0 \
	EMAIL_HOST=smtp.example EMAIL_FROM=nepasrepondre@alliances.example

.DEFAULT_GOAL := help
.PHONY: help install demo test check format bench seed matrix screenshots lock

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

$(UV):
	@echo "Préparation des outils dans .tools…"
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' \
		|| { echo "Python 3.11 ou 3.12 est nécessaire ; indiquez-le : make PYTHON=/chemin/python3.11" >&2; exit 1; }
	@rm -rf .tools
	@$(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

# Made once, and again when its interpreter has gone; what is in it follows the lock.
.PHONY: venv
venv: $(UV)
	@test -x $(PY) || $(UV) venv -q --clear --python "$(PYTHON)" .venv

# Compiled once, rather than by each of the processes that the suite starts.
install: venv  ## the environment only, in .venv, from the lock file
	@$(UV) sync --frozen -q --compile-bytecode

.PHONY: install-demo
install-demo: venv
	@test -d .venv/lib/python3*/site-packages/django || echo "Installation des paquets dans .venv…"
	@$(UV) sync --frozen -q --no-dev --inexact

demo: install-demo  ## everything, from a bare clone to a running site (ARGS=--check: start, ask, stop)
	@exec $(MANAGE) demo $(ARGS)

# One process for each core, no more than four: the server of the suite takes a hundred
# connections, and a race takes up to fifty. ARGS=-n0 keeps to one process.
ON_EACH_CORE = $(if $(filter 1,$(shell nproc 2>/dev/null)),,-n auto --maxprocesses=4 --dist worksteal)

test: install  ## the whole suite, on every core (ARGS= is given to pytest)
	@exec $(PY) -m pytest $(ON_EACH_CORE) $(ARGS)

check: install  ## format, style, templates, types, layers, migrations, deployment, lock
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m djlint --quiet --check --lint templates
	$(PY) -m mypy
	.venv/bin/lint-imports
	DJANGO_SETTINGS_MODULE=config.settings.test $(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(PY) -W error manage.py check --deploy --fail-level WARNING --settings=config.settings.production
	$(PY) .ci/check_lock.py

format: install  ## rewrite code and templates the way `make check` wants them
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PY) -m djlint --quiet --reformat templates

bench: install  ## measure, print the tables, write var/bench.json
	@exec $(PY) -m benchmarks $(ARGS)

seed: install-demo  ## a synthetic population of N organisations (make seed N=20000)
	@test -n "$(N)" || { echo "Indiquez le nombre d’organisations : make seed N=20000" >&2; exit 2; }
	@exec $(MANAGE) seed $(N) $(ARGS)

matrix: install  ## the long security, race and chaos suites
	@exec $(PY) -m pytest $(ON_EACH_CORE) -m slow $(ARGS)

screenshots: install  ## take the pictures of the README and of the guide again
	@exec $(PY) -m pytest tests/e2e/take_screenshots.py tests/e2e/take_guide_pictures.py $(ARGS)

lock: $(UV)  ## resolve the dependencies again, from the public index only
	env -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_INDEX $(UV) lock
	$(UV) export --frozen -q --no-dev --format requirements-txt --no-header --output-file requirements.txt
