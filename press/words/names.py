"""Names that a publication knows: those that stand where names stand, in its settings, lists and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Place

WORD = re.compile(r"[^\W\d_]{2,}")


class Known(NamedTuple):
    """A name, and where it is written down."""

    name: str
    place: Place


def known_names(report: Report) -> Iterator[Known]:
    """Yield the names that stand in the settings, among the names that no line divides, and in the sources."""
    settings = report.settings
    own: list[Located | None] = [settings.publisher]
    own += [each for author in settings.authors for each in (author.name, author.affiliation)]
    own += [settings.series.name] if settings.series else []
    listed = [*(name for name in own if name is not None), *report.undivided]
    yield from (Known(" ".join(str(name).split()), name.place) for name in listed)
    yield from written_by(report)


def written_by(report: Report) -> Iterator[Known]:
    """Yield who wrote the publication and its sources: persons by their family names, organisations whole."""
    yield from (Known(str(author.name), author.name.place) for author in report.settings.authors)
    for source in report.sources.entries.values() if report.sources is not None else ():
        for role in ("author", "editor"):
            for person in source.data.get(role, ()):
                name = person.get("literal") or person.get("family")
                if isinstance(name, str):
                    yield Known(name, source.place)
