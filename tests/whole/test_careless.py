"""Files as careless editors write them: each slip is told at its file and line, or printed as it is meant.

A slip of `careless` is put into a section of a random publication. Either `check` tells of something at its line that
it did not tell of before, or the publication composes to the very HTML that it composed to before (which
`test_nothing_lost` holds against the content): no traceback, no problem elsewhere in its place, no change in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest
from support.careless import HARMLESS, SLIPS, Slipped, all_slips
from support.pdf import publish
from support.projects import Project
from support.publications import Publication

from press.compose.parts import compose
from press.editions.edition import FULL
from press.errors import Problem, ReportError

pytestmark = pytest.mark.usefixtures("nothing_is_drawn")

A_SEED = 5
"""How many slips a random publication is tried with."""
SHORT_SET = 8
"""How many publications `make test` tries; in twenty each slip is tried once."""
_PLACES = re.compile(r' data-at="[^"]*"|<code[^>]*>[^<]*</code>|[0-9a-f]{12}')


def html(project: Project) -> list[str]:
    """Compose a publication; leaves out where things stand in its files, and their fingerprint."""
    return [_PLACES.sub("", part.html) for part in compose(project.load(), FULL).parts]


def slipped(publication: Publication, folder: Path, name: str, random: Random) -> Iterator[tuple[str, Slipped]]:
    """Yield one file of a publication after a slip, the first that has room for it."""
    slip = dict(all_slips())[name]
    for section in random.sample(publication.sections, len(publication.sections)):
        file = f"content/{section.id}.yaml"
        lines = (folder / file).read_text(encoding="utf-8").split("\n")
        if (found := slip(lines, random)) is not None:
            yield file, found
            return


def told(problems: Iterable[Problem], before: Iterable[Problem], file: str, slip: Slipped) -> bool:
    """Tell whether something is said of the slip's line that was not said before."""
    counts = Counter((problem.rule, problem.what) for problem in problems)
    counts.subtract((problem.rule, problem.what) for problem in before)
    return any(
        problem.place.file == file
        and (slip.lines is None or problem.place.line in slip.lines)
        and counts[problem.rule, problem.what] > 0
        for problem in problems
    )


def told_by_build(project: Project, file: str, slip: Slipped) -> bool:
    """Tell whether layout refuses what nothing refused before it, and names the slip's line."""
    try:
        publish(project.folder)
    except ReportError as error:
        return told(error.problems, [], file, slip)
    return False


def test_slips_are_told_at_their_lines_or_printed_as_they_are_meant(seed: int, tmp_path: Path) -> None:
    random = Random(f"careless {seed}")
    publication = Publication(seed)
    publication.write(tmp_path)
    project = Project(tmp_path)
    before, printed = project.problems(), html(project)
    names = [name for name, _ in all_slips()]
    start = seed * A_SEED % len(names)
    for name in [*names, *names][start : start + A_SEED]:
        for file, slip in slipped(publication, tmp_path, name, random):
            good = (tmp_path / file).read_bytes()
            project.write(file, slip.data)
            after = project.problems()
            if not told(after, before, file, slip):
                assert [str(problem) for problem in after if problem.severity == "error"] == [], name
                assert html(project) == printed or told_by_build(project, file, slip), name
            project.write(file, good)


def test_slips_are_many() -> None:
    assert len(SLIPS) > 80
    assert len(HARMLESS) > 10
