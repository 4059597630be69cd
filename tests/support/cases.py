"""Cases of a parametrised test, of which `make test` tries the first few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def rest_long(cases: Iterable[Any], short: int = 1) -> list[Any]:
    """Leave all cases but the first few to the long tests; a case of several arguments is a tuple of them."""
    cases = list(cases)
    long = [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long) for case in cases[short:]
    ]
    return [*cases[:short], *long]
