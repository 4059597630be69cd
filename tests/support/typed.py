"""Texts as editors type, paste and import them, drawn at random; each knows what a reader reads.

What is read is written here beside what is typed, by hand and without a look at the engine's own reading of Markdown
(`press.words.prose`). It is plain text, but for what only finished pages know:

    REFERENCE id, fact:name, page:id, … END     what stands there for a reference
    POINTER id END                              after a link's words: where an edition has not what it leads to
    NOTE … NOTE_END                             a footnote, read where it is called
    BESIDE … NOTE_END                           a footnote whose call stands right after another's

A text is of one of three kinds, as in the models: `plain` words, `inline` (one paragraph of Markdown), and prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

Kind = Literal["plain", "inline", "prose"]
REFERENCE, POINTER, END, NOTE, NOTE_END, BESIDE = "\ue000\ue001\ue002\ue003\ue004\ue005"
LETTERS = "-abcdefghijklmnopqrstuvwxyz"
SYLLABLES = (
    "bru", "dal", "eng", "fjord", "gren", "havn", "kyst", "land", "mark", "nes", "odd", "plass",
    "rygg", "skog", "strand", "tun", "ur", "vik", "øy", "å", "ås", "hage", "vidde", "sletta",
)  # fmt: skip
FACTS: dict[str, dict[str, str]] = {
    "bedrifter": {"value": "33", "words": "trettitre", "unit": "bedrifter", "source": "Studien"},
    "andel": {"value": "12.5", "unit": "prosent", "source": "Studien"},
    "ansatte": {"value": "125000", "words": "hundre og tjuefem tusen", "source": "Studien"},
}
FACTS_READ = {
    "bedrifter": "33", "bedrifter.words": "trettitre", "bedrifter.unit": "33 bedrifter",
    "andel": "12,5", "andel.unit": "12,5 prosent",
    "ansatte": "125 000", "ansatte.words": "hundre og tjuefem tusen",
}  # fmt: skip
LITERAL = (
    # Numbers first, and what an editor's hand writes beside numbers.
    "17. mai", "33. plass", "2020. Året", "5. etasje", "12) punktet", "100. gang", "0. utgave", "1814. Eidsvoll",
    "12 %", "§ 3-1", "§§ 4 og 5", "kl. 12.30", "kl. 8–16", "2019–2024", "s. 4–7", "1 250 000 kroner",
    "12 500", "3,5 mill. kr", "17. mai 2024", "1.1.2024", "nr. 7", "20 °C", "± 0,5", "2 × 4", "≈ 3", "x ≤ 5",
    "a < b > c", "−5 grader", "½ liter", "1/2", "3:1", "+47 22 33 44 55", "16/9", "4.0", "50 %-stilling",
    "ISO 27001:2022", "NOU 2020: 2",
    # Marks that are none.
    "#12", "sak #12", "C#", "AT&T", "100$", "€ 25", "£ 9", "R&D", "og/eller", "A/S", "snake_case", "fil_navn_2.txt",
    "a=b", "(se under)", "[sic]", "ja!", "hva?", "hm …", "tja –", "1+1=2", "@navn", "50 | 60", "^", "&", ";-)",
    # Quotation marks and apostrophes.
    "«ord»", "«ord, ‹indre› ord»", "«Ja», sa hun.", "«Hva?»", "(«ord»)", "«‹slik› ja»",
    "Lars’ bil", "Hans’", "rock’n’roll", "’90-tallet",
    # Dashes, abbreviations, addresses.
    "her – og der – er", "Oslo–Bergen", "bl.a.", "f.eks.", "dvs.", "m.fl.",
    "ca. 30", "osv.", "e-post", "Big Data-analyser", "nord-norske",
    "post@example.org", "https://example.org/sti?a=1&b=2#del", "www.example.org", "example.org/a_b_c",
    # Letters.
    "Kárášjohka", "Guovdageaidnu", "Göteborg", "Ängelholm", "Łódź", "čáhci", "Deanu šaldi", "Ærø", "naïv", "Ibsen è",
    "CO₂", "m²", "ΔT",
    "Ångström", "Škoda", "IT-", "BÆRUM", "µm",
)  # fmt: skip
# A pull quote is set in italics, which have no Greek letters.
UNQUOTED = tuple(typed for typed in LITERAL if not set("«»‹›Δ").intersection(typed))
ESCAPED = (
    (r"\*", "*"), (r"5\*6\*7", "5*6*7"), (r"\{id\}", "{id}"), (r"\[ord\](her)", "[ord](her)"),
    (r"C:\\Temp", "C:\\Temp"), (r"\# 12", "# 12"), (r"\<b\>", "<b>"), (r"\[^1\]", "[^1]"), (r"17\. mai", "17. mai"),
)  # fmt: skip
CODE = (
    ("`x_1`", "x_1"), ("`a * b[0] = {c}`", "a * b[0] = {c}"), ("`--option \"navn\"`", '--option "navn"'),
    ("`` `b` ``", "`b`"), ("`<br> & $d$`", "<br> & $d$"), ("*`e`*", "e"), ("`C:\\Temp\\*.csv`", "C:\\Temp\\*.csv"),
    ("`https://example.org/en/lang/sti/som/ikke/tar/slutt.html`", "https://example.org/en/lang/sti/som/ikke/tar/slutt.html"),
)  # fmt: skip
FORMULAS = (
    ("$E = mc^2$", "E = m c i annen"), ("$x_i$", "x indeks i"), (r"$\frac{a}{b}$", "a delt på b"), ("$a < b$", "a < b"),
)  # fmt: skip
RAISED = (("CO~2~", "CO2"), ("10^6^", "106"), ("m^2^", "m2"), ("H~2~O", "H2O"), ("x^a^~b~", "xab"), ("x~a~^2^", "xa2"))
SOURCES = """\
@book{nordmann2020, author = {Nordmann, Kari}, title = {Boka}, year = {2020}, publisher = {Forlaget}}
@book{ssb2021, author = {{Statistisk sentralbyrå}}, title = {Tallene}, year = {2021}, publisher = {SSB}}
"""
LISTED = {
    "nordmann2020": "Nordmann, K. (2020) Boka. Forlaget.",
    "ssb2021": "Statistisk sentralbyrå (2021) Tallene. SSB.",
}
CITED = (
    ("[@nordmann2020]", "(Nordmann, 2020)"), ("[@nordmann2020, s. 12–14]", "(Nordmann, 2020, s. 12–14)"),
    ("[@nordmann2020; @ssb2021]", "(Nordmann, 2020; Statistisk sentralbyrå, 2021)"), ("[-@ssb2021]", "(2021)"),
    ("[se @ssb2021, kap. 3]", "(se Statistisk sentralbyrå, 2021, kap. 3)"), ("@nordmann2020", "Nordmann (2020)"),
    ("@ssb2021 [s. 3]", "Statistisk sentralbyrå (2021, s. 3)"),
)  # fmt: skip
_NUMBER_FIRST = re.compile(r"\d+[.)](\s|\Z)")
_NO_LINE_BEGINS = re.compile(r"[-–+*>|#=:~`•\[\\^&;’]")


@dataclass(frozen=True)
class Said:
    """A stretch of text: as it is typed, as it is read, and the footnotes' texts that its calls need."""

    typed: str
    read: str
    notes: tuple[str, ...] = ()

    def within(self, before: str, after: str = "", read: str = "{}") -> Said:
        """Put marks around it."""
        return Said(f"{before}{self.typed}{after}", read.replace("{}", self.read), self.notes)

    def then(self, other: Said, typed: str = "", read: str = "") -> Said:
        return Said(f"{self.typed}{typed}{other.typed}", f"{self.read}{read}{other.read}", (*self.notes, *other.notes))


