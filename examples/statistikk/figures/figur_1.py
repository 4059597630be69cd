"""Visits by month: a column for each of two years, so that the year can be seen as a wave and the growth as a step."""

from matplotlib.figure import Figure

MM = 1 / 25.4


def draw(data):
    """Draw two columns a month; the earlier year is paler."""
    rows, theme = data.tables["months"], data.theme
    figure = Figure(figsize=(theme.text_width_mm * MM, 68 * MM), layout="constrained")
    axes = figure.add_subplot()
    places = range(len(rows))
    colours = theme.colours
    axes.bar(
        [x - 0.2 for x in places],
        [row["i2024"] for row in rows],
        0.4,
        color=colours["axis"],
        label=data.labels["before"],
    )
    axes.bar(
        [x + 0.2 for x in places],
        [row["i2025"] for row in rows],
        0.4,
        color=colours["primary"],
        label=data.labels["now"],
    )
    axes.set_xticks(places, [row["maaned"] for row in rows])
    axes.set_ylabel(data.labels["axis"])
    axes.legend(frameon=False, ncols=2, loc="upper center")
    axes.margins(y=0.2)
    return figure
