"""Builds that are killed, and a cache that is damaged meanwhile: the next build gives the right bytes all the same."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from support.pdf import publish
from support.projects import ROOT, small_project

MOMENTS = 25
SEEDS = 4
BETWEEN = 5
"""Every fifth build is left to end."""
LONGEST_S = 120
TEXTS = [
    f"title: Start\nblocks:\n  - text: |\n      {words}\n" for words in ("Første avsnitt.", "Annet ord.", "Et § til.")
]


def damage(cache: Path, random: Random) -> None:
    """Truncate an entry, flip a bit in one, let one stand for another, empty one or delete it."""
    entries = sorted(path for path in cache.glob("*.*") if len(path.name) > 64) if cache.is_dir() else []
    if len(entries) < 2:
        return
    one, other = random.sample(entries, 2)
    data = bytearray(one.read_bytes())
    match random.randrange(5):
        case 0:
            one.write_bytes(data[: random.randrange(len(data) + 1)])
        case 1 if data:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
            one.write_bytes(data)
        case 2:
            other.write_bytes(data)
        case 3:
            one.unlink()
        case _:
            one.write_bytes(b"")


@pytest.mark.long
@pytest.mark.parametrize("number", range(SEEDS))
def test_build_after_any_that_were_killed_is_right_and_the_last_good_pdf_stood(number: int, tmp_path: Path) -> None:
    random = Random(number)
    project = small_project(tmp_path / "publication")
    right = {text: publish(project.section(text).folder).result.pdf for text in TEXTS}
    cache = tmp_path / "cache"
    command = [sys.executable, ROOT / "build.py", "report", "--quiet", "--project", project.folder, "--cache", cache]
    project.section(TEXTS[0])
    started = time.monotonic()
    subprocess.run(command, check=True, timeout=LONGEST_S)
    takes = time.monotonic() - started
    (pdf,) = (project.folder / "build").glob("*.pdf")
    good = TEXTS[0]
    assert pdf.read_bytes() == right[good]
    for moment in range(1, MOMENTS + 1):
        text = random.choice(TEXTS)
        project.section(text)
        damage(cache, random)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as build:
            try:
                build.wait(random.uniform(0, takes) if moment % BETWEEN else LONGEST_S)
            except subprocess.TimeoutExpired:
                build.kill()
        stands = pdf.read_bytes()
        assert stands == right[text] or (build.returncode != 0 and stands == right[good]), moment
        good = next(each for each in TEXTS if right[each] == stands)
