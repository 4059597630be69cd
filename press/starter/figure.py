"""A column for each row of the data: the numbers of content/data, drawn as wide as the text.

A script has `draw(data)` and returns a matplotlib figure of the printed size. `data` has the rows of the tables, the
words (`labels`), the look of the publication (`theme`), and `number`, which writes a number as its language does; what
a script draws stands in content/data and not here.
"""

from matplotlib.figure import Figure

MM = 1 / 25.4
HEIGHT_MM = 62


def draw(data):
    """Draw a column for each year, with its number on top."""
    rows = data.tables["visits"]
    figure = Figure(figsize=(data.theme.text_width_mm * MM, HEIGHT_MM * MM), layout="constrained")
    axes = figure.add_subplot()
    bars = axes.bar([row["year"] for row in rows], [row["visits"] for row in rows], width=0.6)
    axes.bar_label(bars, padding=2, fmt=data.number)
    axes.set_ylabel(data.labels["axis"])
    axes.margins(y=0.12)
    return figure
