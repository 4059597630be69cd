"""A part laid out as its content has it, and, if its pages fill better so, with what moves standing elsewhere.

The first layout is measured; `press.writers.pdf.makeup` chooses by that where things are to stand, and only its choice
is laid out. It stands if, on the pages that came out, it costs less than the content's order, and never with more pages
than that. Nothing has a say but the part, its style sheet, its fonts and the side that it begins on, left or right.
Where that makes a difference the part is said to be `sided`: it is made anew if those before it grow by a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from press.document import Part
from press.writers.pdf.engine.boxes import root_element
from press.writers.pdf.layout import LaidOut, Layouter
from press.writers.pdf.makeup import SIDES, Measured, choose, is_worth_it
from press.writers.pdf.measured import Found, cost_of, measure
from press.writers.pdf.movable import flow_of, is_whole, keep


def lay_out_well(layouter: Layouter, part: Part, first_page: int, pages: Mapping[str, int]) -> LaidOut:
    """Lay a part out with what moves where its pages fill best."""
    plain = layouter.lay_out(part, first_page, pages)
    if len({(page.width, page.height) for page in plain.rendered.pages}) > 1:
        return plain  # pages that lie on their side have another height, which no plan here counts with
    html = root_element(plain.rendered)
    flow = flow_of(html)
    if flow is None:
        return plain
    found = Found.on(plain, flow)
    # What is longer than a page goes on from page to page as text does.
    stay = {index for index, element in enumerate(flow.moving) if found.is_divided(element)}
    marked = len(flow.moving)
    keep(html, stay)
    if stay and (flow := flow_of(html)) is None:
        return plain
    measured = measure(found, flow)
    side = first_page % 2
    decided = _decided(measured)
    chosen = decided[side]
    if chosen is None:
        return replace(plain, sided=decided[0] != decided[1])
    places = iter(chosen)
    order = [None if index in stay else next(places) for index in range(marked)]
    moved = layouter.lay_out(part, first_page, pages, order)
    if not is_whole(html, root_element(moved.rendered)):
        raise RuntimeError(f"moving what moves in {part.id!r} changed its text")
    now = flow_of(root_element(moved.rendered))
    assert now is not None  # it has what the other has  # noqa: S101
    found_now = Found.on(moved, now)
    best = [moved if cost_of(found_now, now, each) < cost_of(found, flow, each) else plain for each in SIDES]
    return replace(best[side], sided=decided[0] != decided[1] or best[0] is not best[1])


def _decided(measured: Measured) -> list[tuple[int, ...] | None]:
    """Give the order in which a part is to be laid out once more, for either of SIDES; None if the content's stands."""
    return [
        order if order != measured.stands and is_worth_it(measured, order, side) else None
        for side, order in zip(SIDES, choose(measured), strict=True)
    ]
