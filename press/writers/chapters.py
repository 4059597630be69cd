"""What media without pages of a size share: a file for each chapter, and the packages that their bytes depend on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from press.content.report import Section


def openings(root: Section) -> Iterator[tuple[str, str, Mapping[str, Section]]]:
    """Give each chapter a file."""
    yield "section", root.id, {"section": root}


def with_versions(packages: Sequence[str]) -> str:
    """Name packages with their versions."""
    return ", ".join(f"{name} {version(name)}" for name in packages)
