"""The colours of a theme stand out from the grounds that words in them stand on: 4.5 to 1, large type 3 to 1.

Why:  those who see poorly, and everyone in bad light, cannot read pale words (WCAG 2.2, 1.4.3, level AA). Here every
      pair of colours that pages have is held to it at its line of theme.yaml, before anything is laid out.
Bad:  `muted: "#A0A8AE"`, in which captions would stand on white.
Good: dark words on a light ground; on a dark cover light words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from press.content.report import Report
from press.content.theme import Theme
from press.contrast import LEAST, LEAST_OF_LARGE, contrast
from press.errors import Place, Problem, Severity

ID = "theme-contrast"
SEVERITY: Severity = "error"
NEEDED = True
PAPER = "white paper"
COVER = "the ground of the cover"
CALLOUTS = "callouts"
PAIRS: Mapping[str, Mapping[str, float]] = {
    PAPER: {
        **dict.fromkeys(("ink", "muted", "primary", "link", "accent", "accent_dark"), LEAST),
        "axis": LEAST_OF_LARGE,  # of lines that must be seen (WCAG 2.2, 1.4.11)
    },
    "warm": {**dict.fromkeys(("ink", "muted", "primary", "link", "accent_dark"), LEAST), "accent": LEAST_OF_LARGE},
    "cool": dict.fromkeys(("ink", "primary", "link"), LEAST),
    COVER: dict.fromkeys(("words", "quiet", "highlight"), LEAST),
}
"""By the ground: what stands on it, and the least contrast."""


def check(report: Report) -> Iterator[Problem]:
    theme = report.theme
    for ground, roles in pairs_of(theme).items():
        for role, least in roles.items():
            ratio = ratio_of(theme, role, ground)
            if ratio < least:
                # Cut, not rounded: 4.49 is not 4.5.
                shown = int(ratio * 100) / 100
                what = f"`{role}` has a contrast of {shown} to 1 to {_named(ground)}; {least} is the least"
                mend = f"choose a darker or a lighter colour for {_choices(role, ground)}"
                yield Problem(_place(theme, role, ground), ID, what, mend)


def pairs_of(theme: Theme) -> Mapping[str, Mapping[str, float]]:
    """Give the pairs that pages have, those of the callouts' own styles among them: `callouts.god-praksis.ground`."""
    own = {
        f"{CALLOUTS}.{name}.ground": dict.fromkeys(("ink", "primary", "link", f"{CALLOUTS}.{name}.words"), LEAST)
        for name in theme.callout_palettes
    }
    return {**PAIRS, **own}


def ratio_of(theme: Theme, role: str, ground: str) -> float:
    """Tell how far a colour stands out from a ground."""
    return contrast(_channels(colour_of(theme, role)), _channels(colour_of(theme, ground)))


def colour_of(theme: Theme, role: str) -> str:
    """Give the colour of a role or of a ground, as `#RRGGBB`."""
    if role in {PAPER, COVER}:
        return theme.cover_palette["ground"] if role == COVER else "#FFFFFF"
    if role.startswith(CALLOUTS):
        _, name, part = role.split(".")
        return theme.callout_palettes[name][part]
    return theme.cover_palette.get(role) or theme.palette[role]


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _place(theme: Theme, role: str, ground: str) -> Place:
    """Tell where either is set: the words if they are, or else what they stand on, and that which it follows."""
    for each in (role, ground):
        if each.startswith(CALLOUTS):
            return theme.place_of(*each.split("."))
    followed = {COVER: ("ground", "primary"), "quiet": ("quiet", "warm")}
    names = [name for each in (role, ground) for name in followed.get(each, (each,))]
    whole = theme.place_of()
    places = (
        theme.place_of(group, name) for name in names for group in ("cover", "colours") if _is_set(theme, group, name)
    )
    return next(places, whole)


def _is_set(theme: Theme, group: str, name: str) -> bool:
    return getattr(getattr(theme, group), name, None) is not None


def _named(ground: str) -> str:
    return ground if ground in {PAPER, COVER} else f"`{ground}`"


def _choices(role: str, ground: str) -> str:
    return f"`{role}`" if ground == PAPER else f"`{role}`, or for {_named(ground)}"
