"""The pages of the web edition: what stands where, where links lead, and that nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from support.chapters import DATA, two_chapters
from support.projects import Project

from press.cache import Cache
from press.compose.data_files import data_file_names
from press.compose.parts import compose
from press.content.report import DataColumn, DataFile, DataTable, FigureSource, ReadTable
from press.contrast import channels, contrast, dark_ground, turned
from press.editions.edition import WEB
from press.errors import TemplateError, TypesetError
from press.figures.drawing import Drawing, PageRoom
from press.figures.theme import COLOURS
from press.writers.html import classes, parse, words_of, written
from press.writers.web import typeset as web_typeset
from press.writers.web.early import hash_of
from press.writers.web.typeset import Typesetter

pytestmark = pytest.mark.usefixtures("nothing_is_drawn", "no_fonts")
SECTIONS = """\
title: Start
lead: |
  Ingressen.
blocks:
  - text: |
      Se {page:ramme}, {neste} og {figur-1}.[^en]

      [^en]: En note.
  - callout: ramme
    title: Ramme
    text: Ord i rammen.[^to]

      [^to]: Enda en note.
  - quote: Ord i rammen
"""
NEXT = """\
title: Neste kapittel
blocks:
  - figure: figur-1
    title: En figur
    source: Egen.
    alt: Tre ruter.
  - text: |
      Tilbake til {page:ramme}.[^en]

      [^en]: En note her.
closing:
  - example: boks
    party: A
    theme: Tema
    title: En boks
    text: |
      Bedrift A.
"""


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without fonts and pictures, which take seconds."""
    monkeypatch.setattr(web_typeset, "fonts", lambda *_: {})
    monkeypatch.setattr(web_typeset, "in_points", lambda *_: b"")
    monkeypatch.setattr(web_typeset, "cover", lambda *_: b"")


@pytest.fixture
def site(project: Project) -> Project:
    """Give a publication of two chapters, with one of each thing that leads somewhere."""
    section = SECTIONS.replace(
        "text: Ord i rammen.[^to]\n\n      [^to]", "text: |\n      Ord i rammen.[^to]\n\n      [^to]"
    )
    return two_chapters(project, section, NEXT)


def files(project: Project, pages: Mapping[str, int] | None = None) -> Mapping[str, str]:
    """Make the web edition; gives its texts by the names of their files."""
    document = compose(project.load(), WEB, pages={"ramme": 7} if pages is None else pages)
    made = Typesetter(Cache(None)).typeset(document, lambda line: None).files("web")
    texts = (".html", ".js", ".css", ".csv", ".txt", ".bib", ".ris", ".json", ".xml")
    return {name.removeprefix("web/"): data.decode() for name, data in made.items() if name.endswith(texts)}


def links(html: str) -> list[str]:
    return re.findall(r'<a [^>]*href="([^"]*)"', html)


def test_each_chapter_is_a_page_that_leads_to_those_before_and_after(site: Project) -> None:
    made = files(site)
    assert {"index.html", "start.html", "neste.html", "whole.html", "search.html", "accessibility.html"} <= made.keys()
    assert 'rel="next" href="neste.html"' in made["start.html"]
    assert 'rel="prev" href="start.html"' in made["neste.html"]
    assert 'href="#start" aria-current="page"' in made["start.html"]


def test_reference_leads_to_the_place_and_names_the_page_of_the_pdf(site: Project) -> None:
    made = files(site)
    assert (
        '<a class="reference page-reference" href="#ramme" title="«Ramme», «Ramme»">side&nbsp;7 i PDF-en</a>'
        in made["start.html"]
    )
    assert 'href="start.html#ramme"' in made["neste.html"]
    assert 'href="neste.html#figur-1"' in made["start.html"]
    assert links(made["whole.html"]).count("#ramme") == 2
    assert '<a class="reference" href="#ramme">«Ramme»</a>' in files(site, {})["start.html"]


def test_every_link_leads_to_something(site: Project) -> None:
    made = files(site)
    ids = {name: set(re.findall(r' id="([^"]+)"', html)) for name, html in made.items() if name.endswith(".html")}
    names = set(Typesetter(Cache(None)).typeset(compose(site.load(), WEB), lambda line: None).files("web"))
    for page, html in made.items():
        for address in links(html) if page in ids else ():
            file, _, place = address.partition("#")
            assert f"web/{file or page}" in names, address
            assert not place or place in ids[file or page], address


