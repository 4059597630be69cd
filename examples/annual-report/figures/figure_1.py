"""Calls by quarter: a column for each of two years, the later one in the colour of the publication."""

from matplotlib.figure import Figure

MM = 1 / 25.4


def draw(data):
    """Draw two columns a quarter, with their numbers on top."""
    rows, theme = data.tables["quarters"], data.theme
    figure = Figure(figsize=(theme.text_width_mm * MM, 66 * MM), layout="constrained")
    axes = figure.add_subplot()
    places = range(len(rows))
    columns = (("y2024", "before", -0.2, "axis"), ("y2025", "now", 0.2, "primary"))
    for key, name, shift, colour in columns:
        values = [row[key] for row in rows]
        bars = axes.bar([x + shift for x in places], values, 0.38, color=theme.colours[colour], label=data.labels[name])
        axes.bar_label(bars, fmt=data.number, padding=2)
    axes.set_xticks(places, [row["quarter"] for row in rows])
    axes.set_ylabel(data.labels["axis"])
    axes.legend(frameon=False, ncols=2, loc="upper right")
    axes.margins(y=0.18)
    return figure
