"""Three bars, two of them with the page of a box."""

from matplotlib.figure import Figure


def draw(data):
    figure = Figure(figsize=(170 / 25.4, 40 / 25.4))
    axes = figure.add_axes((0.2, 0.2, 0.7, 0.7))
    axes.bar([row["name"] for row in data.tables["bars"]], [row["height"] for row in data.tables["bars"]])
    for position, row in enumerate(data.tables["bars"]):
        if row["box"] is not None:
            axes.text(position, 0.2, "000", color="white", gid=f"page:{row['box']}")
    axes.set_ylabel(data.labels["axis"])
    return figure