def test_note_stands_below_its_chapter_with_a_way_back(site: Project) -> None:
    page = parse(files(site)["start.html"])
    notes = [each for each in page.iter("li") if (each.get("id") or "").startswith("start.note-")]
    assert [words_of(note) for note in notes] == ["En note. ↩", "Enda en note. ↩"]
    (back,) = (each for each in notes[0].iter("a"))
    (call,) = (each for each in page.iter("a") if f"#{each.get('id')}" == back.get("href"))
    assert call.get("href") == f"#{notes[0].get('id')}"
    assert call.get("aria-label") == "Note 1"
    assert "data-notes" not in files(site)["about.html"]


def test_data_of_a_figure_stands_behind_a_disclosure_and_as_files(site: Project) -> None:
    made = files(site)
    figure = made["neste.html"]
    assert '<th scope="row" class="left">Andre</th><td class="right">12&nbsp;000</td>' in figure
    assert figure.index("<details") < figure.index("Andre") < figure.index("</details>")
    assert made["figures/figur-1.csv"] == "\ufeffNavn;Antall\r\nFørste;1,5\r\nAndre;12000\r\n"
    assert "figur-1.csv: Tallene" in made["figures/README.txt"]
    assert "Egen." in made["figures/README.txt"]
    assert "Fritt." in made["figures/README.txt"]


def test_no_cell_of_a_download_is_a_formula_and_every_number_is_one(site: Project) -> None:
    rows = ["[=1+1, -2.5]", '["-5", 3]', '["+47 22", 4]', '["@navn", -1]', '["- punkt", 0]', '["−3 grader", 1]']
    data = DATA.replace("      - [Første, 1.5]\n      - [Andre, 12000]\n", "".join(f"      - {row}\n" for row in rows))
    cells = files(site.write("content/data/figur-1.yaml", data))["figures/figur-1.csv"].splitlines()[1:]
    joiner = "\N{WORD JOINER}"
    assert cells == [f"{joiner}=1+1;-2,5", "-5;3", "+47 22;4", f"{joiner}@navn;-1", f"{joiner}- punkt;0", "−3 grader;1"]


def test_drawing_stands_in_its_page_with_its_words_for_those_who_do_not_see_it(site: Project) -> None:
    page = files(site)["neste.html"]
    assert re.search(r'<svg viewBox="0 0 9 9" class="drawing" width="[\d.]+" height="[\d.]+"><g [^>]*role="img"', page)
    assert 'aria-label="Tre ruter." aria-details="figur-1.data"' in page
    assert 'id="figur-1.data"' in page
    assert "style=" not in page


def test_search_index_has_each_thing_with_its_address(site: Project) -> None:
    index = json.loads(files(site)["search-index.js"].removeprefix("window.searchIndex=").removesuffix(";\n"))
    assert {entry[0]: entry[2] for entry in index} == {
        "start.html": "1 Start",
        "start.html#ramme": "Ramme",
        "start.html#notes.start": "Noter",
        "neste.html": "2 Neste kapittel",
        "neste.html#figur-1": "Figur 1 En figur",
        "neste.html#boks": "En boks",
        "neste.html#notes.neste": "Noter",
    }


def test_same_content_gives_the_same_bytes(site: Project) -> None:
    assert files(site) == files(site)


def test_what_is_kept_in_a_living_process_gives_the_same_bytes(site: Project) -> None:
    """Words, ids, drawings and what it says of itself change in turn; what is not made again is as it would be."""
    living = Typesetter(Cache(None))
    changes = [
        ("content/start.yaml", "Ingressen.", "Ingressen er ny."),
        ("content/neste.yaml", "En note her.", "En note $x$ der."),
        ("content/neste.yaml", "example: boks", "example: boks-a"),
        ("content/report.yaml", "title: Liten rapport", "title: En annen rapport"),
        ("content/neste.yaml", "closing:", "opens: page\nclosing:"),
        ("content/neste.yaml", "alt: Tre ruter.", "alt: Fire ruter."),
    ]
    for file, old, new in changes:
        site.change(file, old, new)
        document = compose(site.load(), WEB)
        made = living.typeset(document, lambda line: None).contents
        assert made == Typesetter(Cache(None)).typeset(document, lambda line: None).contents, new


