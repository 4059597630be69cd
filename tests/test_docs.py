"""The manual is tested: what it names is there, and what is there is named."""

from __future__ import annotations

import re
import tomllib
from itertools import chain

import pytest
from support.projects import ROOT

from press.content.blocks import ALL_KINDS
from press.words.language import OUR_TEMPLATES

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_file_that_the_manual_names_is_there(text: str) -> None:
    named = set(re.findall(r"`([a-z_]+/[\w./-]+|[a-z_]+\.(?:py|yaml|toml|md|mplstyle))`", text))
    named |= set(re.findall(r'src="([^"]+)"', text))
    assert len(named) >= 3
    named -= {"theme.yaml"}  # which a publication may have, and this one has not
    for name in sorted(name for name in named if not name.startswith("build/")):
        path = ROOT / name
        where = [
            path,
            ROOT / "press" / name,
            ROOT / "figures" / name,
            ROOT / "templates" / name,
            ROOT / "content" / name,
        ]
        assert any(place.exists() for place in where), name


def requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(chain(project["project"]["dependencies"], *project["dependency-groups"].values()))


def test_readme_says_why_each_package_is_there() -> None:
    wanted = requirements()
    table = README[README.index("| package | why |") :].lower()
    for requirement in wanted:
        name = requirement.partition("==")[0]
        assert name in table, name


def test_pinned_versions_are_exact() -> None:
    for requirement in requirements():
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", requirement), requirement


def test_every_block_type_has_a_template_and_a_style_sheet() -> None:
    assert ALL_KINDS
    for kind in ALL_KINDS.keys() - {"excerpt"}:
        assert (OUR_TEMPLATES / "blocks" / f"{kind}.html.j2").is_file(), kind
        assert (OUR_TEMPLATES / "blocks" / f"{kind}.css").is_file(), kind


def test_readme_pictures_are_small() -> None:
    pictures = list((ROOT / "docs").glob("*.png"))
    assert len(pictures) == 3
    assert all(picture.stat().st_size < 60_000 for picture in pictures)
