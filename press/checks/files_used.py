"""Every file in `content/` is read.

Why:  a section that nobody lists is a section that silently goes missing.
Bad:  `content/metode.yaml` without a line in the order of report.yaml.
Good: each section file stands in the order, each data file belongs to a figure or a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.content.report import Report
from press.editions.approvals import FILE as APPROVED
from press.errors import Place, Problem, Severity

ID = "files-used"
SEVERITY: Severity = "error"
# By editors and systems: hidden files and folders, backups, locks and thumbnails. None of them is ever read.
_LEFT_BEHIND = re.compile(r"/(\.|#|~\$)|~\Z|/(Thumbs\.db|desktop\.ini)\Z")


def check(report: Report) -> Iterator[Problem]:
    used = {*report.files, APPROVED}
    used |= {f"content/images/{image}" for _, block in report.blocks() if (image := getattr(block, "image", None))}
    if report.theme.logo is not None:
        used.add(f"content/images/{report.theme.logo.file}")
    for path in sorted((report.project / "content").rglob("*")):
        shown = path.relative_to(report.project).as_posix()
        if path.is_file() and shown not in used and not _LEFT_BEHIND.search(shown):
            if not shown.isprintable():
                what = "this file's name holds bytes that are not UTF-8, or characters that nobody sees"
                yield Problem(Place(shown), ID, what, "give it another name, or delete it")
                continue
            where = "the data of a figure" if shown.startswith("content/data/") else "the order in content/report.yaml"
            yield Problem(Place(shown), ID, "nothing uses this file", f"add it to {where}, or delete it")
