"""The publication's language is one that the templates speak.

Why:  a report in a language without words for «Figure» or «page» cannot be laid out.
Bad:  `language: nn` where there is no `templates/language/nn.yaml`.
Good: `language: nb`.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity, did_you_mean
from press.words.language import language_folders

ID = "language-known"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    language = report.settings.language
    known = sorted({path.stem for folder in language_folders(report.project) for path in folder.glob("*.yaml")})
    if language not in known:
        mend = did_you_mean(language, known, f"choose {', '.join(known)}, or write templates/language/{language}.yaml")
        yield Problem(language.place, ID, f"there is no language {str(language)!r}", mend)
