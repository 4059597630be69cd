"""`build.py figures`: the full report's figures drawn where they must be, and why each was drawn or kept."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from press.door.caching import add_cache, cache_of
from press.door.console import Console, print_out
from press.door.exit_codes import DONE
from press.errors import FigureError, Place, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.figures import Made

NAME = "figures"
HELP = "draw the figures that must be, and say why"


def add_options(parser: argparse.ArgumentParser) -> None:
    add_cache(parser)
    parser.add_argument("--explain", metavar="ID", help="also list what this figure is made of")


def run(options: argparse.Namespace, console: Console) -> int:
    from press.compose.parts import figures_of
    from press.content.load import load
    from press.editions.edition import FULL
    from press.figures import figures

    cache = cache_of(options, console)
    console.stage("load")
    wanted = figures_of(load(options.project), FULL)
    chosen = options.explain
    if chosen is not None and chosen not in wanted:
        mend = did_you_mean(chosen, wanted, "name one of the report's figures")
        raise FigureError([Problem(Place("figures"), "figure", f"no figure has the id {chosen!r}", mend)])
    console.stage("figures")
    made = figures(options.project, wanted, console.detail, cache)
    cache.prune()
    console.end_stage()
    width = max(map(len, made), default=0)
    for figure_id in [chosen] if chosen is not None else made:
        print_out(f"{figure_id:<{width}}  {_said(made[figure_id])}\n")
    if chosen is not None:
        print_out("".join(f"    {line}\n" for line in _listed(made[chosen])))
    drawn = sum(bool(each.why) for each in made.values())
    console.done(f"{len(made)} figures: {drawn} drawn, {len(made) - drawn} kept")
    return DONE


def _said(made: Made) -> str:
    if made.why:
        return f"drawn: {made.why}"
    return "kept: nothing that it is made of has changed"


def _listed(made: Made) -> Iterator[str]:
    """Yield what a figure is made of, each thing with the hash that its key has of it, and why it was drawn before."""
    hashed = {name: found for name, found in made.parts.items() if found}
    width = max(map(len, hashed))
    yield from (f"{name:<{width}}  {found[:12]}" for name, found in hashed.items())
    yield f"{len(made.parts) - len(hashed)} installed packages"
    if made.last:
        yield f"drawn before: {made.last}"
