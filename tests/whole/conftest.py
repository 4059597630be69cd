"""What tests of threats share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from support.hostile import Build, Outside, laid_out, outcome, patience


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    with laid_out(tmp_path_factory.mktemp("etc")) as outside:
        yield outside


@pytest.fixture
def go(outside: Outside, capsys: pytest.CaptureFixture[str]) -> Build:
    """Build a publication as far as composed HTML, and see to what holds of every case."""
    return partial(outcome, capsys=capsys, outside=outside)


@pytest.fixture
def within_patience() -> Iterator[None]:
    with patience():
        yield
