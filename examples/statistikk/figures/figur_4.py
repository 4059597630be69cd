"""Costs by item in two years: lying columns, the largest item on top."""

from matplotlib.figure import Figure

MM = 1 / 25.4


def draw(data):
    """Draw two columns an item; the earlier year is paler."""
    rows, theme = data.tables["items"], data.theme
    figure = Figure(figsize=(theme.text_width_mm * MM, 66 * MM), layout="constrained")
    axes = figure.add_subplot()
    rows = sorted(rows, key=lambda row: -row["i2025"])
    places = range(len(rows))
    axes.barh(
        [y + 0.2 for y in places],
        [row["i2024"] for row in rows],
        0.38,
        color=theme.colours["axis"],
        label=data.labels["before"],
    )
    axes.barh(
        [y - 0.2 for y in places],
        [row["i2025"] for row in rows],
        0.38,
        color=theme.colours["primary"],
        label=data.labels["now"],
    )
    axes.set_yticks(places, [row["post"] for row in rows])
    axes.invert_yaxis()
    axes.set_xlabel(data.labels["axis"])
    axes.legend(frameon=False, loc="lower right")
    return figure
