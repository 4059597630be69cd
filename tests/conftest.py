"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from projects import Project, small_project

# The first example of a property may have to import a parser; a slow machine is no fault.
settings.register_profile("patient", parent=settings(), deadline=None)
settings.load_profile("patient")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small publication of its own to a test."""
    return small_project(tmp_path / "publication")
