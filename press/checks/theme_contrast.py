"""The colours of a theme stand out from the grounds that words in them stand on: 4.5 to 1, large type 3 to 1.

Why:  those who see poorly, and everyone in bad light, cannot read pale words (WCAG 2.2, 1.4.3, level AA). Here every
      pair of colours that pages have is held to it at its line of theme.yaml, before anything is laid out.
      The mend names the nearest colour of the same hue that would do for all that it stands on.
Bad:  `muted: "#A0A8AE"`, in which captions would stand on white.
Good: dark words on a light ground; on a dark cover light words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from press.content.report import Report
from press.content.theme import Theme
from press.contrast import LEAST, LEAST_OF_LARGE, channels, contrast, nearest
from press.errors import Problem, Severity

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
_FOLLOWED: Mapping[str, tuple[str, str]] = {COVER: ("ground", "primary"), "quiet": ("quiet", "warm")}
"""What a theme calls it on the cover, and which colour it has where it is not set."""


def check(report: Report) -> Iterator[Problem]:
    theme = report.theme
    for ground, roles in pairs_of(theme).items():
        for role, least in roles.items():
            ratio = ratio_of(theme, role, ground)
            if ratio < least:
                # Cut, not rounded: 4.49 is not 4.5.
                shown = int(ratio * 100) / 100
                what = f"`{role}` has a contrast of {shown} to 1 to {_named(ground)}; {least} is the least"
                key = _set_key(theme, role, ground)
                place = theme.place_of(*key) if key else theme.place_of()
                yield Problem(place, ID, what, _mend(theme, role, ground, key))


def pairs_of(theme: Theme) -> Mapping[str, Mapping[str, float]]:
    """Give the pairs that pages have, those of the callouts' own styles among them: `callouts.god-praksis.ground`."""
    own = {
        f"{CALLOUTS}.{name}.ground": dict.fromkeys(("ink", "primary", "link", f"{CALLOUTS}.{name}.words"), LEAST)
        for name in theme.callout_palettes
    }
    return {**PAIRS, **own}


def ratio_of(theme: Theme, role: str, ground: str) -> float:
    """Tell how far a colour stands out from a ground."""
    return contrast(channels(colour_of(theme, role)), channels(colour_of(theme, ground)))


def colour_of(theme: Theme, role: str) -> str:
    """Give the colour of a role or of a ground (a name in `pairs_of`), as `#RRGGBB`."""
    if role in {PAPER, COVER}:
        return theme.cover_palette["ground"] if role == COVER else "#FFFFFF"
    if role.startswith(CALLOUTS):
        _, name, part = role.split(".")
        return theme.callout_palettes[name][part]
    return theme.cover_palette.get(role) or theme.palette[role]


def _set_key(theme: Theme, role: str, ground: str) -> tuple[str, ...] | None:
    """Name the key that sets either: the words' if they are set, or else that of their ground, or what it follows."""
    for each in (role, ground):
        if each.startswith(CALLOUTS):
            return tuple(each.split("."))
    names = [name for each in (role, ground) for name in _FOLLOWED.get(each, (each,))]
    keys = ((group, name) for name in names for group in ("cover", "colours"))
    return next((key for key in keys if _is_set(theme, *key)), None)


def _mend(theme: Theme, role: str, ground: str, key: tuple[str, ...] | None) -> str:
    """Say what to write instead: the nearest colour that stands out from all that it is to, or at least from this."""
    choice = f"choose a darker or a lighter colour for {_choices(role, ground)}"
    own = set(_that_follow(theme, key)) if key else set()
    pairs = [(each, name, least) for each, names in pairs_of(theme).items() for name, least in names.items()]
    concerned = [pair for pair in pairs if own & {*pair[:2]}]
    for held in (concerned, [pair for pair in concerned if pair[:2] == (ground, role)]):
        found = _nearest(theme, own, held) if held else None
        if found is not None and key is not None:
            return f'write `{key[-1]}: "{found}"`, the nearest of its hue that would do, or {choice}'
    return choice


def _nearest(theme: Theme, own: set[str], pairs: Sequence[tuple[str, str, float]]) -> str | None:
    """Find the colour which all that is named in `own` could have, so that these pairs stand apart."""

    def passes(colour: str) -> bool:
        return all(
            contrast(*(channels(colour if name in own else colour_of(theme, name)) for name in (ground, role))) >= least
            for ground, role, least in pairs
        )

    return nearest(colour_of(theme, min(own)), passes)


def _that_follow(theme: Theme, key: tuple[str, ...]) -> Iterator[str]:
    """Yield what has the colour of a key: all that is named so in `pairs_of`, and what follows it."""
    if key[0] == CALLOUTS:
        yield ".".join(key)
        return
    group, name = key
    yield from [name] if group == "colours" or name != "ground" else []
    for each, (first, then) in _FOLLOWED.items():
        is_own = group == "cover" and name == first
        if is_own or (group == "colours" and name == then and not _is_set(theme, "cover", first)):
            yield each


def _is_set(theme: Theme, group: str, name: str) -> bool:
    return getattr(getattr(theme, group), name, None) is not None


def _named(ground: str) -> str:
    return ground if ground in {PAPER, COVER} else f"`{ground}`"


def _choices(role: str, ground: str) -> str:
    return f"`{role}`" if ground == PAPER else f"`{role}`, or for {_named(ground)}"
