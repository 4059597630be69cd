"""A theme shown on three pages: its type as it is set, its colours with their contrast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from press.checks.theme_contrast import colour_of, pairs_of, ratio_of
from press.content.theme import Theme
from press.contrast import LEAST
from press.editions.edition import FULL, Edition
from press.words.language import Language

TEMPLATES = "editions/specimen"


def specimen(theme: Theme, language: Language) -> Edition:
    """Declare the edition that shows a theme."""
    sizes = [
        {"name": name, "pt": f"{size:g}", "leading": f"{leading:g}"}
        for name, (size, leading) in theme.type_sizes.items()
    ]
    return Edition(
        name="specimen",
        output="theme.pdf",
        templates=TEMPLATES,
        parts=("specimen",),
        stylesheets=(*FULL.stylesheets, f"{TEMPLATES}/specimen.css"),
        label=language.word("specimen"),
        context={"sizes": sizes, "colours": list(_colours(theme)), "callouts": theme.callouts},
    )


def _colours(theme: Theme) -> Iterator[Mapping[str, Any]]:
    """Yield each colour with the grounds that it stands on, and how far it stands out from them."""
    grounds = {name: f"cover.{name}" for name in theme.cover_palette}
    own = [f"callouts.{name}.{part}" for name, parts in theme.callout_palettes.items() for part in parts]
    for name in (*theme.palette, *theme.cover_palette, *own):
        stands_on = [(ground, roles[name]) for ground, roles in pairs_of(theme).items() if name in roles]
        pairs = [
            {
                "ground": ground,
                "ratio": f"{ratio_of(theme, name, ground):.1f}",
                "colour": colour_of(theme, ground),
                "is_for_words": least >= LEAST,
            }
            for ground, least in stands_on
        ]
        yield {"name": grounds.get(name, name), "value": colour_of(theme, name), "pairs": pairs}
    yield from ({"name": f"series {index}", "value": value, "pairs": []} for index, value in enumerate(theme.series, 1))
