"""What every test may ask for."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from support.cases import rest_long
from support.drawings import blank
from support.projects import Project, small_project

if TYPE_CHECKING:
    from support.built import Full, Publish
    from support.pdf import Built

# The first example of a property may have to import a parser; a slow machine is no fault. The examples are the same
# each time, so that no change is refused for what it has no part in; `make soak` looks for new ones.
settings.register_profile("same", parent=settings(), deadline=None, derandomize=True)
settings.register_profile("new", parent=settings(), deadline=None)
settings.load_profile("same")


MENDED = "mended upstream"


def pytest_addoption(parser: pytest.Parser) -> None:
    how_many = "how many random publications must lose nothing (`make soak` tries 1000)"
    parser.addoption("--publications", type=int, default=200, metavar="NUMBER", help=how_many)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each random publication a test of its own, named by its seed; those over `SHORT_SET` are long tests."""
    if "seed" in metafunc.fixturenames:
        seeds = range(metafunc.config.getoption("--publications"))
        metafunc.parametrize("seed", rest_long(seeds, metafunc.module.SHORT_SET), ids="seed-{}".format)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave the tests of most publications to the long ones."""
    from support.built import is_long  # as below

    group = item.get_closest_marker("xdist_group")
    if group is not None and is_long(group.args[0]):
        item.add_marker(pytest.mark.long)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a group in one process.

    pytest-xdist 3.8 writes the group into a name that pytest 9.2 no longer reads, so that what a group shares was built
    in each process. To be deleted with https://github.com/pytest-dev/pytest-xdist/issues/1386.
    """
    for item in items:
        if hasattr(item, "_nodeid"):
            item._id = type(item._id).parse(item._nodeid)


Mended = Callable[[bool, str], None]


@pytest.fixture
def mended(record_property: Callable[[str, object], None]) -> Mended:
    """Report, if so, that somebody else's fault has been mended and what of ours can go; it fails no test."""

    def tell(is_mended: bool, what: str) -> None:
        if is_mended:
            record_property(MENDED, what)

    return tell


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the faults of libraries that are mended on this machine."""
    properties = [each for report in terminalreporter.stats.get("passed", ()) for each in report.user_properties]
    for what in sorted({str(value) for name, value in properties if name == MENDED}):
        terminalreporter.line(f"{MENDED}: {what}")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small publication of its own to a test."""
    return small_project(tmp_path / "publication")


@pytest.fixture
def nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds of this process draw blank figures, without running their scripts."""
    monkeypatch.setattr("press.compose.parts.draw_all", blank)


@pytest.fixture(scope="session")
def full_report() -> Full:
    """Build the publication of this repository, once."""
    from support.built import build_full  # only few tests need what is slow to import

    return build_full()


@pytest.fixture(scope="session")
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Publish:
    """Build the publication of a feature, a short edition of it, or that of this repository (`study`), each once."""
    from support.built import build_feature

    built: dict[str, Built] = {}

    def once(feature: str) -> Built:
        if feature == "study":
            return request.getfixturevalue("full_report")
        if feature not in built:
            built[feature] = build_feature(tmp_path_factory.mktemp("reports"), feature, once)
        return built[feature]

    return once


def pytest_collection_finish() -> None:
    """Leave what has been collected out of every later search for garbage: it is much, and it stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
