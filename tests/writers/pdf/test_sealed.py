"""Typesetting in a process of its own: what comes back, what a broken limit is told as, and that nothing is left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from support.pdf import Pdf, typeset_here
from support.projects import Project

import build
from press.cache import Cache
from press.document import Document
from press.errors import Place, Problem, TypesetError
from press.writers.pdf import sealed
from press.writers.pdf.kept import KIND
from press.writers.pdf.sealed import RULE, Limits, Typesetter

MakeDocument = Callable[..., Document]

ENDLESS = '<table><tr><td colspan="10000000">1</td></tr></table>'
"""WeasyPrint 70 lays this out column by column: it takes more time and memory than anybody has."""
GOOD_PDF = b"%PDF-1.7 the last good one"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems limit less")


@pytest.fixture
def endless(document: MakeDocument) -> Document:
    return document(("begynnelsen", "<p>Ord</p>"), ("bomben", ENDLESS), ("slutten", "<p>Ord</p>"))


def broken(document: Document, limits: Limits) -> tuple[Problem, list[str]]:
    """Typeset what breaks a limit; returns the problem and what had been laid out, and sees that the child is gone."""
    told: list[str] = []
    with Typesetter(limits, workers=1) as typesetter:
        child = child_of(typesetter)
        with pytest.raises(TypesetError) as caught:
            typesetter.typeset(document, told.append)
        made = typesetter.typeset(replace(document, parts=document.parts[:1])) if len(document.parts) > 1 else None
    assert made is None or made.page_count == 1, "what the typesetter is asked next, it makes"
    assert_gone(child)
    (problem,) = caught.value.problems
    return problem, told


def child_of(typesetter: Typesetter) -> int:
    child = typesetter._workers[0].pid()
    assert child is not None
    return child


def assert_gone(child: int) -> None:
    assert multiprocessing.active_children() == []
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


# What comes back.


def test_result_is_that_of_this_process_byte_for_byte(document: MakeDocument) -> None:
    made = document(("one", "<p>Side [slutt]</p>"), ("two", '<p id="slutt">Kommunesammenslåing</p>'))
    told: list[str] = []
    with Typesetter() as typesetter:
        result = typesetter.typeset(made, told.append)
    assert result == typeset_here(made)
    assert sorted(told) == ["one", "two"]


@pytest.mark.long
def test_problems_of_layout_come_back_as_they_were_found(document: MakeDocument) -> None:
    made = document(("start", '<p><a href="#borte">Dit</a></p>'), sheet="p { colour: red }")
    with pytest.raises(TypesetError) as here:
        typeset_here(made)
    with Typesetter() as typesetter:
        there = typesetter.typeset(made)
    assert there.problems == here.value.problems
    assert len(there.problems) == 2


@pytest.mark.long
def test_fault_of_the_engine_comes_back_with_its_traceback(
    document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nonsense(worker: sealed._Worker, job: sealed.Job) -> None:
        worker.job = job
        worker.connection.send(("part", ("no part", *job[1:])))

    monkeypatch.setattr(sealed._Worker, "give", nonsense)
    with Typesetter(workers=1) as typesetter, pytest.raises(RuntimeError, match="typesetting failed") as caught:
        typesetter.typeset(document(("one", "<p>A</p>")))
    assert "Traceback" in str(caught.value)
    assert "AttributeError" in str(caught.value)


# What is kept.


@pytest.mark.long
def test_next_document_is_made_by_the_same_children_and_only_what_changed(document: MakeDocument) -> None:
    one, two = ("one", "<p>Side [slutt]</p>"), ("two", '<p id="slutt">To</p>')
    with Typesetter() as typesetter:
        children = [worker.pid() for worker in typesetter._workers]
        first = typesetter.typeset(document(one, two))
        same = typesetter.typeset(document(one, two))
        changed = typesetter.typeset(document(one, ("two", '<p id="slutt">Tre</p>')))
        assert [worker.pid() for worker in typesetter._workers] == children
    assert [first.layouts, same.layouts, changed.layouts] == [2, 0, 1]
    assert same.pdf == first.pdf
    assert changed.pdf == typeset_here(document(one, ("two", '<p id="slutt">Tre</p>'))).pdf


@pytest.mark.long
def test_number_of_as_many_digits_is_filled_in_and_one_of_more_is_not(document: MakeDocument) -> None:
    reads, ends = ("one", "<p>Side [slutt]</p>"), '<p id="slutt">To</p>'
    with Typesetter() as typesetter:
        for pages, layouts in ((1, 2), (5, 1), (12, 2)):
            made = document(reads, ("two", "<p>Ord</p>|" * pages + ends))
            result = typesetter.typeset(made)
            assert (result.pdf, result.layouts) == (typeset_here(made).pdf, layouts)
            assert Pdf(result.pdf).words(1) == ["Side", str(pages + 2), "1"]


@pytest.mark.long
def test_what_stands_where_is_told_of_kept_parts_as_of_new_ones(document: MakeDocument) -> None:
    reads, ends = ("one", "<p>Side [slutt] og mer</p>"), '<p id="slutt">To <a href="#part-one">dit</a></p>'
    with Typesetter() as typesetter:
        for pages in (1, 1, 3, 9):
            made = document(("zero", "<p>Null</p>|" * (pages - 1) + "<p>Slutt</p>"), reads, ("two", ends))
            kept, new = typesetter.typeset(made, surveying=True), typeset_here(made, surveying=True)
            assert (kept.surveyed, kept.pages, kept.places) == (new.surveyed, new.pages, new.places)


@pytest.mark.long
def test_what_another_process_made_is_taken_from_the_cache(document: MakeDocument, tmp_path: Path) -> None:
    made = document(("one", "<p>Side [slutt]</p>"), ("two", '<p id="slutt">To</p>'))
    with Typesetter(cache=Cache(tmp_path)) as typesetter:
        first = typesetter.typeset(made)
    with Typesetter(cache=Cache(tmp_path)) as typesetter:
        again = typesetter.typeset(made)
    assert (again.pdf, again.layouts) == (first.pdf, 0)


def whys(typesetter: Typesetter, document: Document) -> dict[str, str]:
    """Typeset a document; returns of each thing that took its time why, and `!` behind what took none."""
    timings = typesetter.typeset(document).timings
    return {each.what: each.why + ("" if each.seconds else "!") for each in timings}


@pytest.mark.long
def test_each_part_is_told_to_be_kept_or_why_it_was_made(document: MakeDocument, tmp_path: Path) -> None:
    parts = (("a", "<p>Side [b]</p>"), ("b", '<p id="b">Ord</p>'))
    with Typesetter(cache=Cache(tmp_path), workers=1) as typesetter:
        first = whys(typesetter, document(*parts))
        for shared in ("WeasyPrint imported, the style sheet read", "link", "read back"):
            assert first.pop(shared) == ""
        assert first == {"a": "first time", "b": "first time"}
    with Typesetter(cache=Cache(tmp_path), workers=1) as typesetter:
        assert whys(typesetter, document(*parts)) == {"a": "kept!", "b": "kept!", "link": "", "read back": ""}
        found = whys(typesetter, document(parts[0], ("b", '<p id="b">Andre ord</p>')))
        assert (found["a"], found["b"]) == ("kept!", "new text")
        found = whys(typesetter, document(*parts, sheet="p { color: #123456 }"))
        assert (found["a"], found["b"]) == ("the style sheet", "new text, the style sheet")
    for entry in tmp_path.glob(f"{KIND}.*"):
        entry.unlink()
    with Typesetter(cache=Cache(tmp_path), workers=1) as typesetter:
        found = whys(typesetter, document(*parts, sheet="p { color: #123456 }"))
        assert (found["a"], found["b"]) == ("what was kept of it is gone",) * 2


@pytest.mark.long
def test_part_that_is_made_again_for_a_longer_number_is_told_so(document: MakeDocument) -> None:
    pages = '<p style="break-after: page">Ord</p>' * 110
    made = document(("a", "<p>Side [b]</p>"), ("c", pages), ("b", '<p id="b">Ord</p>'))
    with Typesetter(workers=1) as typesetter:
        of_a = [each.why for each in typesetter.typeset(made).timings if each.what == "a"]
    assert of_a[0] == "nothing is kept without a cache"
    assert of_a[1:] == ["a number of another length"]


@pytest.mark.long
def test_document_that_anything_is_wrong_with_leaves_nothing_in_the_cache(
    document: MakeDocument, tmp_path: Path
) -> None:
    wrong = document(("one", "<p>En</p>"), ("two", '<p><a href="#borte">Dit</a></p>'))
    with Typesetter(cache=Cache(tmp_path)) as typesetter:
        assert typesetter.typeset(wrong).problems
    assert list(tmp_path.glob(f"{KIND}.*")) == []


@pytest.mark.long
def test_two_at_once_do_not_touch_each_other(document: MakeDocument) -> None:
    with Typesetter() as first, Typesetter() as second:
        one = first.typeset(document(("one", "<p>Første</p>")))
        two = second.typeset(document(("two", "<p>Andre</p>")))
    assert Pdf(one.pdf).words(1) == ["Første", "1"]
    assert Pdf(two.pdf).words(1) == ["Andre", "1"]


# Limits.


@pytest.mark.long
def test_more_processor_time_than_allowed_is_a_problem_that_names_where_it_came_to(endless: Document) -> None:
    problem, _ = broken(endless, Limits(cpu_s=4))
    what = "laying out the document takes more than 4 seconds of processor time; it had come to «bomben»"
    assert problem.what == what
    assert problem.rule == RULE
    assert "deeply nested" in problem.mend


@pytest.mark.long
def test_more_time_than_allowed_is_a_problem_that_names_where_it_came_to(endless: Document) -> None:
    started = time.monotonic()
    problem, _ = broken(endless, Limits(wall_s=5))
    assert problem.what == ("laying out the document takes more than 5 seconds; it had come to «bomben»")
    assert time.monotonic() - started < 15


@pytest.mark.long
def test_more_memory_than_allowed_is_a_problem_that_names_where_it_came_to(endless: Document) -> None:
    problem, _ = broken(endless, Limits(memory_mib=500))
    assert problem.what.startswith("laying out the document needs more than 500 MiB of memory")
    assert problem.what.endswith("it had come to «bomben»")


@pytest.mark.long
def test_limit_that_is_broken_at_once_names_the_part(document: MakeDocument) -> None:
    problem, told = broken(document(("bomben", ENDLESS)), Limits(memory_mib=500))
    assert told == []
    assert problem.what.endswith("it had come to «bomben»")


@pytest.mark.long
@pytest.mark.parametrize(
    "deep",
    ["<ul><li>" * 200 + "Ord" + "</li></ul>" * 200, "<div>" * 2000 + "Ord" + "</div>" * 2000],
    ids=["lists", "boxes"],
)
def test_nesting_too_deep_for_layout_is_a_problem(document: MakeDocument, deep: str) -> None:
    problem, _ = broken(document(("start", deep)), Limits())
    assert problem == Problem(
        Place("content"), RULE, "the document is nested too deeply to be laid out", "flatten its lists"
    )


@pytest.mark.long
def test_child_that_is_killed_from_without_is_a_problem(endless: Document) -> None:
    def kill_after_the_first_part(_: str) -> None:
        os.kill(child_of(typesetter), signal.SIGKILL)

    with Typesetter() as typesetter, pytest.raises(TypesetError, match="it had come to «bomben»"):
        typesetter.typeset(endless, kill_after_the_first_part)


@pytest.mark.long
def test_broken_limit_leaves_the_last_good_pdf(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    template = "{{ block.text|prose }}" + ENDLESS
    project.write("build/report.pdf", GOOD_PDF).write("templates/blocks/text.html.j2", template)
    monkeypatch.setattr(sealed, "Typesetter", partial(Typesetter, Limits(memory_mib=500)))
    assert build.main(["report", "--quiet", "--project", str(project.folder)]) == build.TO_MEND
    assert "needs more than 500 MiB of memory" in capsys.readouterr().out
    assert [path.name for path in (project.folder / "build").iterdir()] == ["report.pdf"]
    assert (project.folder / "build/report.pdf").read_bytes() == GOOD_PDF
    assert multiprocessing.active_children() == []


# What is left.


def test_child_that_was_given_nothing_ends_with_its_owner() -> None:
    with Typesetter() as typesetter:
        child = child_of(typesetter)
    assert_gone(child)


def test_child_ends_when_its_owner_fails() -> None:
    typesetter = Typesetter()
    child = child_of(typesetter)
    with pytest.raises(ZeroDivisionError), typesetter:
        1 / 0  # noqa: B018 - as a figure's script might, while the child waits
    assert_gone(child)


@pytest.mark.long
def test_interrupt_is_the_owners_to_answer(document: MakeDocument) -> None:
    def interrupt_the_child(_: str) -> None:
        os.kill(child_of(typesetter), signal.SIGINT)

    with Typesetter() as typesetter:
        result = typesetter.typeset(document(("one", "<p>A</p>"), ("two", "<p>B</p>")), interrupt_the_child)
    assert result.page_count == 2


@pytest.mark.long
def test_nothing_is_left_in_the_folder_for_temporary_files(
    document: MakeDocument, endless: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Regression test: WeasyPrint unpacks fonts into a folder there, which each child left behind when it was ended."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Typesetter() as typesetter:
        typesetter.typeset(document(("one", "<p>A</p>")))
    assert list(tmp_path.iterdir()) == []
    broken(endless, Limits(memory_mib=500))
    assert list(tmp_path.iterdir()) == []
