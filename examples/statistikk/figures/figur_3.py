"""Loans by age: a lying column for each group, in the order of age, so that the dip of youth is seen."""

from matplotlib.figure import Figure

MM = 1 / 25.4


def draw(data):
    """Draw the youngest on top, and the number behind each column."""
    rows, theme = data.tables["ages"], data.theme
    figure = Figure(figsize=(theme.body_width_mm * MM, 62 * MM), layout="constrained")
    axes = figure.add_subplot()
    bars = axes.barh(
        [row["alder"] for row in rows], [row["laan"] for row in rows], 0.62, color=theme.colours["primary"]
    )
    axes.bar_label(bars, padding=3)
    axes.invert_yaxis()
    axes.set_xlabel(data.labels["axis"])
    axes.margins(x=0.12)
    return figure
