"""Three bars, 170 mm wide."""

from bars import bars


def draw(data):
    return bars(data, width=170)
