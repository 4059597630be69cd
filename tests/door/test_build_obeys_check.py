"""A build obeys what `check` comes to: what a publication may switch off, nothing trips over afterwards.

Each bad case of each rule, with the rule switched off. Either that cannot be, and both stop, or all is built.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from support.cases import rest_long
from support.pdf import typeset_here
from support.projects import SECTION_FILE, Project

import build
from press import checks
from press.document import Document
from press.figures import Drawing
from press.writers.pdf import sealed
from press.writers.pdf.typeset import Typeset

CASES = sorted((Path(__file__).resolve().parent.parent / "checks").glob("*/bad-*.yaml"))
FIRST = [case for before, case in pairwise([Path(), *CASES]) if case.parent != before.parent]
"""The first bad case of each rule."""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="40mm" viewBox="0 0 100 40"/>'


def set_by(monkeypatch: pytest.MonkeyPatch, set_: Callable[..., Typeset]) -> None:
    monkeypatch.setattr(sealed, "Typesetter", lambda cache: nullcontext(SimpleNamespace(typeset=set_)))


def not_set(document: Document, *_: object, **__: object) -> Typeset:
    """Say that every id of the document stands on page 7, and set nothing."""
    ids = [piece.partition('"')[0] for part in document.parts for piece in part.html.split(' id="')[1:]]
    return Typeset(b"%PDF-1.7 set", dict.fromkeys(ids, 7), {}, 1, 1)


def drawn(_: Path, wanted: Iterable[str], *__: object) -> dict[str, Drawing]:
    return dict.fromkeys(wanted, Drawing(SVG, 100, 40))


def assert_obeys(case: Path, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """See that check and every build of the case, with its rule switched off, come to the same."""
    rule = case.parent.name
    if case.with_suffix("").is_dir():
        shutil.copytree(case.with_suffix(""), project.folder, dirs_exist_ok=True)
    shutil.copy(case, project.folder / SECTION_FILE)
    settings = project.folder / "content/report.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\nchecks:\n  {rule}: off\n", encoding="utf-8")
    commands = ["check", "report", *(path.stem for path in project.folder.glob("content/editions/*.yaml"))]
    codes = {command: build.main([command, "--quiet", "--project", str(project.folder)]) for command in commands}
    expected = build.TO_MEND if rule in checks.NEEDED else build.DONE
    assert codes == dict.fromkeys(commands, expected), capsys.readouterr().out


@pytest.mark.parametrize(
    "case",
    rest_long([*FIRST, *(case for case in CASES if case not in FIRST)], len(FIRST)),
    ids=lambda case: f"{case.parent.name}/{case.stem}",
)
def test_build_stops_where_check_does_whatever_is_switched_off(
    case: Path, project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Regression test: with `references-known: off` check found nothing, and the build stopped in a template."""
    monkeypatch.setattr("press.compose.parts.draw_all", drawn)
    set_by(monkeypatch, not_set)
    assert_obeys(case, project, capsys)


@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_layout_does_without_what_is_switched_off(
    case: Path, project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("press.compose.parts.draw_all", drawn)
    set_by(monkeypatch, typeset_here)
    assert_obeys(case, project, capsys)
