"""Where boxes come to stand: chosen by heights, laid out, and read in the order in which they are printed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from support.incremental import assert_as_if_clean, assert_conforms
from support.pdf import typeset_here
from support.structure import said, tree

from press.cache import Cache
from press.document import Document
from press.writers.pdf import makeup
from press.writers.pdf.makeup import Brick, Measured, Sheet, _Page, is_worth_it
from press.writers.pdf.movable import flow_of, is_whole, keep, move
from press.writers.pdf.sealed import Typesetter

MakeDocument = Callable[..., Document]

# What is chosen.


LEFT, RIGHT = makeup.SIDES


def choose(m: Measured, side: int = RIGHT) -> tuple[int, ...]:
    return makeup.choose(m)[side]


def measured(
    heights: list[int], boxes: list[int], belongs: list[int], *, page: int = 40, sections: list[int] | None = None
) -> Measured:
    """Make paragraphs of so many lines, and boxes that stand at the end; a paragraph keeps two lines together."""
    bricks: list[Brick] = []
    for atom, lines in enumerate(heights):
        parts = [lines] if lines < 4 else [2, *[1] * (lines - 4), 2]
        bricks += [Brick(height, atom=atom) for height in parts]
    count = len(heights)
    moving = tuple(Brick(height, before=1, after=1) for height in boxes)
    opens = (False, *[True] * count)
    stands, home = (count,) * len(boxes), tuple(belongs)
    order = (stands, home, (0,) * len(boxes), stands)
    rows = (0,) * len(boxes)
    return Measured(Sheet(page), tuple(bricks), moving, *order, opens, tuple(sections or [0] * count), rows)


def pages(m: Measured, after: tuple[int, ...]) -> list[list[str]]:
    """Fill pages as layout does; gives what stands on each: `p3` for a paragraph, `b0` for a box."""
    row: list[tuple[str, Brick]] = []
    for index in range(len(m.bricks) + 1):
        atom = next((n for n, first in enumerate(m.first_brick) if first == index), None)
        row += [(f"b{n}", m.moving[n]) for n, place in enumerate(after) if place == atom]
        row += [(f"p{m.bricks[index].atom}", m.bricks[index])] if index < len(m.bricks) else []
    filled: list[list[str]] = [[]]
    down = below = 0.0
    for name, brick in row:
        top = down + max(below, brick.before) if down else 0.0
        if down and top + brick.height > m.sheet.height:
            filled.append([])
            top = 0.0
        down, below = top + brick.height, brick.after
        filled[-1].append(name)
    return [list(dict.fromkeys(names)) for names in filled]


def page_of(filled: list[list[str]], name: str) -> int:
    return next(number for number, names in enumerate(filled) if name in names)


def allowed(m: Measured) -> Iterator[tuple[int, ...]]:
    """Yield the orders in which no box stands on an earlier page than what it belongs to."""
    for after in combinations_with_replacement(range(1, len(m.opens)), len(m.moving)):
        filled = pages(m, after)
        if all(page_of(filled, f"b{n}") >= page_of(filled, f"p{home}") for n, home in enumerate(m.belongs)):
            yield after


@pytest.mark.parametrize("case", range(25))
def test_no_order_that_may_be_has_fewer_pages_than_the_one_chosen(case: int) -> None:
    chance = random.Random(case)
    heights = [chance.randint(1, 14) for _ in range(chance.randint(3, 11))]
    boxes = [chance.randint(5, 25) for _ in range(chance.randint(1, 3))]
    homes = sorted(chance.randrange(len(heights)) for _ in boxes)
    m = measured(heights, boxes, homes)
    chosen = choose(m)
    assert chosen in set(allowed(m)), "a box stands before what it belongs to"
    assert list(chosen) == sorted(chosen)
    assert len(pages(m, chosen)) == min(len(pages(m, after)) for after in allowed(m))


def test_box_stands_right_after_what_it_belongs_to_where_it_fits() -> None:
    assert choose(measured([6, 6, 6, 6, 6, 6], [10], [1])) == (2,)


def test_text_after_a_box_that_does_not_fit_fills_the_page_before_it() -> None:
    m = measured([32, 8, 8, 8], [15], [0])
    assert pages(m, (1,))[0] == ["p0"]
    assert pages(m, choose(m)) == [["p0", "p1"], ["b0", "p2", "p3"]]


def test_boxes_keep_their_order_and_share_the_pages_of_their_text() -> None:
    m = measured([10] * 7, [12, 12, 12], [0, 2, 5])
    filled = pages(m, choose(m))
    assert all({f"b{n}", f"p{home}"} <= set(filled[page_of(filled, f"b{n}")]) for n, home in enumerate(m.belongs))


def test_box_comes_no_earlier_than_it_may() -> None:
    m = measured([10, 10, 10, 10, 10], [10], [4])
    assert choose(replace(m, earliest=(5,))) == (5,)


def test_box_stays_in_the_section_of_what_it_belongs_to() -> None:
    m = measured([10, 10, 4, 4, 4], [10], [1], sections=[0, 0, 1, 1, 1])
    assert choose(m) == (2,)


def test_content_order_stands_where_the_search_would_be_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(makeup, "MOST_STEPS", 20)
    m = measured([6] * 9, [10], [1])
    assert choose(m) == m.stands


def test_what_is_to_go_no_lower_stands_at_the_head_of_the_next_page_if_need_be() -> None:
    m = replace(measured([32, 8, 8, 8], [15], [0]), latest=(1,))
    assert pages(m, choose(m)) == [["p0"], ["b0", "p1", "p2", "p3"]]


def test_what_begins_a_page_of_its_own_lets_text_fill_the_page_before_it() -> None:
    m = measured([20, 9, 9, 9, 9], [38], [0])
    alone = replace(m, moving=(replace(m.moving[0], alone=True),), stands=(1,))
    assert choose(alone) == (3,)


def test_boxes_keep_their_order_and_so_do_figures_but_a_box_does_not_wait_for_a_figure() -> None:
    m = measured([10] * 8, [8, 8, 8, 8], [6, 0, 7, 1])
    m = replace(m, rows=(1, 0, 1, 0))
    chosen = choose(m)
    assert chosen[0] <= chosen[2]
    assert chosen[1] <= chosen[3]
    assert [page_of(pages(m, chosen), f"b{n}") for n in range(4)] == [2, 0, 2, 0]


def test_part_is_laid_out_anew_for_what_is_seen_and_not_for_a_line() -> None:
    m = replace(measured([4, 4, 4, 4], [5], [0]), stands=(2,))
    assert choose(m) == (1,)
    assert not is_worth_it(m, (1,), RIGHT), "on one page it stands as it is written"
    far = measured([10] * 8, [8], [0])
    assert is_worth_it(far, choose(far), RIGHT)


def test_box_does_not_stand_alone_on_a_last_page() -> None:
    m = measured([10, 10, 10, 9], [12], [3])
    assert pages(m, choose(m)) == [["p0", "p1", "p2"], ["b0", "p3"]]


def test_two_boxes_do_not_tint_a_page_where_one_may_stand_on_the_next() -> None:
    m = measured([4] * 16, [12, 12], [1, 1])
    assert page_of(pages(m, choose(m)), "b1") == 0
    tinted = replace(m, moving=tuple(replace(box, tint=box.height / m.sheet.height) for box in m.moving))
    assert len({page_of(pages(tinted, choose(tinted)), name) for name in ("b0", "b1")}) == 2


def test_box_that_splits_the_text_comes_on_the_next_page_only_if_that_faces_this_one() -> None:
    m = measured([14, 12, 11, 12], [18], [1])
    assert pages(m, choose(m, LEFT)) == [["p0", "p1", "p2", "p3"], ["p3", "b0"]]
    assert pages(m, choose(m, RIGHT)) == [["p0", "b0", "p1"], ["p1", "p2", "p3"]]


def test_what_stands_where_nothing_may_be_put_may_stay_there() -> None:
    m = measured([10, 10, 10], [10], [0])
    closed = replace(m, opens=(False, False, False, True), stands=(1,))
    assert choose(closed) == (1,)


def test_padding_that_weasyprint_counts_twice_is_left_free() -> None:
    brick = Brick(10, spare=2)
    assert _Page(28).with_brick(brick, Sheet(40)) is not None
    assert _Page(29).with_brick(brick, Sheet(40)) is None


@pytest.mark.long
def test_hundred_small_boxes_do_not_take_for_ever() -> None:
    m = measured([1] * 300, [1] * 100, [3 * n for n in range(100)])
    assert choose(m) == m.stands


# What may be moved, and where to.

FLOW = '<div class="flow" data-parted="through">'
PART = f"""<html><body><p>Topp</p><main id="del" data-parted="within"><header><h1>Del</h1></header>
{FLOW}<p>En om <a href="#c">C</a></p><p>To</p><ul><li>a</li></ul></div>
<section id="under" data-parted="within">{FLOW}<h2>Under</h2><p>Tre er ny\N{NO-BREAK SPACE}her</p><p>Fire</p></div>
</section><div class="closing" data-parted="within"><section id="a" data-moves="er ny her"><h2>A</h2></section>
<section id="b" data-moves="under"><h2>B</h2></section><section id="c" data-moves=""><h2>C</h2></section></div>
</main></body></html>"""


def row(html: Element) -> str:
    """Write the order of what stands in a part: the words of atoms, the ids of boxes."""
    flow = flow_of(html)
    assert flow is not None
    things = {element: "".join(element.itertext()).strip() for element in flow.atoms}
    things |= {element: element.get("id", "").upper() for element in flow.moving}
    return " ".join(things[each] for each in html.iter() if each in things)


def test_paragraphs_headings_and_lists_are_what_boxes_stand_between() -> None:
    flow = flow_of(fromstring(PART))
    assert flow is not None
    assert ["".join(atom.itertext()) for atom in flow.atoms] == [
        *("Del", "En om C", "To", "a", "Under", "Tre er ny\N{NO-BREAK SPACE}her", "Fire"),
    ]
    assert flow.stands == (7, 7, 7)
    assert flow.opens == (False, False, True, False, True, False, True, True)
    assert flow.belongs == (5, 5, 1), "words, the first text of a section, the paragraph that names it"


def test_box_that_nothing_names_belongs_to_what_it_stands_below() -> None:
    flow = flow_of(fromstring(PART.replace('href="#c"', 'href="#d"')))
    assert flow is not None
    assert (flow.belongs[2], flow.earliest) == (6, (0, 0, 7))


def figures(*names: str, moves: str = "", after: str = "") -> Element:
    """Three paragraphs, the first of which names figures `a` and `b`, the figures below the second, and more after."""
    drawn = "".join(f'<figure id="{name}" data-moves="{moves}"/>' for name in names)
    text = '<p>En <a href="#a">a</a> <a href="#b">b</a></p><p>To</p>'
    return fromstring(
        f'<body><main data-parted="within"><div data-parted="through">{text}</div>{drawn}'
        f'<div data-parted="through"><p>Tre</p></div>{after}</main></body>'
    )


def test_figure_passes_no_figure_that_stays() -> None:
    flow = flow_of(figures("b", "c", after='<figure id="d"/><div data-parted="through"><p>Fire</p></div>'))
    assert flow is not None
    assert (flow.belongs, flow.earliest, flow.latest) == ((0, 1), (0, 2), (3, 3))
    html = figures("a", "b")
    keep(html, {0})
    flow = flow_of(html)
    assert flow is not None
    assert (flow.stands, flow.earliest, flow.latest) == ((3,), (3,), (4,))


def test_figure_named_below_it_alone_stays_near_what_it_stands_below() -> None:
    flow = flow_of(figures("c", after='<div data-parted="through"><p><a href="#c">c</a></p></div>'))
    assert flow is not None
    assert (flow.belongs, flow.earliest) == ((1,), (2,))


def test_box_near_a_figure_that_moves_belongs_where_the_figure_does() -> None:
    flow = flow_of(figures("a", after='<section id="boks" data-moves="a"/><section id="ny" data-moves="boks"/>'))
    assert flow is not None
    assert flow.belongs == (0, 0, 0)
    flow = flow_of(figures("xx", moves="zz", after='<section id="zz" data-moves="xx"/>'))
    assert flow is not None
    assert flow.belongs == (2, 1), "each is to be near the other"


def test_no_box_stands_between_two_definitions() -> None:
    flow = flow_of(figures("a", after='<div data-parted="through"><section id="x"/><section id="y"/></div>'))
    assert flow is not None
    assert flow.opens == (False, True, True, True, False, True)


def test_box_moved_past_a_figure_leaves_a_whole_part_and_two_boxes_in_another_order_do_not() -> None:
    boxes = '<section id="x" data-moves=""><h2>X</h2></section><section id="y" data-moves=""><h2>Y</h2></section>'
    before, html = figures("a", after=boxes), figures("a", after=boxes)
    move(html, (3, 2, 3))
    assert [each.get("id") for each in html.iter() if "data-moves" in each.attrib] == ["x", "a", "y"]
    assert is_whole(before, html)
    for first, second in (("x", "y"), ("y", "x")):
        next(each for each in html.iter("section") if each.get("id") == first).set("id", f"{second}{second}")
    assert not is_whole(before, html)


def test_moved_figures_place_in_the_outline_follows_the_section() -> None:
    caption = '<figcaption style="bookmark-level: 4; color: red"/>'
    html = fromstring(
        '<body><main data-parted="within"><div data-parted="through"><h1>A</h1><p>En</p></div>'
        '<section data-parted="within"><div data-parted="through"><h2>B</h2><p>To</p></div></section>'
        f'<figure data-moves="">{caption}</figure></main></body>'
    )
    before = fromstring(tostring(html))
    move(html, (2,))
    assert [each.get("style") for each in html.iter("figcaption")] == ["bookmark-level: 2; color: red"]
    assert is_whole(before, html)


def test_part_in_which_nothing_moves_has_no_flow() -> None:
    assert flow_of(fromstring(PART.replace("data-moves", "data-stays"))) is None


def test_moved_boxes_part_the_text_and_their_headings_follow_the_section() -> None:
    html = fromstring(PART)
    move(html, (2, 6, 6))
    assert row(html) == "Del En om C A To a Under Tre er ny\N{NO-BREAK SPACE}her B C Fire"
    boxes = {each.get("id"): next(kid.tag for kid in each) for each in html.iter() if "data-moves" in each.attrib}
    assert boxes == {"a": "h2", "b": "h3", "c": "h3"}
    assert len(html.findall(".//div[@class='flow']")) == 4
    assert is_whole(fromstring(PART), html)


def test_moving_there_and_back_leaves_what_there_was() -> None:
    html = fromstring(PART)
    move(html, (2, 6, 6))
    move(html, (7, 7, 7))
    assert row(html) == row(fromstring(PART))
    assert len(html.findall(".//div[@class='flow']")) == 2, "what a box had parted is one again"


@pytest.mark.parametrize(
    ("old", "new"),
    [("<p>To</p>", ""), ("<p>To</p>", "<p>Too</p>"), ("<h2>A</h2>", "<h2>Å</h2>"), ("<p>Fire</p>", "<p>Fire</p><p/>")],
    ids=["lost", "changed", "box changed", "added"],
)
def test_text_that_is_not_the_same_is_seen(old: str, new: str) -> None:
    assert not is_whole(fromstring(PART), fromstring(PART.replace(old, new)))


def test_paragraphs_or_boxes_in_another_order_are_seen() -> None:
    html = fromstring(PART)
    flow = html.find(".//div[@class='flow']")
    assert flow is not None
    flow[:] = [flow[1], flow[0], flow[2]]
    assert not is_whole(fromstring(PART), html)
    html = fromstring(PART)
    closing = html.find(".//div[@class='closing']")
    assert closing is not None
    closing[:] = [closing[1], closing[0], closing[2]]
    assert not is_whole(fromstring(PART), html)


# In print.

STYLE = "section { height: 57pt; background: #eee; margin: 7pt 0; break-inside: avoid } p { orphans: 1; widows: 1 }"
"""A page of 113 pt takes one box and three lines, or eight lines."""


def boxed(*paragraphs: str, boxes: str) -> str:
    text = "".join(f"<p>{words}</p>" for words in paragraphs)
    return f'<main data-parted="within"><h1>Del</h1><div data-parted="through">{text}</div>{boxes}</main>'


def box(name: str, near: str | None = "") -> str:
    moves = "" if near is None else f' data-moves="{near}"'
    return f'<section id="{name}"{moves}><h2>{name}</h2><p>i den</p></section>'


WORDS = [f"Ord {number}" for number in range(1, 15)]


def test_box_is_printed_and_read_after_what_it_belongs_to(document: MakeDocument) -> None:
    made = typeset_here(document(("a", boxed(*WORDS[:9], boxes=box("boks", "Ord 2") + box("siste"))), sheet=STYLE))
    assert made.problems == ()
    assert (made.pages["boks"], made.pages["siste"]) == (1, 3)
    pdf = assert_conforms(made)
    read = [text for role, text in said(tree(pdf)) if text]
    last = [f"ord{number}" for number in range(3, 10)]
    assert read == ["del", "ord1", "ord2", "boks", "iden", *last, "siste", "iden"]
    assert pdf.page_texts[0].lower().split()[:7] == ["del", "ord", "1", "ord", "2", "boks", "i"]


def test_pinned_box_stands_where_it_is_written(document: MakeDocument) -> None:
    made = typeset_here(document(("a", boxed(*WORDS, boxes=box("boks", None))), sheet=STYLE))
    assert made.pages["boks"] == 3


def test_table_that_fits_on_a_page_stands_whole_in_its_column_and_a_longer_one_goes_on(document: MakeDocument) -> None:
    style = f"{STYLE} figure {{ margin: 0; break-inside: avoid }} td {{ padding: 0 }}"

    def table(name: str, rows: int) -> str:
        cells = "".join(f"<tr><td>{name} {row}</td></tr>" for row in range(rows))
        return f'<div data-moves=""><figure id="{name}"><table>{cells}</table></figure></div>'

    text = f'<div data-parted="through">{"".join(f"<p>{words}</p>" for words in WORDS)}</div>'
    body = '<main data-parted="within"><p>Se <a href="#kort">kort</a></p>{}</main>'.format
    made = typeset_here(document(("a", body(text + table("kort", 5) + text + table("lang", 20))), sheet=style))
    assert made.problems == ()
    texts = [text.split() for text in assert_conforms(made).page_texts]
    on = [[name for name in ("kort", "lang") if name in text] for text in texts]
    assert sum("kort" in names for names in on[1:]) <= 1, "it is named on the first page"
    assert sum("lang" in names for names in on) == 3


@pytest.mark.parametrize("count", [4, 9, 14])
def test_there_are_never_more_pages_than_in_the_content_order(document: MakeDocument, count: int) -> None:
    boxes = box("b", "Ord 1") + box("c", "Ord 3")
    moved = typeset_here(document(("a", boxed(*WORDS[:count], boxes=boxes)), sheet=STYLE))
    pinned = typeset_here(document(("a", boxed(*WORDS[:count], boxes=box("b", None) + box("c", None))), sheet=STYLE))
    assert moved.page_count <= pinned.page_count


@pytest.mark.long
def test_part_is_made_up_anew_when_one_before_it_grows_so_that_it_begins_on_the_other_side(
    document: MakeDocument, tmp_path: Path
) -> None:
    body = boxed(*WORDS[:8], boxes=box("boks", "Ord 1"))
    with Typesetter(cache=Cache(tmp_path), workers=1) as typesetter:
        for count, expected in ((1, 2), (9, 1), (20, 2), (9, 1), (1, 2)):
            before = ("f", "".join(f"<p>Først {number}</p>" for number in range(count)) + '<p id="sist">Sist</p>')
            made = assert_as_if_clean(typesetter, document(before, ("a", body), sheet=STYLE))
            assert made.pages["boks"] - made.pages["sist"] == expected, "on the facing page, or on its own"


@pytest.mark.long
def test_edits_of_a_part_with_boxes_give_what_clean_builds_give(document: MakeDocument, tmp_path: Path) -> None:
    boxes = box("b", "Ord 2") + box("c", "Ord 9")
    with Typesetter(cache=Cache(tmp_path), workers=1) as typesetter:
        for words in (WORDS, [*WORDS[:4], "Et annet ord", *WORDS[4:]], WORDS[2:], WORDS):
            after = ("b", "<p>[b] [c]</p>")
            assert_as_if_clean(typesetter, document(("a", boxed(*words, boxes=boxes)), after, sheet=STYLE))
