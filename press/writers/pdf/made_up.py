"""A part laid out as its content has it, and, if its pages fill better so, with what moves standing elsewhere.

The first layout is measured; `press.writers.pdf.makeup` chooses by that where things are to stand, and only its choice
is laid out. It stands if, on the pages that came out, it costs less than the content's order, and never with more pages
than that. Nothing but the part, its style sheet and its fonts has a say.
"""

from __future__ import annotations

from collections.abc import Mapping

from press.document import Part
from press.writers.pdf.engine.boxes import root_element
from press.writers.pdf.layout import LaidOut, Layouter
from press.writers.pdf.makeup import choose, is_worth_it
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
    chosen = choose(measured)
    if chosen == measured.stands or not is_worth_it(measured, chosen):
        return plain
    places = iter(chosen)
    order = [None if index in stay else next(places) for index in range(marked)]
    moved = layouter.lay_out(part, first_page, pages, order)
    if not is_whole(html, root_element(moved.rendered)):
        raise RuntimeError(f"moving what moves in {part.id!r} changed its text")
    now = flow_of(root_element(moved.rendered))
    assert now is not None  # it has what the other has  # noqa: S101
    return min((plain, found, flow), (moved, Found.on(moved, now), now), key=lambda each: cost_of(*each[1:]))[0]
