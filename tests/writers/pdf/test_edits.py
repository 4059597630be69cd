"""Edit after edit: what is made with all that was kept is, byte for byte, what is made from nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.drafts import Draft
from support.incremental import assert_as_if_clean, assert_whole, same

from press.cache import Cache
from press.writers.pdf.sealed import Typesetter

EDITS = 20
SEQUENCES = 16


@pytest.mark.parametrize("sequence", [pytest.param(n, marks=pytest.mark.long) for n in range(SEQUENCES)])
def test_every_edit_gives_what_a_clean_build_gives(sequence: int, tmp_path: Path) -> None:
    done, said = [], 0
    draft, other = Draft(sequence), Draft(1000 + sequence)
    with Typesetter(cache=Cache(tmp_path), workers=1) as typesetter:
        for number in range(1, EDITS + 1):
            done.append(draft.edit())
            made = assert_as_if_clean(typesetter, draft.document())
            if number % 10 == 0:
                said += 0 if made.problems else assert_whole(made)
                # Another document with the same typesetter, in turn with this one.
                other.edit()
                assert_as_if_clean(typesetter, other.document())
    assert said > 0 or made.problems, done


@pytest.mark.parametrize("number", [pytest.param(n, marks=pytest.mark.long) for n in range(2)])
def test_workers_and_what_is_kept_where_do_not_change_a_byte(number: int, tmp_path: Path) -> None:
    draft = Draft(number)
    for _ in range(12):
        draft.edit()
    document = draft.document()
    results = []
    for workers in (1, 2, 3):
        folder = tmp_path / str(workers)
        for _ in ("cold", "from the disk"):
            with Typesetter(cache=Cache(folder), workers=workers) as typesetter:
                results += [typesetter.typeset(document, surveying=True), typesetter.typeset(document, surveying=True)]
    assert [same(each, results[0]) for each in results] == [[]] * 12
    assert {each.layouts for each in results[2:4]} == {0}


def test_few_edits_give_what_clean_builds_give(tmp_path: Path) -> None:
    draft = Draft(1)
    with Typesetter(cache=Cache(tmp_path), workers=1) as typesetter:
        for edit in (draft.change_block, draft.add_part, draft.shift, draft.undo):
            edit()
            made = assert_as_if_clean(typesetter, draft.document())
    assert assert_whole(made) > 0
