"""Loans over ten years: two lines, each named where it ends."""

from matplotlib.figure import Figure

MM = 1 / 25.4


def draw(data):
    """Draw a line for each kind of loan, with its name and last value at the right."""
    rows, theme = data.tables["years"], data.theme
    figure = Figure(figsize=(theme.text_width_mm * MM, 70 * MM), layout="constrained")
    axes = figure.add_subplot()
    years = [row["aar"] for row in rows]
    for key, name, colour in (("papir", "paper", "primary"), ("digitalt", "digital", "accent")):
        values = [row[key] for row in rows]
        axes.plot(years, values, color=theme.colours[colour], linewidth=1.8)
        said = f"{data.labels[name]} {values[-1]}"
        axes.annotate(
            said,
            (years[-1], values[-1]),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=theme.colours[colour],
        )
    axes.set_xticks(years)
    axes.set_xlim(years[0] - 0.3, years[-1] + 1.4)
    axes.set_ylim(0, 450)
    axes.set_ylabel(data.labels["axis"])
    return figure
