"""Three bars, 112 mm wide."""

from bars import bars


def draw(data):
    return bars(data, width=112)
