"""The preview over a working day: hundreds of builds, and nothing that grows or stays behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.preview import Preview, assert_ended, previewing
from support.projects import SECTION_FILE, small_project

from press.cache import MEMORY_BYTES, MIB

pytestmark = pytest.mark.long
REBUILDS = 500
WARM = 60
"""So many builds fill whatever is kept on purpose."""
GROWTH_MIB = 12 + MEMORY_BYTES // MIB
"""What the allocator may keep, and what the cache holds; a leak of a page's survey in each build would be far more."""


def memory_mib(preview: Preview) -> float:
    status = Path(f"/proc/{preview.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def open_files(preview: Preview) -> int:
    return len(os.listdir(f"/proc/{preview.process.pid}/fd"))


def test_hundreds_of_rebuilds_leave_memory_flat_and_nothing_behind(tmp_path: Path) -> None:
    project = small_project(tmp_path / "publication")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with previewing(project.folder, temporary=temporary) as preview:
        preview.next()
        for number in range(1, REBUILDS + 1):
            is_broken = number % 10 == 0
            blocks = "bloks" if is_broken else "blocks"
            project.write(SECTION_FILE, f"title: Start\n{blocks}:\n  - text: |\n      Dette er lagring {number}.\n")
            preview.next(refused=is_broken)
            preview.states[:-1] = []
            if number == WARM:
                before, files, folders = memory_mib(preview), open_files(preview), len(list(temporary.iterdir()))
        after = memory_mib(preview)
        print(f"{before:.0f} MiB after {WARM} builds, {after:.0f} MiB after {REBUILDS}")
        assert after - before < GROWTH_MIB
        assert open_files(preview) <= files + 2  # a typesetter that is just being started
        assert len(list(temporary.iterdir())) <= folders + 1
        children = preview.children()
        assert len(children) <= 3
        assert preview.end() == 0
    assert_ended(children)
    assert list(temporary.iterdir()) == []
    assert {path.name for path in (project.folder / "build").iterdir()} == {
        "report.pages.json",
        "report.pdf",
        "report.pdf.sha256",
    }
