"""The manual of the rules, made from what stands beside them: a page per rule, and docs/checks.md.

A rule's page is its module's docstring: a sentence, then `Why:`, `Bad:` and `Good:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any

from press.errors import Severity

READERS: Mapping[str, str] = {
    "file": "Every file that is named is there, is an ordinary file of the project, and can be read.",
    "utf-8": "Text is saved as UTF-8, and no letter of it was lost on the way.",
    "hidden-character": "No character stands in a text that nobody sees.",
    "look-alike": "No letter stands for another that looks like it: А of another alphabet, ﬁ, Ⅳ, a hyphen of print.",
    "composed": "Letters with accents are one character each (Unicode's NFC).",
    "tab": "Spaces indent and separate, never tabs.",
    "yaml": "Files are YAML that is read as written: values on one line, in quotes if a mark needs them, or under `|`.",
    "schema": "Every key is known, none is missing, and each value is of its kind.",
    "data": "The rows of a table hold what its columns declare.",
    "image": "A photograph is a whole file of a known kind, neither too small nor too large.",
    "severity": "`checks` in report.yaml names rules that there are.",
    "acceptance": "A comment that accepts a problem names a rule, gives a reason, and still accepts something.",
}
"""What is seen to while content is read, whichever rules are switched on; none of it can be set or accepted."""

_LABEL = re.compile(r"(?m)^(Why|Bad|Good):[ ]*")

_BEGINNING = """\
<!-- Written by `make docs` from the docstrings in press/checks/. Change them, not this file. -->

# The checks

`build.py check` runs these rules in this order; those *on pages* run with `build.py check --pages`, which lays the
report out first. Each has a severity: an *error* fails CI and, but for those on pages, stops a build; a *warning* and a
*note* are only shown. `build.py check --rules` lists the rules, `build.py check --explain RULE` prints one page.

No script is run and no template filled by `check` alone: what is wrong with those, `--pages` and a build tell.

`checks` in `content/report.yaml` sets another severity for the publication. What is switched off is named at the end of
every run. A rule that is *always* an error can be neither set nor accepted: nothing is built with what it finds.

```yaml
checks:
  figure-cited: warning
  quote-in-text: off
```

A comment accepts what one rule finds in a line, with a reason. It stands at the end of the line or alone above it;
above a text under `|` it holds for the whole text. A comment without a reason, for a rule that there is not, or that
accepts nothing any more, is a problem itself.

```yaml
# ok: figure-cited – figuren åpner kapitlet
- figure: figur-5
```

## Rules
"""
_READERS = """\
## While content is read

These come with reading, whichever rules are switched on. They can be neither set nor accepted.

| id | what is asked for |
|---|---|
"""


@dataclass(frozen=True)
class Page:
    """One rule's page in the manual."""

    id: str
    severity: Severity
    summary: str
    """What the rule asks for, in a sentence."""
    parts: Mapping[str, str]
    """`Why`, `Bad` and `Good`; none for what is seen to while content is read."""
    notes: str = ""
    """Whatever else there is to say, in paragraphs."""
    on_pages: bool = False
    """Whether it runs on finished pages only."""
    is_needed: bool = False
    """Whether it can be neither set nor accepted."""

    @property
    def kind(self) -> str:
        """How severe it is, by default or always, and whether it needs pages."""
        severity = f"always {self.severity}" if self.is_needed else self.severity
        return f"{severity}, on pages" if self.on_pages else severity

    def __str__(self) -> str:
        """Write the page for a terminal."""
        lines = [f"{label + ':':<6}{words}" for label, words in self.parts.items()]
        ending = "This can be neither set in report.yaml nor accepted in place." if self.is_needed else ""
        told = (f"{self.id} ({self.kind})", self.summary, "\n".join(lines), self.notes, ending)
        return "\n\n".join(part for part in told if part)

    def markdown(self) -> str:
        """Write what stands under the page's heading as Markdown."""
        labelled = (f"**{label}:** {_markdown(words)}" for label, words in self.parts.items())
        return "\n\n".join(part for part in (_markdown(self.summary), *labelled, _markdown(self.notes)) if part)


def page_of(rule: Any) -> Page:
    """Read a rule's page from its module."""
    summary, *paragraphs = cleandoc(rule.__doc__).split("\n\n")
    _, *found = _LABEL.split("\n".join(part for part in paragraphs if _LABEL.match(part)))
    parts = {label: _joined(words) for label, words in zip(found[::2], found[1::2], strict=True)}
    notes = "\n\n".join(_joined(part) for part in paragraphs if not _LABEL.match(part))
    on_pages = ".pages." in getattr(rule, "__name__", "")
    return Page(rule.ID, rule.SEVERITY, _joined(summary), parts, notes, on_pages, getattr(rule, "NEEDED", False))


def pages(rules: Iterable[Any]) -> list[Page]:
    """Give all pages: those of the rules, then those of what is seen to while content is read."""
    readers = [Page(name, "error", summary, {}, is_needed=True) for name, summary in READERS.items()]
    return [*map(page_of, rules), *readers]


def listed(pages: Sequence[Page]) -> str:
    """List rules for a terminal: id, severity, what is asked for."""
    width = max(len(page.id) for page in pages)
    return "".join(f"{page.id:<{width}}  {page.severity:<7}  {page.summary}\n" for page in pages)


def whole(pages: Iterable[Page]) -> str:
    """Write docs/checks.md."""
    rules = [f"### {page.id}\n\nSeverity: {page.kind}.\n\n{page.markdown()}\n" for page in pages if page.parts]
    rows = [f"| `{page.id}` | {_markdown(page.summary)} |\n" for page in pages if not page.parts]
    return "\n".join([_BEGINNING, *rules, _READERS + "".join(rows)])


def _joined(lines: str) -> str:
    return " ".join(lines.split())


def _markdown(text: str) -> str:
    """Let words stand as they are: what Markdown would read as a mark is escaped, but for code in backticks."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"[\\*_\[\]<>|~]", r"\\\g<0>", part) for part in parts)
