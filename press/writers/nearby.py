"""Where what moves stands in media without pages: right below the paragraph that it belongs to.

In print it may come a little later, where pages fill better. Here a box follows the paragraph that names it, or that it
is said to be near, and a figure, table or picture does if it says so. The order of the text is the author's, and so is
that of boxes among boxes, and of what is numbered.
"""

from __future__ import annotations

from copy import deepcopy
from xml.etree.ElementTree import Element

from press.document import MOVES
from press.writers.html import classes
from press.writers.pdf.movable import Flow, flow_of, is_whole, move

BESIDE = frozenset({"aside"})
"""What belongs to the paragraph above it."""


def put_near(root: Element) -> None:
    """Let each thing that moves stand where it belongs, in place."""
    flow = flow_of(root)
    if flow is None:
        return
    places = _places(flow)
    if tuple(places) == flow.stands:
        return
    before = deepcopy(root)
    move(root, places)
    if not is_whole(before, root):
        raise RuntimeError("putting things near their text changed it")


def _places(flow: Flow) -> list[int]:
    """Say how many atoms stand before each thing that moves."""
    reached = dict.fromkeys(flow.rows, 0)
    places = []
    for index, row in enumerate(flow.rows):
        place = max(_place(flow, index), reached[row])
        reached[row] = place
        places.append(place)
    return places


def _place(flow: Flow, index: int) -> int:
    element, home, stands = flow.moving[index], flow.homes[index], flow.stands[index]
    if home is None or not (element.get(MOVES) or "example" in classes(element)):
        return stands
    last = len(flow.atoms)
    open_ones = (n for n in range(home + 1, last + 1) if flow.opens[n] or n == stands)
    place = next((n for n in open_ones if n == last or flow.atoms[n].tag not in BESIDE), stands)
    return min(max(place, flow.earliest[index]), flow.latest[index])