@dataclass(frozen=True)
class Text:
    """A whole text: as it stands in the content, and the lines that are read: paragraphs, and labels and points."""

    typed: str
    read: tuple[str, ...]


def same(text: str) -> Said:
    """Give what is read as it is typed."""
    return Said(text, text)


@dataclass
class Typist:
    """Types texts at random, and knows what is read of them."""

    random: Random
    notes_share: float = 0.0
    """The share of stretches with a footnote, where one may be."""
    ids: list[str] = field(default_factory=list)
    """What may be referred to."""
    written: int = 0
    """How many words were typed."""
    count: int = 0
    known: set[str] = field(default_factory=set)
    cites: bool = False
    """Whether there is a file of sources; an @ before a word cites one then."""
    may_cite: bool = True
    """Whether what is being typed is sure to be printed, so that what it cites is listed."""
    may_be_long: bool = True
    """Whether it may have words that no line of large type holds, and that nothing divides there."""

    # Chance.

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def one_of(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    # Whole texts.

    def line(self, least: int, most: int, kind: Kind = "plain", *, calls: bool = True) -> Text:
        """Type a text of one line or paragraph."""
        said = self.stretch(self.random.randint(least, most), kind, calls=calls)
        return Text("\n\n".join([said.typed, *said.notes]), (said.read,))

    def prose(self, paragraphs: int, *, lists: float = 0.15, calls: bool = True) -> Text:
        """Type paragraphs, some of them lists, with the footnotes below."""
        blocks = [
            self.items(calls=calls) if self.chance(lists) else self.paragraph(self.one_of(4, 15, 40, 90), calls=calls)
            for _ in range(paragraphs)
        ]
        if self.chance(0.05):
            blocks.append((same("$$a = b + 2$$"), ("a = b + 2",)))
        return self.text(blocks)

    def text(self, blocks: Iterable[tuple[Said, tuple[str, ...]]]) -> Text:
        """Join paragraphs and lists; the footnotes stand below each of them, or below all."""
        together = self.chance(0.7)
        pieces: list[str] = []
        notes: list[str] = []
        lines: list[str] = []
        for said, read in blocks:
            pieces.append(said.typed)
            (notes if together else pieces).extend(said.notes)
            lines += read
        return Text("\n\n".join([*pieces, *notes]), tuple(lines))

    def paragraph(self, most: int, *, calls: bool = True) -> tuple[Said, tuple[str, ...]]:
        said = self.sentences(self.random.randint(max(most // 3, 1), most), calls=calls)
        return said, (said.read,)

    def items(self, *, calls: bool = True, depth: int = 0, is_counted: bool = False) -> tuple[Said, tuple[str, ...]]:
        """Type a list, with lists and paragraphs within its points; `is_counted`: within a counted one."""
        mark = self.one_of("-", "1.", "1)") if depth == 0 else self.one_of("-", "1.")
        typed: list[str] = []
        notes: list[str] = []
        read: list[str] = []
        loose = self.chance(0.2)
        for number in range(1, self.one_of(2, 3, 6, 12 if depth == 0 else 3) + 1):
            label = mark if mark == "-" else f"{number}{mark[1:]}"
            # A counted list within a counted one has letters.
            printed = "–" if mark == "-" else f"{LETTERS[number]}{mark[1:]}" if is_counted else label
            said = self.sentences(self.one_of(1, 3, 12, 25), calls=calls, in_list=True)
            lines, indent = [said.typed], " " * (len(label) + 1)
            read += [printed, said.read]
            notes += said.notes
            if self.chance(0.1):
                more = self.sentences(self.one_of(3, 12), calls=calls, begins=False, in_list=True)
                lines += ["", more.typed]
                read.append(more.read)
                notes += more.notes
            if depth < 2 and self.chance(0.12):
                below, below_read = self.items(calls=calls, depth=depth + 1, is_counted=is_counted or mark != "-")
                lines += [*([""] if loose else []), below.typed]
                read += below_read
                notes += below.notes
            body = "\n".join(lines).replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n")
            typed.append(f"{label} {body}")
        return Said(("\n\n" if loose else "\n").join(typed), "", tuple(notes)), tuple(read)

    # Stretches of a text.

    def sentences(self, words: int, *, calls: bool, begins: bool = True, in_list: bool = False) -> Said:
        """Type a paragraph, over several lines of the source; `begins` lets it begin with a number."""
        said, on_line, before_is_number = None, 0, False
        end = self.written + words
        while said is None or self.written < end:
            piece = self.piece("prose", calls=calls)
            is_number = _NUMBER_FIRST.match(piece.typed) is not None
            # In a list the number would be a point's, as it is typed.
            is_marked = is_number and (before_is_number or in_list)
            breaks = on_line > 3 and self.chance(0.25) and not (is_marked or _NO_LINE_BEGINS.match(piece.typed))
            if said is None:
                if _NO_LINE_BEGINS.match(piece.typed) or (is_number and not begins):
                    piece, is_number = same(self.word()), False
                said, before_is_number = piece, is_number
            elif breaks:
                said, on_line, before_is_number = said.then(piece, "\n", " "), 0, is_number
            else:
                said = spaced(said, piece)
            on_line += 1
        return said.then(same("."))

    def stretch(self, words: int, kind: Kind, *, calls: bool = True) -> Said:
        """Type words on one line."""
        end = self.written + words
        said = self.piece(kind, calls=calls)
        if _NO_LINE_BEGINS.match(said.typed):
            said = same(self.word())
        while self.written < end:
            said = spaced(said, self.piece(kind, calls=calls))
        return said

    def piece(self, kind: Kind, *, calls: bool = True) -> Said:
        """Type a word, or what editors type among words."""
        if self.chance(0.72):
            said = same(self.word())
        else:
            self.written += 1
            makers = PLAIN if kind == "plain" else (*PLAIN, *INLINE) if kind == "inline" else (*PLAIN, *INLINE, *PROSE)
            said = self.random.choices([maker for maker, _ in makers], [weight for _, weight in makers])[0](self)
        if calls and kind != "plain" and not said.typed.endswith("^") and self.chance(self.notes_share):
            said = said.then(self.call())
            if self.chance(0.15):
                said = said.then(self.call(BESIDE))
        return said

    def call(self, begins: str = NOTE) -> Said:
        """Call a footnote, which takes one line, two, or two paragraphs."""
        self.count += 1
        name = self.one_of(f"n{self.count}", f"{self.count}", f"Å-{self.count}")
        first = self.stretch(self.random.randint(1, self.one_of(3, 8, 25)), "inline", calls=False)
        typed, read = first.typed, first.read
        if self.chance(0.25):
            more = self.stretch(self.random.randint(1, 9), "inline", calls=False)
            typed, read = f"{typed}\n    {more.typed}", f"{read} {more.read}"
        if self.chance(0.1):
            more = self.stretch(self.random.randint(3, 20), "inline", calls=False)
            typed, read = f"{typed}\n\n    {more.typed}", f"{read} {more.read}"
        return Said(f"[^{name}]", f"{begins}{read}{NOTE_END}", (f"[^{name}]: {typed}",))

    def word(self) -> str:
        """Make a word that was not there before, now and then two with a hyphen between them."""
        self.written += 1
        word = ""
        while not word or word in self.known:
            word = "".join(self.random.choices(SYLLABLES, k=self.one_of(2, 2, 3, 4)))
        self.known.add(word)
        return f"{word}-{self.word()}" if self.chance(0.03) else word

    def unquoted(self) -> str:
        """Make a word, or what editors type among words, that may stand in a quotation."""
        return self.one_of(*UNQUOTED) if self.chance(0.2) else self.word()

    def words(self, least: int, most: int) -> str:
        return " ".join(self.word() for _ in range(self.random.randint(least, most)))


def spaced(said: Said, piece: Said) -> Said:
    """Join two stretches on a line; brackets one after the other would be a link of another Markdown."""
    between = " – " if said.typed.endswith("]") and piece.typed.startswith("[") else " "
    return said.then(piece, between, between)


def long_word(t: Typist) -> Said:
    if not t.may_be_long:
        return same(t.word())
    t.written += 1
    return same("".join(t.random.choices(SYLLABLES, k=12)))


def literal(t: Typist) -> Said:
    typed = t.one_of(*LITERAL)
    return same("navn" if t.cites and typed == "@navn" else typed)


def code(t: Typist) -> Said:
    return Said(*t.one_of(*CODE))


def formula(t: Typist) -> Said:
    # A drawing is no text: what it says stands by itself.
    typed, read = t.one_of(*FORMULAS)
    return Said(typed, f" {read} ")


def raised(t: Typist) -> Said:
    return Said(*t.one_of(*RAISED))


def bold(t: Typist) -> Said:
    word = t.words(1, 2)
    typed, read = t.one_of(("**{}**", "{}"), ("«**{}**»", "«{}»"), ("(**«{}»**)", "(«{}»)"), ("**{}**et", "{}et"))
    return Said(typed.replace("{}", word), read.replace("{}", word))


def citation(t: Typist) -> Said:
    return Said(*t.one_of(*CITED)) if t.cites and t.may_cite else code(t)


def escaped(t: Typist) -> Said:
    return Said(*t.one_of(*ESCAPED))


def fact(t: Typist) -> Said:
    name = t.one_of(*FACTS_READ)
    capital = t.chance(0.2)
    shown = name[0].upper() + name[1:] if capital else name
    return Said(f"{{fact:{shown}}}", f"{REFERENCE}fact:{shown}{END}")


def reference(t: Typist) -> Said:
    if not t.ids:
        return fact(t)
    name = t.one_of(*t.ids)
    name = name[0].upper() + name[1:] if t.chance(0.2) else name
    inside = f"{t.one_of('', '', 'page:', 'title:')}{name}"
    said = Said(f"{{{inside}}}", f"{REFERENCE}{inside}{END}")
    return t.one_of(
        said, said, said.within("(", ")", "({})"), said.within("se ", "", "se {}"), said.within("(se ", ")", "(se {})")
    )


def emphasis(t: Typist) -> Said:
    word = t.words(1, 2)
    around = t.one_of(
        ("*", "*", "{}"), ("*", "*", "{}"), ("«*", "*»", "«{}»"), ("*«", "»*", "«{}»"), ("*«", "»*et", "«{}»et"),
        ("*", "*-en", "{}-en"), ("*", "*et", "{}et"), ("(*", "*)", "({})"), ("*", "*,", "{},"),
        ("*", "* – ", "{} –"), ("*(", ")*", "({})"),
        ("*", " 12 %*", "{} 12 %"), ("‹*", "*›", "‹{}›"),
    )  # fmt: skip
    return same(word).within(around[0], around[1].rstrip(), around[2])


def link(t: Typist) -> Said:
    word = t.words(1, 3)
    address = t.one_of(
        "https://example.org/", "https://example.org/a_b?c=1&d=2#e", "https://lovdata.no/lov/1999-03-26-14/§3-1",
        "mailto:post@example.org", "https://example.org/~navn/17.%20mai",
    )  # fmt: skip
    typed, read = t.one_of(
        (word, word),
        (word, word),
        (f"*{word}*", word),
        (f"«{word}»", f"«{word}»"),
        (f"17. mai {word}", f"17. mai {word}"),
    )
    said = Said(f"[{typed}]({address})", read)
    if typed == read and t.chance(0.3):
        return said.within("*", "*")
    return t.one_of(said, said.within("(", ")", "({})"), said.within("", ".", "{}."))


def pointer(t: Typist) -> Said:
    if not t.ids:
        return link(t)
    word, name = t.words(1, 2), t.one_of(*t.ids)
    return Said(f"[{word}](#{name})", f"{word}{POINTER}{name}{END}")


Maker = Callable[[Typist], Said]
PLAIN: tuple[tuple[Maker, int], ...] = ((literal, 12), (fact, 1))
INLINE: tuple[tuple[Maker, int], ...] = (
    (escaped, 1),
    (emphasis, 4),
    (link, 3),
    (reference, 3),
    (pointer, 1),
    (code, 1),
    (formula, 1),
    (raised, 1),
    (bold, 2),
)
PROSE: tuple[tuple[Maker, int], ...] = ((long_word, 1), (citation, 1))
