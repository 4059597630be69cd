"""What short editions say, what in the report it rests on, and whether an editor has read both together.

A statement (`result`, its `example`, `summary`) names the sections and blocks it rests on. `content/approved.yaml`
keeps a hash of the statement and of each sentence below it as they were when an editor last approved it. When one of
them reads otherwise, the statement is stale: somebody has to read it again.

A sentence is one of prose, however it is divided over the lines of the file, a line of plain words, a row of a figure's
data, or a figure's script. Facts count as what they say, so that a new number calls in doubt all that rests on it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from press.content.blocks import Block, Brief, Excerpt, Figure, KeyResults
from press.content.report import EditionContent, Report, Statement
from press.content.strict_yaml import Located
from press.editions.approvals import RULE, Approval
from press.errors import Place, Problem, did_you_mean
from press.words import prose
from press.words.remembered import remembered
from press.words.wording import shown, spans

HASH_LENGTH = 12
SHOWN = 70


@dataclass(frozen=True)
class Sentence:
    """One thing that a statement rests on."""

    text: str
    """With facts as what they say."""
    place: Place

    @cached_property
    def hash(self) -> str:
        return _hash(self.text)

    @property
    def words(self) -> str:
        """What editors see of it: references as they typed them."""
        return self.text.replace("{name:", "{")


@dataclass(frozen=True)
class Support:
    """What a statement rests on in one section or block, now and as it was approved."""

    id: str
    sentences: tuple[Sentence, ...]
    approved: tuple[str, ...] | None
    """Hashes, in order; None if it never was."""

    @property
    def new(self) -> tuple[Sentence, ...]:
        """The sentences that were not there, or read otherwise."""
        left, found = Counter(self.approved or ()), []
        for sentence in self.sentences:
            if left[sentence.hash] <= 0:
                found.append(sentence)
            left[sentence.hash] -= 1
        return tuple(found)

    @property
    def gone(self) -> int:
        """How many sentences are no longer there, or read otherwise."""
        return (Counter(self.approved or ()) - Counter(sentence.hash for sentence in self.sentences)).total()

    @property
    def is_as_approved(self) -> bool:
        return self.approved == tuple(sentence.hash for sentence in self.sentences)


@dataclass(frozen=True)
class Claim:
    """A statement with all it rests on."""

    key: str
    """`<section>.<result, example or summary>`."""
    statement: Statement
    own: Sentence
    approved: str | None
    """The hash of its own words when they were approved."""
    supports: tuple[Support, ...]
    dropped: tuple[str, ...]
    """What it rested on when it was approved, and no longer names."""
    is_merged: bool
    """Whether branches approved it each in its own way, and none of them as it stands."""

    @property
    def is_approved(self) -> bool:
        as_approved = self.approved == self.own.hash and all(support.is_as_approved for support in self.supports)
        return as_approved and not self.dropped


def claims(report: Report) -> list[Claim]:
    """Gather every statement of the publication, in reading order."""
    found = []
    for section in report.walk():
        for name, statement in section.content.statements():
            key = f"{section.id}.{name}"
            grounds = {str(item): tuple(sentences(report, str(item))) for item in statement.rests_on}
            words = " ".join([str(getattr(statement, "claim", None) or ""), str(statement.text)])
            own = Sentence(_filled(report, words.strip()), statement.text.place)
            found.append(_claim(key, statement, own, grounds, report.approvals.get(key, ())))
    return found


def _claim(
    key: str,
    statement: Statement,
    own: Sentence,
    grounds: Mapping[str, tuple[Sentence, ...]],
    approvals: Sequence[Approval],
) -> Claim:
    """Hold a statement against what was approved of it: against what holds, or else what was approved first."""
    found = [_held(key, statement, own, grounds, approval) for approval in approvals or (None,)]
    return next((claim for claim in found if claim.is_approved), replace(found[0], is_merged=len(found) > 1))


def _held(
    key: str,
    statement: Statement,
    own: Sentence,
    grounds: Mapping[str, tuple[Sentence, ...]],
    approval: Approval | None,
) -> Claim:
    known = approval.rests_on if approval is not None else {}
    supports = tuple(Support(name, now, known.get(name)) for name, now in grounds.items())
    dropped = tuple(name for name in known if name not in grounds)
    return Claim(key, statement, own, approval.statement if approval else None, supports, dropped, is_merged=False)


def stale(report: Report) -> Iterator[tuple[str, Problem]]:
    """Yield each statement that is not approved as it stands, and what to do about it; first what cannot be.

    What is amiss with the file of approvals comes without a statement.
    """
    yield from (("", problem) for problem in report.approvals_amiss)
    known = {*report.sections_by_id, *report.blocks_by_id}
    found = claims(report)
    for claim in found:
        unknown = [item for item in claim.statement.rests_on if str(item) not in known]
        for item in unknown:
            mend = did_you_mean(item, known, "use the id of a section or block")
            yield claim.key, Problem(item.place, RULE, f"nothing has the id {str(item)!r} to rest on", mend)
        if not unknown and not claim.is_approved:
            yield claim.key, _stale(claim)
    keys = {claim.key for claim in found}
    for key, (approval, *_) in report.approvals.items():
        if key not in keys:
            mend = "run `python build.py approve`, which clears it away"
            yield key, Problem(approval.place, RULE, f"no section states {key!r} any more", mend)


def printed_in(report: Report, content: EditionContent) -> set[str]:
    """Name the statements that a short edition prints."""
    return {key for block in blocks_of(report, content) for key in printed_by(report, block)}


def printed_by(report: Report, block: Block) -> list[str]:
    """Name the statements that a block prints."""
    if isinstance(block, Brief):
        return [f"{block.brief}.summary"]
    if not isinstance(block, KeyResults):
        return []
    wanted = block.results or [section.id for section in report.walk() if section.content.result is not None]
    parts = ("result", "example") if block.style == "cases" else ("result",)
    return [f"{name}.{part}" for name in wanted for part in parts]


def blocks_of(report: Report, content: EditionContent) -> Iterator[Block]:
    """Yield the blocks of an edition: its own, those it takes out of the report, those of sections printed whole."""
    for section in content.sections:
        included = report.sections_by_id.get(str(section.include))
        if included is not None:
            yield from (block for _, block in included.blocks())
        for block in section.blocks:
            found = report.blocks_by_id.get(str(block.excerpt)) if isinstance(block, Excerpt) else block
            if found is not None:
                yield found


def sentences(report: Report, name: str) -> Iterator[Sentence]:
    """Yield what a section or block says, in reading order; of a section its own words, not its subsections'."""
    if (section := report.sections_by_id.get(name)) is not None:
        content = section.content
        yield from _line(report, content.title)
        if content.lead is not None:
            yield from _prose(report, content.lead)
        for block in (*content.blocks, *content.closing):
            yield from _of_block(report, block)
    elif name in report.blocks_by_id:
        yield from _of_block(report, report.blocks_by_id[name])


