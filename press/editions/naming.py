"""How references read: the names and numbers of things, and what a medium says of where they stand.

An edition says which naming it uses. `ByPage` is that of paper: «side 29», with a link; `ByPageElsewhere` is that of an
edition on paper which leaves things out, and says where they stand in the full report. To add a medium: its own
`Naming` here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from press.content.report import Fact
from press.document import FINGERPRINT, PAGE_OF
from press.editions.references import Target
from press.words import prose
from press.words.language import NO_BREAK_SPACE, Language, lower_first, upper_first
from press.words.prose import Reference


def plain_words(text: str, say: Callable[[Reference], str], language: Language) -> str:
    """Set a line of plain words: what `say` says of references put in, spaces made non-breaking."""
    return language.set(prose.plain(" ".join(text.split()), say))


@dataclass(frozen=True)
class Naming(ABC):
    """What every medium calls things; where a thing stands each says for itself."""

    language: Language
    facts: Mapping[str, Fact]
    targets: Mapping[str, Target]
    """What stands in the edition, by id."""
    elsewhere: Mapping[str, Target]
    """What stands in the full report."""
    pages: Mapping[str, int]
    """On which page of the full report each id stands, from 1."""
    locales: Mapping[int, str] = field(default_factory=dict)
    """The locales of titles that are not in the publication's language, by the titles' identity."""
    main: str = ""
    """The locale of the others, where there are such."""

    @abstractmethod
    def page(self, target_id: str) -> Markup:
        """Say as a number where something stands; nothing in a medium without pages."""

    @abstractmethod
    def page_reference(self, target_id: str, *, capital: bool = False) -> Markup:
        """Say in words where something stands, as a link if it is here."""

    def page_link(self, target_id: str) -> Markup:
        """Leave room for the number of a page that leads there; those who do not see where it stands are told more."""
        number = self.page(target_id)
        if not number or not self.is_here(target_id):
            return number
        where = (
            f"{self.name(target_id, capital=True)}, {self.title(target_id)}, {lower_first(self.language.word('page'))}"
        )
        return Markup('<a class="page-link" href="#{}" title="{}">{}</a>').format(target_id, where, number)

    def absent(self, reference: Reference) -> str:
        """Name what this edition leaves out, in plain words."""
        return self._said(reference)

    def absent_link(self, target_id: str) -> str:
        """Give the words that follow those of a link to what this edition leaves out."""
        return ""

    def reference(self, reference: Reference) -> Markup:
        """Set a reference of prose: words, and a link where what they name is here."""
        if reference.kind == "page":
            return self.page_reference(reference.id, capital=reference.capital)
        spoken = self._spoken(reference)
        if reference.kind == "fact" or not self.is_here(reference.id):
            words = escape(self.words(reference))
            return Markup("<span{}>{}</span>").format(spoken, words) if spoken else words
        return Markup('<a class="reference" href="#{}"{}>{}</a>').format(reference.id, spoken, self.words(reference))

    def _spoken(self, reference: Reference) -> Markup:
        """Say as an attribute in which language a title is that a reference prints, if that is not the text's own."""
        target = self._target(reference.id) if self.locales and reference.kind != "fact" else None
        if target is None or not (reference.kind == "title" or target.is_named_by_title):
            return Markup("")
        locale = self.locales.get(id(target.title), self.main)
        return Markup(' lang="{}"').format(locale) if locale != self.language.locale else Markup("")

    def link(self, address: str) -> tuple[Markup, Markup]:
        """Give what stands before and after the words of a link: an element, or where to find what is left out."""
        target_id = address.removeprefix("#")
        if target_id == address or self.is_here(target_id):
            return prose.anchor(address)
        return Markup(""), escape(self.absent_link(target_id))

    def words(self, reference: Reference) -> str:
        """Set a reference of plain words."""
        if reference.kind == "fact":
            words = self.language.fact(self.facts[reference.id], reference.form)
        else:
            words = self._said(reference) if self.is_here(reference.id) else self.absent(reference)
        return upper_first(words) if reference.capital else words

    def _said(self, reference: Reference) -> str:
        return self.title(reference.id) if reference.kind == "title" else self.name(reference.id)

    def plain(self, text: str) -> str:
        """Set a line of plain words: facts and names put in, spaces made non-breaking."""
        return plain_words(text, self.words, self.language)

    def name(self, target_id: str, *, capital: bool = False) -> str:
        """Name a target as running text does: figur 5, kapittel 1, «Digitalisering», boksen om Bedrift F."""
        words = self._name(self._target(target_id))
        return upper_first(words) if capital else words

    def title(self, target_id: str) -> str:
        """Give a target's title in the language's quotation marks."""
        target = self._target(target_id)
        opening, closing = self.language.quotes
        return f"{opening}{self.plain(target.title or target.id)}{closing}"

    def number(self, target_id: str) -> int | str | None:
        """Give a target's number in its series, if it has one; letters where it is counted by them."""
        target = self._target(target_id)
        return target.label or target.number

    def section_number(self, target_id: str) -> str:
        """Give the number of a section below a chapter or appendix, if the publication numbers it."""
        target = self._target(target_id)
        return target.label or "" if target.kind == "section" else ""

    def is_here(self, target_id: str) -> bool:
        """Tell whether something stands in this edition; raises KeyError if there is no such thing at all."""
        self._target(target_id)
        return str(target_id) in self.targets

    def fingerprint(self, mark: int) -> Markup:
        """Print the fingerprint of the content."""
        return escape(str(mark))

    def _name(self, target: Target) -> str:
        word = self.language.word
        match target.kind:
            case "figure" | "table" | "chapter" | "appendix":
                return f"{lower_first(word(target.kind))}{NO_BREAK_SPACE}{target.label or target.number}"
            case "section" if target.label is not None:
                root = "chapter" if not target.in_appendix else "appendix"
                return f"{lower_first(word(root))}{NO_BREAK_SPACE}{target.label}"
            case "divider" | "questions":
                return f"{lower_first(word('part'))}{NO_BREAK_SPACE}{target.number}"
            case "example":
                return f"{lower_first(word('box_about'))} {word('party')}{NO_BREAK_SPACE}{target.party}"
        return self.title(target.id)

    def _target(self, target_id: str) -> Target:
        try:
            return self.targets.get(str(target_id)) or self.elsewhere[str(target_id)]
        except KeyError:
            raise KeyError(f"a template refers to {target_id!r}, which nothing has as its id") from None