def test_address_makes_links_for_search_engines_and_for_those_who_share(site: Project) -> None:
    without = files(site)
    assert "canonical" not in without["start.html"]
    assert "sitemap.xml" not in without
    site.change("content/report.yaml", "language: nb\n", "language: nb\naddress: https://example.no/rapport\n")
    made = files(site)
    assert '<link rel="canonical" href="https://example.no/rapport/start.html">' in made["start.html"]
    assert '<link rel="canonical" href="https://example.no/rapport/">' in made["index.html"]
    assert '<meta property="og:image" content="https://example.no/rapport/cover.png">' in made["start.html"]
    assert "<loc>https://example.no/rapport/</loc>" in made["sitemap.xml"]
    assert "url = {https://example.no/rapport/}" in made["citation.bib"]


def test_citations_say_who_what_and_when(site: Project) -> None:
    site.change("content/report.yaml", "title: Liten rapport", "title: Rapport & 100 % {fact:bedrifter}_x")
    made = files(site)
    assert r"title = {Rapport \& 100 \% 33\_x: En prøve}" in made["citation.bib"]
    assert "TI  - Rapport & 100 % 33_x: En prøve\r\n" in made["citation.ris"]
    (cited,) = json.loads(made["citation.json"])
    assert (cited["title"], cited["issued"]) == ("Rapport & 100 % 33_x: En prøve", {"date-parts": [[2026, 11, 23]]})
    described = re.search(r'<script type="application/ld\+json">(.*?)</script>', made["index.html"])
    assert described is not None
    assert json.loads(described[1])["@type"] == "Report"


def test_citation_of_words_on_several_lines_with_braces_is_whole(site: Project) -> None:
    site.change("content/report.yaml", "title: Liten rapport", "title: Liten } rapport")
    subject = re.compile(r"^subject: .*$", re.MULTILINE)
    report = subject.sub("subject: |\n  Om\n  ER  - prøven", (site.folder / "content/report.yaml").read_text())
    made = files(site.write("content/report.yaml", report))
    assert "AB  - Om ER - prøven\r\n" in made["citation.ris"]
    assert r"title = {Liten \textbraceright{} rapport: En prøve}" in made["citation.bib"]


@pytest.mark.parametrize("name", ["site-words", "words", "notes-start", "start-note-1", "start-note-1-call"])
def test_no_id_of_the_content_is_one_of_the_pages_own(site: Project, name: str) -> None:
    site.change("content/start.yaml", "callout: ramme", f"callout: {name}")
    site.change("content/start.yaml", "{page:ramme}", f"{{page:{name}}}")
    site.change("content/neste.yaml", "{page:ramme}", f"{{page:{name}}}")
    page = parse(files(site, {name: 7})["start.html"])
    ids = [each.attrib["id"] for each in page.iter() if "id" in each.attrib]
    assert name in ids
    assert len({*ids}) == len(ids)


def test_table_of_a_figure_has_a_file_that_no_other_figure_has() -> None:
    column = DataColumn.model_construct(key="navn", type="text", heading="Navn")
    table = ReadTable(DataTable.model_construct(columns=(column,)), (), ())
    names = data_file_names("lonn", FigureSource(DataFile.model_construct(), {"menn": table, "../../Alle": table}, {}))
    assert names == {"menn": "figures/lonn.menn.csv", "../../Alle": "figures/lonn.table.2.csv"}


# What stands near its text.


def ids_and_words(html: str, chapter: str) -> list[str]:
    """Give what stands in a chapter, in order: ids of what has one, else the words."""
    main = next(parse(html).iter("main"))
    assert main.get("id") == chapter
    return [each.get("id") or words_of(each) for each in main.iter() if each.tag in {"p", "ul", "section", "h2"}]