def longest(report: Report, content: EditionContent, most: int = 3) -> list[tuple[str, int, Place]]:
    """Name the longest statements that an edition prints, with their words and places."""
    printed = printed_in(report, content)
    found = [
        (claim.key, len(prose.words(claim.own.text).split()), claim.own.place)
        for claim in claims(report)
        if claim.key in printed
    ]
    return sorted(found, key=lambda item: -item[1])[:most]


def _of_block(report: Report, block: Block) -> Iterator[Sentence]:
    for text in block.lines():
        yield from _line(report, text)
    for text in block.prose():
        yield from _prose(report, text)
    if isinstance(block, Figure) and str(block.figure) in report.figures:
        source = report.figures[str(block.figure)]
        for label in source.declared.labels.values():
            yield from _line(report, label)
        for table in source.tables.values():
            for row in table.texts:
                place = row[0].place if row else table.declared.place
                yield Sentence(_filled(report, " | ".join(row)), place)
        script = f"figures/{str(block.figure).replace('-', '_')}.py"
        yield Sentence(_script(report.project / script), Place(script))


def _script(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _line(report: Report, text: Located) -> Iterator[Sentence]:
    """Yield a title, cell or source whole; one that is written over several lines sentence by sentence."""
    if "\n" in text.strip():
        yield from _prose(report, text)
    else:
        yield from (_says(report, sentence) for sentence in _whole(text))


def _prose(report: Report, text: Located) -> Iterator[Sentence]:
    return (_says(report, sentence) for sentence in _sentences(text))


@remembered
def _sentences(text: Located) -> Iterator[Sentence]:
    """Divide a text into sentences as they are typed."""
    for begin, end in spans(shown(str(text))):
        words = text[begin:end]
        if words.strip():
            indent = len(words) - len(words.lstrip())
            yield Sentence(" ".join(words.split()), text.place_of(begin + indent))


@remembered
def _whole(text: Located) -> Iterator[Sentence]:
    yield Sentence(" ".join(text.split()), text.place)


def _says(report: Report, sentence: Sentence) -> Sentence:
    text = _filled(report, sentence.text)
    return sentence if text == sentence.text else replace(sentence, text=text)


def _filled(report: Report, text: str) -> str:
    """Put what facts say where they are named; other references stay as they are."""
    if "{" not in text and "\\" not in text:
        return text

    def say(reference: prose.Reference) -> str:
        fact = report.facts.get(reference.id) if reference.kind == "fact" else None
        if fact is None:
            return f"{{{reference.kind}:{reference.id}}}"
        if reference.form == "words":
            words = str(fact.words)
            return words[:1].upper() + words[1:] if reference.capital else words
        return f"{fact.value} {fact.unit}" if reference.form == "unit" else str(fact.value)

    return prose.plain(text, say)


def _stale(claim: Claim) -> Problem:
    mend = f"read it again; when it holds, run `python build.py approve {claim.key}`"
    if claim.is_merged:
        what = f"{claim.key!r} was approved in each of two branches, and nobody has read the two together"
        return Problem(claim.own.place, RULE, what, mend)
    if claim.approved is None:
        return Problem(claim.own.place, RULE, f"{claim.key!r} has not been approved", mend)
    changes = [_change(support) for support in claim.supports if not support.is_as_approved]
    changes += [f"{name} is no longer named" for name in claim.dropped]
    if not changes:
        return Problem(claim.own.place, RULE, f"{claim.key!r} reads otherwise than what was approved", mend)
    what = f"{claim.key!r} rests on what has changed since it was approved: {'; '.join(changes)}"
    return Problem(claim.own.place, RULE, what, mend)


def _change(support: Support) -> str:
    if support.approved is None:
        return f"{support.id} is new here"
    if not support.new and not support.gone:
        return f"in {support.id} sentences stand in another order"
    parts = [f"{sentence.place} now says «{_short(sentence.words)}»" for sentence in support.new[:3]]
    if len(support.new) > 3:
        parts.append(f"{len(support.new) - 3} more in {support.id} are new")
    if support.gone:
        count = support.gone
        parts.append(f"{count} sentence{'s' if count > 1 else ''} of {support.id} {'are' if count > 1 else 'is'} gone")
    return ", ".join(parts)


def _short(text: str) -> str:
    line = text.splitlines()[0] if text else ""
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]
