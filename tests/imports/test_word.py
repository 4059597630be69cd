"""Word imported: what becomes of each kind of thing, that nothing goes missing, and that no file does harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.imported import Imported, imported
from support.projects import PNG, Project
from support.word import archive, docx, paragraph, picture, relation, run, table, xml

from press.errors import ReportError
from press.imports.word import read

NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
FOOTNOTES = f'<w:footnote w:id="1" w:type="separator">{paragraph("-")}</w:footnote><w:footnote w:id="2">' + paragraph(
    run("Noten ") + run("min", "<w:i/>") + run("."), "Fotnotetekst"
)


def of(data: bytes, project: Project) -> Imported:
    path = project.write("tekst.docx", data).folder / "tekst.docx"
    return imported(read(path, "tekst.docx"), project.folder)


def test_headings_of_every_kind_become_sections(project: Project) -> None:
    inside = '<w:bookmarkStart w:id="1" w:name="_Toc7"/>' + run("Metode")
    outline = f'<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>{run("Utvalg")}</w:p>'
    link = f'<w:hyperlink w:anchor="_Toc7">{run("se metode")}</w:hyperlink>'
    body = paragraph("Rapporten", "Tittel") + paragraph(inside, "Overskrift1") + paragraph("Analyse", "Vaar") + outline
    made = of(docx(body + paragraph(link)), project)
    assert list(made.files) == ["ny", "metode", "analyse", "utvalg"]
    nested = made.drafts.sections[0]
    while nested.below:
        (nested,) = nested.below
    assert nested.id == "utvalg"
    assert "[se metode](#metode)" in made.files["utvalg"]
    assert not made.told


_LOW, _HIGH = (f'<w:vertAlign w:val="{where}"/>' for where in ("subscript", "superscript"))
PROSE = {
    "paragraphs": (paragraph("Ett. To.") + paragraph("") + paragraph("Tre."), "Ett.\n      To.\n\n      Tre."),
    "emphasis over several runs": (
        paragraph(run("a ") + run("b ", "<w:i/>") + run("c", "<w:i/>") + run(" d", "<w:b/>")),
        "a *b c* **d**",
    ),
    "small letters": (paragraph(run("CO") + run("2", _LOW) + run(" m") + run("2", _HIGH)), "CO~2~ m^2^"),
    "letters that mean something": (paragraph("{a} *b* [c](d) 1_2_"), r"\{a} \*b\* \[c\](d) 1_2\_"),
    "numbers typed by hand": (paragraph("1. Én") + paragraph("2. To"), "1\\. Én\n\n      2. To"),
    "list": (
        paragraph("a", list_=1) + paragraph("b", list_=1, level=1) + paragraph("c", list_=1),
        "- a\n        - b\n      - c",
    ),
    "two numbered lists": (
        "".join(paragraph(word, list_=number) for word, number in (("a", 2), ("b", 2), ("c", 3), ("d", 3))),
        "1. a\n      2. b\n\n      1. c\n      2. d",
    ),
    "numbered list that goes on": (
        paragraph("a", list_=2) + paragraph("b", list_=2) + paragraph("Mellom.") + paragraph("c", list_=2),
        "1. a\n      2. b\n\n      Mellom.\n\n      3. c",
    ),
    "spaces nobody sees": (paragraph("a\u00a0b\u00adc"), "a bc"),
    "field": (paragraph(f'{run("a ")}<w:fldSimple w:instr=" DATE ">{run("1. mai")}</w:fldSimple>'), "a 1. mai"),
    "added words": (paragraph(run("a ") + f'<w:ins w:id="1">{run("b")}</w:ins>'), "a b"),
}


@pytest.mark.parametrize(("body", "wanted"), PROSE.values(), ids=PROSE)
def test_word_becomes_prose(project: Project, body: str, wanted: str) -> None:
    made = of(docx(body), project)
    assert made.files["ny"].partition("  - text: |\n")[2] == f"      {wanted}\n"
    assert not made.problems


def test_tables_pictures_captions_notes_and_links_are_what_they_are_here(project: Project) -> None:
    body = (
        paragraph("Tabell 1: Tall for året", "Bildetekst")
        + table(("A", "B"), ("x", f"{run('5')}{NOTE}"))
        + paragraph(picture("bilde", "Et kart"))
        + paragraph("Figur 2 Kartet", "Bildetekst")
        + paragraph(f'<w:hyperlink r:id="lenke">{run("SSB")}</w:hyperlink>')
    )
    relations = relation("bilde", "image", "media/image1.png") + relation(
        "lenke", "hyperlink", "https://ssb.no", is_external=True
    )
    made = of(docx(body, relations, footnotes_xml=f"{FOOTNOTES}</w:footnote>", media__image1_png=PNG), project)
    assert made.files["ny"].partition("blocks:\n")[2] == (
        "  - table: tall-for-aret\n    title: Tall for året\n    columns:\n      - heading: A\n      - heading: B\n"
        "    rows:\n      - - x\n        - |\n          5[^1]\n\n          [^1]: Noten *min*.\n"
        "  - photo: ny-1\n    image: ny-1.png\n    alt: Et kart\n    caption: Kartet\n    # credit: who took it\n"
        "  - text: |\n      [SSB](https://ssb.no)\n"
    )
    assert made.drafts.images == {"ny-1.png": PNG}
    assert made.told == [
        "1: the number of a caption is left out: «Tabell 1:»",
        "2: the first row of a table is taken for the heads of its columns",
        "6: a picture's file does not say who took it",
        "7: the number of a caption is left out: «Figur 2»",
    ]


_BOX = f"<w:txbxContent>{paragraph('i boksen')}</w:txbxContent>"
_DELETED = '<w:del w:id="1"><w:r><w:delText>borte</w:delText></w:r></w:del>'
_BOTH = (
    f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{_BOX}</wps:txbx></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{_BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_CHART = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="D" descr="Søyler"/><a:graphic><a:graphicData><c:chart/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
_EQUATION = "<m:oMathPara><m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath></m:oMathPara>"
_FIELD = f'<w:fldSimple w:instr=" REF _Ref1 \\h ">{run("figur 3")}</w:fldSimple>'
_COMMENTED = f'{run("a")}<w:r><w:commentReference w:id="0"/></w:r>'
_ELSEWHERE = f'<w:hyperlink w:anchor="borte">{run("se der")}</w:hyperlink>'
_NO_NOTE = '<w:r><w:footnoteReference w:id="9"/></w:r>'
LOST = {
    "deleted words": (_DELETED, "words that were deleted under «Track changes» are left out: «borte»"),
    "hidden words": (run("a") + run("skjult", "<w:vanish/>"), "hidden words are left out: «skjult»"),
    "comment": (_COMMENTED, "a comment is left out: «Sjekk dette»"),
    "equation": (_EQUATION, "an equation is plain letters now: «E=mc»"),
    "text box": (_BOTH, "the words of a text box stand below the paragraph now: «i boksen»"),
    "chart": (_CHART, "a drawing, diagram or chart is left out, «Søyler»"),
    "cross-reference": (_FIELD, "a cross-reference is plain words now: «figur 3»"),
    "line end": (f"{run('a')}<w:r><w:br/></w:r>{run('b')}", "a line that ended within a paragraph is joined to the"),
    "underlined": (run("a", '<w:u w:val="single"/>'), "«a» is no longer marked as underlined"),
    "link in the file": (_ELSEWHERE, "a link to another place of the file is now words: «se der»"),
    "picture of another kind": (picture("emf", "Logo"), "a picture is not carried over: word/media/a.emf is neither"),
    "picture that is not there": (picture("intet"), "a picture is not carried over: it is not in the file"),
    "footnote that is not there": (_NO_NOTE, "a footnote is called that is not in the file"),
}


@pytest.mark.parametrize(("inside", "wanted"), LOST.values(), ids=LOST)
def test_what_word_loses_is_told_at_its_paragraph(project: Project, inside: str, wanted: str) -> None:
    comments = f'<w:comment w:id="0">{paragraph("Sjekk dette")}</w:comment>'
    data = docx(
        paragraph("Først.") + paragraph(inside),
        relation("emf", "image", "media/a.emf"),
        comments_xml=comments,
        media__a_emf=b"\x01\x00\x00\x00",
    )
    made = of(data, project)
    told = [each for each in made.told if each.startswith("2: ")]
    assert any(each[3:].startswith(wanted) for each in told), made.told
    assert not made.problems


def test_what_is_told_of_the_whole_file_names_its_words(project: Project) -> None:
    body = paragraph("Innhold 1", "INNH1") + paragraph("a", "Spesiell")
    data = docx(
        body,
        header_xml=paragraph("Topp"),
        footer_xml=paragraph("Bunn"),
        footnotes_xml=f"{FOOTNOTES}</w:footnote>",
    )
    made = of(data, project)
    assert made.told == [
        "0: a footnote that nothing calls is left out: «Noten min.»",
        "0: a running head is left out: «Topp»",
        "0: a running foot is left out: «Bunn»",
        "0: the table of contents is left out: «Innhold 1»",
        "0: what is in the style «Spesiell» is ordinary text now",
    ]


def test_merged_cells_are_told_and_none_goes_missing(project: Project) -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("ab")}</w:tc>'
    high = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("c")}</w:tc>'
    below = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph('')}</w:tc>"
    made = of(docx(table(("H", "I"), (wide,), (high, "d"), (below, "e"))), project)
    assert made.files["ny"].endswith('      - [ab, ""]\n      - [c, d]\n      - ["", e]\n')
    assert any("cells of a table that were one are several now" in told for told in made.told)


INSIDE = "<w:r><w:t>x</w:t></w:r>"
HOSTILE = {
    "no archive": (b"PK", "this is no Word file, or it is damaged"),
    "older file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is a file of an older Word, or has a password"),
    "no text": (archive({"a.txt": "x"}), "no text of Word is in this file"),
    "bomb": (
        docx(paragraph("a"), styles_xml=b" " * 21_000_000),
        "a part is larger than 20000000 bytes: word/styles.xml",
    ),
    "entities": (
        docx("", document_xml=b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'),
        "a part declares a document type, as Word never does: word/document.xml",
    ),
    "file by an entity": (
        docx("", document_xml='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'.encode("utf-16")),
        "a part declares a document type",
    ),
    "too deep": (docx(f"{'<w:smartTag>' * 100}{'</w:smartTag>' * 100}"), "more is nested or listed in a part"),
    "no XML": (docx("", document_xml=b"<a><b></a>"), "a part is damaged: word/document.xml"),
    "macros": (docx(paragraph("a"), vbaProject_bin=b"x"), "this file holds macros"),
    "picture elsewhere": (
        docx(paragraph(picture("b", how="link")), relation("b", "image", "https://b.no/c.png", is_external=True)),
        "a picture is not in the file: https://b.no/c.png",
    ),
    "picture on this machine": (
        docx(paragraph(picture("b", how="link")), relation("b", "image", "file:///etc/passwd", is_external=True)),
        "a picture is not in the file: file:///etc/passwd",
    ),
    "prefix of nothing": (docx("", document_xml=b"<w:a/>"), "a part is damaged: word/document.xml"),
    "newer archive": (
        docx(paragraph("a")).replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"),
        "this is no Word file, or it is damaged",
    ),
    "no body": (docx("", document_xml=xml("document", "").encode()), "the text of this file cannot be understood"),
}


@pytest.mark.parametrize(("data", "what"), HOSTILE.values(), ids=HOSTILE)
def test_file_that_would_do_harm_is_refused(project: Project, data: bytes, what: str) -> None:
    with pytest.raises(ReportError, match=re.escape(what)):
        of(data, project)


def test_outline_that_is_no_digit_makes_no_heading(project: Project) -> None:
    made = of(docx(f'<w:p><w:pPr><w:outlineLvl w:val="²"/></w:pPr>{run("Metode")}</w:p>'), project)
    assert list(made.files) == ["ny"]


def test_picture_outside_the_archive_is_not_found(project: Project) -> None:
    data = docx(paragraph(picture("b")), relation("b", "image", "../../../../etc/passwd"))
    assert any("it is not in the file" in told for told in of(data, project).told)


def test_deepest_text_that_is_let_in_is_read(project: Project) -> None:
    deep = "<w:ins>" * 50
    made = of(docx(f"<w:p>{deep}{run('dypt')}{'</w:ins>' * 50}</w:p>"), project)
    assert "dypt" in made.printed


RUNS = st.lists(
    st.builds(
        lambda text, properties: (text, properties),
        st.sampled_from(
            ["ord ", " {a}", "5*6", "*", "• ", "1. ", "x_y_", "<b>", "- ", "[c](d)", " A.", "~", "\u00a0", "«s»"]
        ),
        st.sampled_from(["", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", '<w:vertAlign w:val="superscript"/>', "<w:strike/>"]),
    ),
    min_size=1,
    max_size=4,
)
PARAGRAPHS = st.lists(
    st.tuples(
        RUNS, st.sampled_from(["", "Overskrift1", "Bildetekst", "list", "number", "deep", "table", "del", "box"])
    ),
    max_size=7,
)


@settings(max_examples=20)
@given(PARAGRAPHS)
def test_no_word_of_a_word_file_goes_missing(tmp_path_factory: pytest.TempPathFactory, parts: list) -> None:
    body = []
    for number, (runs, kind) in enumerate(parts):
        inside = "".join(run(f"{text}ord{number}a", properties) for text, properties in runs)
        lists = {"list": (1, 0), "number": (2, 0), "deep": (1, 1)}.get(kind, (0, 0))
        if kind == "del":
            inside = f"<w:del>{inside.replace('w:t>', 'w:delText>').replace('w:t ', 'w:delText ')}</w:del>"
        if kind == "box":
            inside = (
                f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph(inside)}</w:txbxContent></v:textbox></w:pict></w:r>"
            )
        style = kind if kind in {"Overskrift1", "Bildetekst"} else ""
        body.append(
            table((inside,), ("b",)) if kind == "table" else paragraph(inside, style, list_=lists[0], level=lists[1])
        )
    made = of(docx("".join(body)), Project(tmp_path_factory.getbasetemp()))
    assert not made.problems
    found = f"{made.printed} {' '.join(made.told)}"
    assert [word for number in range(len(parts)) if (word := f"ord{number}a") not in found] == []