def test_box_stands_below_the_paragraph_that_names_it_or_that_it_is_said_to_be_near(site: Project) -> None:
    box = "  - example: {}\n    party: A\n    theme: T\n    title: Boks\n    {}\n    text: Ord.\n"
    named, near, plain, pinned = (
        box.format(name, more)
        for name, more in (("en", ""), ("to", "near: Tredje avsnitt"), ("tre", ""), ("fire", 'pinned: "true"'))
    )
    text = "  - text: |\n      Først.\n\n      Se {en}.\n\n      - Punkt {fire}.\n\n      Tredje avsnitt.\n"
    last = "  - quote: Tredje avsnitt\n  - text: |\n      Sist.\n"
    site.write("content/neste.yaml", f"title: Neste\nblocks:\n{text}{last}closing:\n{named}{near}{plain}{pinned}")
    site.change("content/start.yaml", "{page:ramme}, {neste} og {figur-1}", "{page:ramme}, {neste}, {tre} og {to}")
    made = files(site, {})
    found = ids_and_words(made["neste.html"], "neste")
    shown = [each for each in found if each in {"en", "to", "tre", "fire", "Først.", "Sist."} or "avsnitt" in each]
    assert shown == ["Først.", "en", "«Tredje avsnitt»", "Tredje avsnitt.", "to", "Sist.", "tre", "fire"]
    assert [each.get("id") for each in parse(made["whole.html"]).iter("section") if "example" in classes(each)] == [
        "en",
        "to",
        "tre",
        "fire",
    ]


# What drawings look like on dark pages.


def test_colours_on_dark_pages_stand_apart_as_on_white_ones() -> None:
    ground = dark_ground(COLOURS["primary"])
    colours = ["#000000", "#FF0000", "#1E958C", *COLOURS.values()]
    dark = {each: turned(each, ground) for each in colours}
    for one, other in combinations([*colours, "#FFFFFF"], 2):
        light = contrast(channels(one), channels(other))
        turned_ = contrast(*(channels(dark.get(each, ground)) for each in (one, other)))
        if "#000000" not in (one, other):  # nothing is lighter than white: black comes less far
            assert turned_ > 0.93 * light, (one, other)
            assert light < 4.5 or turned_ >= 4.5, (one, other)


def test_drawings_are_dark_on_dark_pages_but_for_those_with_points_of_their_own(
    site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#0b3c5d" stroke="#ffffff" d="M0 0"/>'

    def made_with(svg: str) -> Mapping[str, str]:
        drawing = Drawing(svg.encode(), 9, 9, ())
        monkeypatch.setattr("press.compose.parts.draw_all", lambda *_: {"figur-1": drawing})
        return files(site)

    made = made_with(f"{start}</svg>")
    assert '[fill="#0b3c5d"] { fill: #' in made["style.css"]
    assert '[stroke="#ffffff"] { stroke: var(--paper) }' in made["style.css"]
    made = made_with(f'{start}<image width="1" height="1"/></svg>')
    assert '[fill="#0b3c5d"]' not in made["style.css"]
    assert 'class="drawing as-printed"' in made["neste.html"]


# What is amiss.


def test_section_with_the_name_of_a_page_is_refused(site: Project) -> None:
    site.write("content/search.yaml", "title: Søk\nblocks:\n  - text: |\n      Ord.\n")
    site.change("content/report.yaml", "    - neste\n", "    - neste\n    - search\n")
    with pytest.raises(TypesetError) as caught:
        files(site)
    assert [str(problem.place) for problem in caught.value.problems] == ["content/search.yaml"]


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("<main id={{ section.id }}><p>{{ section.content.lead|prose if section.content.lead }}", "no template prints"),
        ("<main id={{ section.id }}><b>{{ body(section) }}</main>", "the HTML is not whole: </main> closes nothing"),
    ],
)
def test_template_that_loses_or_leaves_open_is_refused(site: Project, template: str, told: str) -> None:
    ours = Path("templates/editions/web/section.html.j2").read_text(encoding="utf-8")
    before, _, after = ours.partition("{% block body %}")
    site.write("templates/editions/web/section.html.j2", f"{before}{{% block body %}}\n{template}\n{{% endblock %}}\n")
    assert after
    with pytest.raises((TypesetError, TemplateError)) as caught:
        files(site)
    assert told in caught.value.problems[0].what