class ByPage(Naming):
    """By page number. Compose knows none of the edition's own: it leaves room for them, which the writer fills."""

    def fingerprint(self, mark: int) -> Markup:
        return Markup('<span class="page-number" {}="{}"></span>').format(PAGE_OF, FINGERPRINT)

    def page(self, target_id: str) -> Markup:
        if not self.is_here(target_id):
            return escape(str(self._page_elsewhere(target_id)))
        return Markup(f'<span class="page-number" {PAGE_OF}="{escape(target_id)}"></span>')  # noqa: S704

    def page_reference(self, target_id: str, *, capital: bool = False) -> Markup:
        if not self.is_here(target_id):
            words = self.absent_page(target_id)
            return escape(upper_first(words) if capital else words)
        word = self.language.word("page")
        return Markup('<a class="reference" href="#{}">{}{}{}</a>').format(
            target_id, word if capital else lower_first(word), NO_BREAK_SPACE, self.page(target_id)
        )

    def absent_page(self, target_id: str) -> str:
        """Say on which page of the full report something stands: «side 29»."""
        return f"{lower_first(self.language.word('page'))}{NO_BREAK_SPACE}{self._page_elsewhere(target_id)}"

    def _page_elsewhere(self, target_id: str) -> int:
        try:
            return self.pages[str(target_id)]
        except KeyError:
            raise KeyError(f"the full report has no page for {str(target_id)!r}") from None


class ByLink(Naming):
    """By link, where there are no pages of its own: what is named leads there, and the page of the PDF is named."""

    def page(self, target_id: str) -> Markup:
        self.is_here(target_id)
        return escape(str(self.pages.get(str(target_id), "")))

    def page_reference(self, target_id: str, *, capital: bool = False) -> Markup:
        number, word = self.page(target_id), self.language.word
        if not number:
            return Markup('<a class="reference" href="#{}">{}</a>').format(
                target_id, self.name(target_id, capital=capital)
            )
        page = word("page") if capital else lower_first(word("page"))
        where = f"{self.name(target_id, capital=True)}, {self.title(target_id)}"
        return Markup('<a class="reference page-reference" href="#{}" title="{}">{}{}{} {}</a>').format(
            target_id, where, page, NO_BREAK_SPACE, number, word("in_pdf")
        )


class ByPageElsewhere(ByPage):
    """As `ByPage`; what the edition leaves out is said to stand in the full report."""

    def absent_page(self, target_id: str) -> str:
        """Say «side 29 i hovedrapporten»."""
        return f"{super().absent_page(target_id)} {self.language.word('in_full_report')}"

    def absent_link(self, target_id: str) -> str:
        return f" ({self._where(target_id)})"

    def absent(self, reference: Reference) -> str:
        """Name what is left out by where it stands: «se hovedrapporten, side 29»."""
        word = self.language.word
        if reference.kind == "page":
            return self.absent_page(reference.id)
        if reference.kind == "title":
            return f"{self.title(reference.id)} {word('in_full_report')}"
        where, see = self._where(reference.id), word("see")
        if reference.before.endswith("("):
            return f"{see} {where}"
        if reference.before[-1:].isspace() and reference.before.casefold().replace("(", " ").split()[-1:] == [see]:
            return where
        return f"{self.name(reference.id)} {word('in_full_report')} ({super().absent_page(reference.id)})"

    def _where(self, target_id: str) -> str:
        return f"{self.language.word('full_report')}, {super().absent_page(target_id)}"
