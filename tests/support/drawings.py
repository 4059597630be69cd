"""Figures without their scripts being run: starting matplotlib is what takes the time of a small build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from zlib import crc32

from press.figures import Drawing, FigureData

FIELD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#{:06x}"/></svg>'


def blank(
    project: Path, wanted: Mapping[str, FigureData], progress: Callable[[str], None], cache: object = None
) -> dict[str, Drawing]:
    """Stand in for the scripts: fields, of another colour for another script, the higher the more rows there are."""

    def field(name: str) -> bytes:
        script = (project / f"figures/{name.replace('-', '_')}.py").read_bytes()
        return FIELD.format(crc32(script) & 0xFFFFFF).encode()

    return {
        name: Drawing(field(name), width_mm=100, height_mm=15 * sum(map(len, data.tables.values())))
        for name, data in wanted.items()
    }