@pytest.mark.parametrize("fault", ["lost", "twice", "turned"])
def test_words_that_the_writer_loses_or_turns_about_are_told(
    site: Project, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {
        "lost": lambda html: html.replace("Ord i rammen", "Ord rammen"),
        "twice": lambda html: html.replace("<h2", "<p>Ord i rammen.</p><h2", 1),
        "turned": lambda html: html.replace("Ingressen.", "").replace("</main>", "Ingressen.</main>"),
    }

    def faulty(root: Element) -> str:
        return changes[fault](written(root)) if next(root.iter("main")).get("id") == "start" else written(root)

    monkeypatch.setattr(web_typeset, "written", faulty)
    with pytest.raises(TypesetError) as caught:
        files(site)
    assert {problem.rule for problem in caught.value.problems} == {"conserved"}
    assert caught.value.problems[0].place.file == "content/start.yaml"


def test_faces_of_the_theme_are_asked_for_first_by_a_script_that_the_policy_names(site: Project) -> None:
    page = parse(files(site)["start.html"])
    script = next(each.text or "" for each in page.iter("script") if "src" not in each.attrib)
    assert '["fonts/SourceSerifPro-Light.woff2", "fonts/SourceSerifPro-Regular.woff2"' in script
    assert "LettersCode" not in script
    policy = next(each.get("content", "") for each in page.iter("meta") if "http-equiv" in each.attrib)
    assert f"script-src 'self' '{hash_of(script)}';" in policy


def test_attached_files_come_along(site: Project) -> None:
    edition = replace(
        WEB,
        attached={"report.pdf": b"%PDF"},
        context={"pdfs": [{"path": "report.pdf", "label": "", "pages": 3, "megabytes": "0.7"}]},
    )
    made = Typesetter(Cache(None)).typeset(compose(site.load(), edition), lambda line: None).files("web")
    assert made["web/report.pdf"] == b"%PDF"
    assert "PDF, 3 sider, 0,7 MB" in made["web/index.html"].decode()


def test_formula_and_code_obey_the_policy_of_the_pages(site: Project) -> None:
    """The size of a formula is a style attribute, which the policy forbids: it becomes a class."""
    site.write(
        "content/start.yaml",
        "title: Start\nblocks:\n  - text: |\n      Her er $E = mc^2$ og {ramme}.\n"
        "  - code: program\n    listing: |\n      if a < b:\n          c()\n"
        "  - callout: ramme\n    title: Ramme\n    text: Se {figur-1}, {neste} og {program}.\n",
    )
    made = files(site)
    page = parse(made["start.html"])
    assert not [each for each in page.iter() if "style" in each.attrib]
    (formula,) = (each for each in page.iter("img"))
    (styled,) = (name for name in (formula.get("class") or "").split() if name.startswith("styled-"))
    assert re.search(rf"\.{styled} {{ width: [^}}]*vertical-align: [^}}]*}}", made["style.css"])
    assert formula.get("alt")
    (listing,) = (each for each in page.iter("pre"))
    assert "".join(listing.itertext()).splitlines() == ["if a < b:", "    c()"]


def test_page_numbers_stand_in_a_drawing_as_links_and_in_what_is_downloaded(
    site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    room = PageRoom("ramme", 25.4, 50.8)
    monkeypatch.setattr("press.compose.parts.draw_all", lambda *_: {"figur-1": Drawing(svg, 100, 50, (room,))})
    made = Typesetter(Cache(None)).typeset(compose(site.load(), WEB, pages={"ramme": 7}), lambda line: None).contents
    page = made["neste.html"].decode()
    number = '<text x="72" y="144" font-family="Source Sans Pro" font-size="8">7</text>'
    assert f'href="start.html#ramme" aria-label="«Ramme», «Ramme», side 7 i PDF-en">{number}</a>' in page
    assert made["figures/figur-1.svg"] == svg.replace(b"</svg>", f"{number}</svg>".encode())


def test_what_looks_like_markup_is_printed_as_letters(site: Project) -> None:
    site.change("content/report.yaml", "title: Liten rapport", "title: '</script><b onclick=\"x\">& <i>'")
    site.change("content/start.yaml", "Se {page:ramme}", "a </script> <img src=x onerror=y> &amp; {page:ramme}")
    made = files(site)
    for name in ("index.html", "start.html", "whole.html"):
        page = parse(made[name])
        assert not [
            each for each in page.iter() if each.tag in {"b", "i"} or {"onclick", "onerror"} & each.attrib.keys()
        ]
    described = next(each for each in parse(made["index.html"]).iter("script") if each.get("type"))
    assert json.loads(described.text or "")["name"] == '</script><b onclick="x">& <i>'
    assert "<" not in (described.text or "")
    assert "&lt;/script&gt; &lt;img src=x onerror=y&gt;" in made["start.html"]
