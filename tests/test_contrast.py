"""Colours told apart, and the nearest that would be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from press.contrast import channels, contrast, nearest


def stands_out(*grounds: str, least: float = 4.5) -> Callable[[str], bool]:
    return lambda colour: all(contrast(channels(colour), channels(ground)) >= least for ground in grounds)


@pytest.mark.parametrize(
    ("colour", "grounds", "found"),
    [
        ("#16222C", ["#FFFFFF"], "#16222C"),  # it does so itself
        ("#A0A8AE", ["#FFFFFF"], "#70777D"),
        ("#A0A8AE", ["#FFFFFF", "#F8F3EA"], "#697076"),  # from both
        ("#FF0000", ["#FFFFFF"], "#EE0000"),
        ("#123456", ["#0B3C5D"], "#80A5CE"),  # lighter, as it cannot be darker
        ("#808080", ["#000000", "#FFFFFF"], "#767676"),
        ("#808080", ["#777777"], "#060606"),
        ("#808080", ["#000000", "#777777", "#FFFFFF"], None),
        ("#FFFFFF", ["#F0C040"], "#535353"),
    ],
)
def test_nearest_colour_keeps_its_hue_and_stands_out(colour: str, grounds: list[str], found: str | None) -> None:
    passes = stands_out(*grounds)
    assert nearest(colour, passes) == found
    assert found is None or passes(found)
