"""The publication's language is one that the templates speak.

Why:  a report in a language without words for «Figure» or «page» cannot be laid out.
Bad:  `language: nn` where there is no `templates/language/nn.yaml`, or where that file lacks some of the words.
Good: `language: nb`.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Place, Problem, Severity, TemplateError, did_you_mean
from press.words.language import OUR_TEMPLATES, language_folders, language_of, read_language

ID = "language-known"
SEVERITY: Severity = "error"
NEEDED = True


def check(report: Report) -> Iterator[Problem]:
    name = report.settings.language
    known = sorted({path.stem for folder in language_folders(report.project) for path in folder.glob("*.yaml")})
    if name not in known:
        mend = did_you_mean(name, known, f"choose {', '.join(known)}, or write templates/language/{name}.yaml")
        yield Problem(name.place, ID, f"there is no language {str(name)!r}", mend)
        return
    try:
        language = language_of(report)
    except TemplateError as error:
        yield from error.problems
        return
    ours = read_language(OUR_TEMPLATES.parent, "nb")
    for word in sorted(ours.words.keys() - language.words.keys()):
        what = f"the language lacks the word {word!r}, «{ours.words[word]}» in bokmål"
        yield Problem(Place(f"templates/language/{name}.yaml"), ID, what, f"add `{word}: …` to its `words`")
