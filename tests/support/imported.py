"""What comes of a file that is imported: its drafts read as the engine reads them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from press.content.blocks import Code, Kind
from press.content.report import SectionContent
from press.content.strict_yaml import Located, parse_yaml
from press.content.validation import validate
from press.errors import Problem
from press.imports.drafts import Draft, Drafts, drafts
from press.imports.files import section_file
from press.imports.names import Names
from press.imports.tree import Source
from press.imports.writing import form
from press.words import marks, prose


@dataclass(frozen=True)
class Imported:
    """Draft sections, in reading order."""

    drafts: Drafts
    files: dict[str, str]
    """By the ids of the sections."""
    problems: list[Problem]
    """What the engine finds in their texts, and what they lack."""
    texts: list[str]
    """What is printed, text by text."""

    @property
    def told(self) -> list[str]:
        return [f"{told.at}: {told.what}" for told in self.drafts.told]

    @property
    def printed(self) -> str:
        return " ".join(self.texts)


def imported(source: Source, project: Path) -> Imported:
    """Make drafts of what was read, and read those."""
    made = drafts(source, Names(project, "ny"))
    sections: list[Draft] = [draft for section in made.sections for draft in section.walk()]
    files = {draft.id: section_file(draft, project) for draft in sections}
    problems: list[Problem] = []
    texts: list[str] = []
    for id_, text in files.items():
        node, amiss = validate(parse_yaml(_filled(text), f"{id_}.yaml"), SectionContent)
        problems += amiss
        for kind, found in node.texts() if node is not None else ():
            problems += marks.problems(found, kind)
            texts.append(_printed(found, kind))
        texts += [str(block.listing) for block in (node.blocks if node is not None else ()) if isinstance(block, Code)]
    return Imported(made, files, problems, texts)


def _filled(text: str) -> str:
    """Fill in what an author has to add."""
    text = re.sub(r"(?m)^( *)# (\w+): (?:to be written|who took it)$", r"\1\2: ''", text)
    text = re.sub(r"(?m): ''$", ": §", text)
    return text.replace('heading: ""', "heading: §")


def _printed(text: Located, kind: Kind) -> str:
    if text.strip() == "§":
        return ""
    if kind == "plain":
        return prose.plain(text, lambda reference: "REFERENCE")
    setter = prose.to_html if kind == "prose" else prose.inline_html
    html = "".join(setter(text, _resolved, escape))
    apart = re.sub("\x02/?(?:li|ul|ol|note)\x03", " ", form(html))
    return " ".join(re.sub("\x02[^\x03]*\x03", "", apart).split())


def _resolved(reference: object) -> Markup:
    return escape(reference.tex) if isinstance(reference, prose.Formula) else Markup("REFERENCE")


def characters(text: str) -> Counter[str]:
    """Count the characters of a text, but for spaces and the bullets of lists."""
    return Counter(re.sub(r"[\s•]", "", text))
