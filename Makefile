# make            set up and build the publication into build/
# make watch      the pages in a browser, built again at each save
# make summary    the short edition
# make web        the web edition, into build/web/
# make epub       the EPUB, build/report.epub
# make proofs     a copy for each company's approval
# make test       set up and run the tests, but for the long ones
# make test-all   run every test
# make browser    install Chromium and Java, which the long tests need, where that is allowed
# make soak       a thousand random publications, typeset and read back, and new examples for every property
# make check      lint, types, and the content's own checks
# make bench      how long building takes, beside an older commit, plain WeasyPrint and Typst (takes an hour)
# make lock       write requirements/ anew from pyproject.toml
# make docs       docs/checks.md, from the docstrings of the rules
# make letters    press/typefaces/, the letters that the typefaces lack
# make pictures   the page pictures that README.md shows
# make clean      remove what was built and the cache (`build.py clean`: the cache alone); `make distclean` also the
#                 environment

PYTHON ?= python3
INSIDE := .venv/bin/python

.PHONY: all report watch summary web epub proofs check test test-all browser soak bench lock docs letters pictures clean distclean
all: report

# Builds an edition unless nothing that it is made from is newer than the last build's beginning: what is saved while a
# build runs is built the next time. Of the engine's folders only the files count, as Python keeps things of its own there.
define edition
@if [ -f build/$(1).pdf ] && [ -f build/.$(1) ] && \
	[ -z "$$(find content figures templates $(wildcard fonts theme.yaml) -newer build/.$(1) | head -n 1)" ] && \
	[ -z "$$(find build.py .venv/set-up-build press -type f ! -name '*.pyc' -newer build/.$(1) | head -n 1)" ]; \
then echo "build/$(1).pdf is up to date"; \
else mkdir -p build && touch build/.$(1).begun && $(INSIDE) build.py $(1) && mv build/.$(1).begun build/.$(1); fi
endef

report: .venv/set-up-build
	$(call edition,report)

watch: .venv/set-up-build
	$(INSIDE) build.py watch --open

summary: .venv/set-up-build
	$(call edition,summary)

web: .venv/set-up-build
	$(INSIDE) build.py web

epub: .venv/set-up-build
	$(INSIDE) build.py epub

proofs: .venv/set-up-build
	$(INSIDE) build.py proof --all

test: .venv/set-up-dev
	$(INSIDE) -m pytest -n auto --dist loadgroup -m "not long"

test-all: .venv/set-up-dev browser
	$(INSIDE) -m pytest -n auto --dist loadgroup

browser:
	$(PYTHON) tools/set_up.py browser

soak: .venv/set-up-dev
	$(INSIDE) -m pytest -n auto tests/whole/test_nothing_lost.py --publications 1000
	$(INSIDE) -m pytest -n auto -m hypothesis --hypothesis-profile new

bench: .venv/set-up-bench browser
	$(INSIDE) benchmarks/building.py

check: .venv/set-up-dev
	$(INSIDE) -m ruff check .
	$(INSIDE) -m ruff format --check .
	$(INSIDE) -m mypy press figures build.py tools
	$(INSIDE) build.py check
	$(INSIDE) build.py schema --check

.venv/set-up-build: requirements/build.txt tools/set_up.py
	$(PYTHON) tools/set_up.py build

.venv/set-up-dev: requirements/dev.txt tools/set_up.py
	$(PYTHON) tools/set_up.py dev

.venv/set-up-bench: requirements/bench.txt tools/set_up.py
	$(PYTHON) tools/set_up.py bench

lock: .venv/set-up-dev
	$(INSIDE) -m pip install --quiet uv==0.13.8
	$(INSIDE) -m uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-header --no-annotate \
		pyproject.toml --group watch -o requirements/build.txt
	$(INSIDE) -m uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-header --no-annotate \
		-c requirements/build.txt pyproject.toml --group watch --group dev -o requirements/dev.txt
	$(INSIDE) -m uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-header --no-annotate \
		-c requirements/dev.txt pyproject.toml --group watch --group dev --group bench -o requirements/bench.txt

docs: .venv/set-up-dev
	$(INSIDE) -m tools.manual

letters: .venv/set-up-dev
	$(INSIDE) -m tools.letters

pictures: .venv/set-up-dev browser
	$(INSIDE) build.py report
	$(INSIDE) tools/pictures.py

clean:
	rm -rf build .cache

distclean: clean
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
