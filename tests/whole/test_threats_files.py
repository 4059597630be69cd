"""The threat list, part two: files and links to them, drawings, pictures, templates, layout, the PDF, what is written.

When a case is held is told in `test_threats`; `test_threats_listed` says which test holds which threat.
"""

from __future__ import annotations

import importlib.metadata
import io
import os
import re
import shutil
import tomllib
from collections.abc import Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from support.cases import rest_long
from support.hostile import (
    CANARY,
    CONTENT,
    FIGURE,
    GOOD_PDF,
    MARK,
    ROOT,
    Build,
    Outside,
    addresses,
    assert_refused,
    everything,
    opened,
    publication,
)
from support.pdf import Pdf, typeset_here
from support.projects import PNG, Project

import build
from press.checks import check
from press.content.load import load
from press.document import Document, Part
from press.errors import TypesetError
from press.figures.svg import for_print
from press.fonts import FACES, font_face_css
from press.writers.pdf import sealed
from press.writers.pdf.sealed import Limits, Typesetter
from press.writers.pdf.typeset import Typeset

pytestmark = pytest.mark.usefixtures("within_patience")

# Files that are links, devices and pipes.

LINKS = {
    "content/report.yaml": "hemmelig.yaml",
    "content/start.yaml": "hemmelig.yaml",
    "content/facts.yaml": "facts.yaml",
    "content/terms.yaml": "terms.yaml",
    "content/hyphenation.yaml": "hyphenation.yaml",
    "content/images/a.png": "hemmelig.png",
    "content/images": ".",
    "content": ".",
    "content/data/figur-1.yaml": "data.yaml",
    "content/data/a.csv": "hemmelig.csv",
    "content/data/land.json": "hemmelig.json",
    "content/data": ".",
    "figures/figur_1.py": "hemmelig.py",
    "figures/report.mplstyle": "passwd",
    "figures": ".",
    "templates/blocks/text.html.j2": "hemmelig.j2",
    "templates/blocks/text.css": "hemmelig.css",
    "templates/editions/report/part.html.j2": "hemmelig.j2",
    "templates/language/nb.yaml": "nb.yaml",
}
SAME_NAMES = {
    "content/images": {"a.png": "hemmelig.png"},
    "content/data": {"figur-1.yaml": "data.yaml", "a.csv": "hemmelig.csv", "land.json": "hemmelig.json"},
    "content": {"report.yaml": "hemmelig.yaml", "start.yaml": "hemmelig.yaml"},
    "figures": {"figur_1.py": "hemmelig.py"},
}
CAN_BE_LEFT_OUT = ("templates/", "figures/report.mplstyle", "content/terms.yaml", "content/hyphenation.yaml")


def replaced(tmp_path: Path, name: str) -> tuple[Project, Path]:
    """Write the publication without one of its files or folders; returns where that was."""
    content = FIGURE if name.startswith(("figures", "content/data")) else CONTENT
    project = publication(tmp_path / "publication", {}, content)
    place = project.folder / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    return project, place


@pytest.mark.parametrize("name", LINKS)
def test_link_out_of_the_project_is_refused(tmp_path: Path, outside: Outside, go: Build, name: str) -> None:
    project, place = replaced(tmp_path, name)
    target = outside.folder / LINKS[name]
    if name in SAME_NAMES:  # a folder elsewhere that has all that is asked for
        target = tmp_path / "elsewhere"
        target.mkdir()
        for here, there in SAME_NAMES[name].items():
            shutil.copy(outside.folder / there, target / here)
    place.symlink_to(target)
    assert_refused(go(project), line=False)


@pytest.mark.parametrize("name", [name for name in LINKS if name not in {"content", "content/report.yaml"}])
@pytest.mark.parametrize("kind", rest_long(["pipe", "circle", "device"]))
def test_what_is_no_file_is_refused_or_as_if_it_were_not_there(tmp_path: Path, go: Build, name: str, kind: str) -> None:
    project, place = replaced(tmp_path, name)
    if kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to({"circle": place.name, "device": "/dev/zero"}[kind])
    result = go(project)
    if result.code == build.TO_MEND:
        assert_refused(result, line=False)
        assert "put together from two" not in result.said
    else:
        assert name.startswith(CAN_BE_LEFT_OUT)


def test_hidden_link_in_the_content_is_not_read_for_the_fingerprint(tmp_path: Path, outside: Outside) -> None:
    project = publication(tmp_path / "publication", {})
    before = load(project.folder).fingerprint
    (project.folder / "content/.skjult").symlink_to(outside.folder / "passwd")
    (project.folder / "content/.mappe").symlink_to(outside.folder)
    assert load(project.folder).fingerprint == before
    assert check(load(project.folder)) == []


def test_name_of_a_file_that_deceives_is_shown_as_what_it_is(tmp_path: Path, go: Build) -> None:
    project = publication(tmp_path / "publication", {}).write("content/images/a\u202egnp.exe", PNG)
    result = go(project)
    assert result.code == build.TO_MEND
    what = "this file's name holds bytes that are not UTF-8, or characters that nobody sees"
    assert f"content/images/a\\u202egnp.exe: {what} [files-used]" in result.said


def test_name_of_a_file_in_decomposed_letters_is_told(tmp_path: Path, go: Build) -> None:
    project = publication(tmp_path / "publication", {}).write("content/images/ba\u030at.png", PNG)
    result = go(project)
    assert result.code == build.TO_MEND
    assert "content/images/ba\u030at.png: nothing uses this file [files-used]" in result.said


# Drawings.

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 144 72">'
    '{}<rect width="9" height="9"/></svg>'
)


def steps(opening: str, inside: str, closing: str, first: str) -> str:
    """Write ten steps of ten each, every one of which refers to the one before."""
    rest = "".join(opening.format(number) + inside.format(number - 1) * 10 + closing for number in range(1, 10))
    return f"<defs>{first}{rest}</defs>"


DRAWINGS = {
    "script": "<script>alert(1)</script>",
    "script of another": '<script href="http://ADDRESS/a.js"/>',
    "foreign object": '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x"/></body></foreignObject>',
    "event": '<rect onload="alert(1)" width="9" height="9"/>',
    "event on a group": '<g onclick="alert(1)"/>',
    "image of a file": '<image xlink:href="file://FOLDER/hemmelig.png" width="9" height="9"/>',
    "image of another machine": '<image href="http://ADDRESS/a.png" width="9" height="9"/>',
    "image of data": '<image href="data:image/svg+xml,x" width="9" height="9"/>',
    "drawing of another file": '<use xlink:href="file://FOLDER/hemmelig.svg#a"/>',
    "drawing of another machine": '<use xlink:href="//ADDRESS/a.svg#a"/>',
    "drawing beside": '<use xlink:href="figur-2.svg#a"/>',
    "link": '<a xlink:href="javascript:alert(1)"><rect width="9" height="9"/></a>',
    "text": f"<text>{CANARY[:3]}</text>",
    "animation": '<animate attributeName="href" to="javascript:alert(1)"/>',
    "set": '<set attributeName="onload" to="alert(1)"/>',
    "filter": '<filter id="f"><feImage href="http://ADDRESS/a.png"/></filter>',
    "style that reaches out": '<rect style="fill: url(http://ADDRESS/a)" width="9" height="9"/>',
    "paint that reaches out": '<rect fill="url(file://FOLDER/hemmelig.svg#a)" width="9" height="9"/>',
    "clip that reaches out": '<g clip-path="url(//ADDRESS/a#b)"/>',
    "style that hides its letters": '<rect style="fill: u\\72l(http://ADDRESS/a)" width="9" height="9"/>',
    "sheet": '<style>@import "http://ADDRESS/a.css";</style>',
    "sheet that hides its letters": '<style>@\\69mport "file://FOLDER/hemmelig.css";</style>',
    "sheet with an address": "<style>* { fill: url(http://ADDRESS/a) }</style>",
    "base": '<g xml:base="http://ADDRESS/"/>',
    "element of no namespace": '<rect xmlns="" width="9" height="9"/>',
    "use bomb": steps('<g id="a{}">', '<use xlink:href="#a{}"/>', "</g>", '<path id="a0" d="M0 0h1v1z"/>')
    + '<use xlink:href="#a9"/>',
    "use of itself": '<g id="a"><use xlink:href="#a"/></g>',
    "pattern bomb": steps(
        '<pattern id="p{}">', '<rect width="5" height="5" fill="url(#p{})"/>', "</pattern>", '<pattern id="p0"/>'
    )
    + '<rect width="9" height="9" fill="url(#p9)"/>',
    "clip bomb": steps(
        '<clipPath id="c{}">',
        '<rect width="5" height="5" clip-path="url(#c{})"/>',
        "</clipPath>",
        '<clipPath id="c0"/>',
    )
    + '<rect width="9" height="9" clip-path="url(#c9)"/>',
    "one long path used often": f'<defs><path id="a" d="M{" 1 1 L" * 100_000} 1 1"/></defs>'
    + '<use xlink:href="#a"/>' * 50_000,
    "one long letter used often": f'<g><defs><path id="a" d="M{" 1" * 200_000}" transform="scale(1)"/></defs>'
    + '<use xlink:href="#a"/>' * 50_000
    + "</g>",
    "two of one name": '<path id="a" d="M0 0"/><g id="a"/>',
    "nested": "<g>" * 100_000 + "</g>" * 100_000,
    "letter that breaks off": '<g><defs><path id="a" d="M 1 2 L" transform="scale(1)"/></defs>'
    '<use xlink:href="#a"/></g>',
}
WHOLE_DRAWINGS = {
    "entity": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file://FOLDER/passwd">]>' + SVG.format("<title>&a;</title>"),
    "entities that grow": '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG.format("<title>&b;</title>"),
    "entity of a definition": '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://ADDRESS/a.dtd"> %a;]>' + SVG.format(""),
    "attribute of a definition": '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x">]>' + SVG.format(""),
    "over 5 MB": SVG.format(f"<title>{'x' * 5_000_000}</title>"),
    "not closed": "<svg",
    "nothing": "",
    "page": "<html><body onload='alert(1)'/></html>",
    "without its namespace": "<svg><rect width='9' height='9'/></svg>",
    "in another namespace": SVG.replace("2000/svg", "1999/xhtml").format(""),
    "part of a drawing": '<g xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></g>',
}
HOSTILE_SCRIPT = """\
from matplotlib.figure import Figure


class Hostile(Figure):
    def draw(self, renderer):
        {}


def draw(data):
    return Hostile(figsize=(2, 1))
"""


@pytest.mark.parametrize(
    "svg",
    [*(SVG.format(inside) for inside in DRAWINGS.values()), *WHOLE_DRAWINGS.values()],
    ids=[*DRAWINGS, *WHOLE_DRAWINGS],
)
def test_drawing_that_does_more_than_draw_is_refused_before_layout(outside: Outside, svg: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each of these drawings is told in its own words
        for_print(outside.fill(svg).encode(), 50, 25)
    assert not outside.was_called


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-32", "utf-7"])
def test_entity_in_another_encoding_is_refused_too(outside: Outside, codec: str) -> None:
    svg = outside.fill(f'<?xml version="1.0" encoding="{codec}"?>{WHOLE_DRAWINGS["entity"]}').encode(codec)
    with pytest.raises(ValueError):  # noqa: PT011
        for_print(svg, 50, 25)


@pytest.mark.parametrize(
    "harmless_svg",
    [
        SVG.format(""),
        '<!DOCTYPE svg SYSTEM "file://FOLDER/passwd">' + SVG.format(""),
        '<?xml-stylesheet href="http://ADDRESS/a.css"?><!-- x -->' + SVG.format(""),
    ],
    ids=["drawing", "definition elsewhere", "instruction"],
)
def test_drawing_keeps_nothing_that_it_does_not_draw(outside: Outside, harmless_svg: str) -> None:
    svg = for_print(outside.fill(harmless_svg).encode(), 50, 25)
    assert svg.startswith(b"<svg ")
    assert not re.search(rb"<[!?]|file:|127\.0", svg)
    assert not outside.was_called


@pytest.mark.long
@pytest.mark.parametrize(
    "does",
    [
        "raise SystemExit(0)",
        "raise MemoryError",
        "self.draw(renderer)",
        "1 / 0",
        "if hasattr(renderer, 'writer'): renderer.writer.element('script', 'alert(1)')",
        "if hasattr(renderer, 'writer'): renderer.writer.element('image', attrib={{'href': 'http://127.0.0.1/a.png'}})",
    ],
)
def test_script_that_fails_in_saving_is_a_problem(tmp_path: Path, go: Build, does: str) -> None:
    """Regression test: a script that ended the program ended the build, with exit code 0 and no PDF."""
    project = publication(tmp_path / "publication", {}, FIGURE)
    project.write("figures/figur_1.py", HOSTILE_SCRIPT.format(does.replace("{{", "{").replace("}}", "}")))
    assert_refused(go(project), "figures/figur_1.py", line=False)


# Pictures. tests/content/test_images.py has them all; these go through the door.


def jpeg(mode: str) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (8, 8)).save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x32\xc8\0\0\x32\xc8\x08\x02\0\0\0\xcd\xf0\x8b\xcd" + PNG[33:],
        PNG[:20] + b"\x09" + PNG[21:],
        PNG[:-6],
        PNG + b"PK\x03\x04",
        jpeg("CMYK"),
        jpeg("RGB") + b"<script>alert(1)</script>",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        b"",
    ],
    ids=["169 megapixels", "header that lies", "cut off", "two in one", "inks", "page behind", "gif", "svg", "nothing"],
)
def test_picture_that_is_none_is_refused_where_it_is_named(tmp_path: Path, go: Build, data: bytes) -> None:
    project = publication(tmp_path / "publication", {}).write("content/images/a.png", data)
    assert_refused(go(project), "content/start.yaml")


# A project's own templates and style sheets.

TEMPLATE = "templates/blocks/text.html.j2"
SHEET = "templates/blocks/text.css"
PRINTED = "{{ block.text|prose }}"
"""What a template of texts needs, so that it is not refused for dropping them."""
CODE = {
    "python by way of a class": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "python by way of a text": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "python by way of a method": "{{ runs.__func__.__globals__ }}",
    "file by way of the project": "{{ (report.project / 'FOLDER/passwd').read_text() }}",
    "place of the project": "{{ report.project }}",
    "file by way of a model": "{{ settings.parse_file('FOLDER/hemmelig.json') }}",
    "file above": "{% include '../../../etc0/hemmelig.j2' %}",
    "file by its path": "{% include 'FOLDER/hemmelig.j2' %}",
    "file as a parent": "{% extends 'FOLDER/hemmelig.j2' %}",
    "file as a module": "{% import 'FOLDER/hemmelig.j2' as a %}{{ a }}",
    "endless loop": "{% for a in range(999999999) %}a{% endfor %}",
    "name that is too long": "{% include '" + "k" * 300 + "' %}",
    "broken": "{% for %}",
}


@pytest.mark.parametrize("template", CODE.values(), ids=CODE)
def test_template_reaches_neither_python_nor_files(tmp_path: Path, outside: Outside, go: Build, template: str) -> None:
    project = publication(tmp_path / "publication", {}).write(TEMPLATE, outside.fill(template))
    assert_refused(go(project), "templates/", line=False)


@pytest.mark.parametrize("name", [TEMPLATE, SHEET, "templates/language/nb.yaml"])
def test_template_that_is_no_text_is_refused(tmp_path: Path, go: Build, name: str) -> None:
    """Regression test: bytes that are no UTF-8 in a style sheet were taken for a fault of the engine."""
    project = publication(tmp_path / "publication", {}).write(name, b"\xff\xfe\0")
    assert_refused(go(project), name)


# Layout: every door that WeasyPrint has, as a project's own templates and style sheets could use it.

TARGETS = {
    "file": "file://FOLDER/hemmelig.png",
    "above": "../../etc0/hemmelig.png",
    "encoded": "%252e%252e/%2e%2e/etc0/hemmelig.png",
    "web": "http://ADDRESS/a.png",
}
DOORS = {
    "img": '<img src="{}" alt="a">',
    "picture": '<picture><img src="{}" alt="a"></picture>',
    "object": '<object data="{}">a</object>',
    "embed": '<embed src="{}">',
    "svg image": '<svg><image xlink:href="{}" width="9" height="9"/></svg>',
    "svg image by href": '<svg><image href="{}" width="9" height="9"/></svg>',
    "image of a drawing": '<img src="figures/a.svg" alt="a"><!--{}-->',
    "sheet": '<link rel="stylesheet" href="{}">',
    "sheet in the text": '<style>@import "{}";</style>',
    "base": '<base href="{}"><img src="a.png" alt="a">',
    "attachment": '<link rel="attachment" href="{}">',
    "attachment of a link": '<a rel="attachment" href="{}">a</a>',
    "link": '<a href="{}">a</a>',
    "link by style": '<p style="-weasy-link: url({})">a</p>',
    "background": '<p style="background: url({})">a</p>',
    "background by a variable": '<p style="--a: url({}); background: var(--a)">a</p>',
    "list style": '<ul style="list-style-image: url({})"><li>a</li></ul>',
    "border": '<p style="border: 1pt solid; border-image: url({}) 1">a</p>',
    "content": "<style>.a::before {{ content: url({}) }}</style><p class=a>a</p>",
    "font": "<style>@font-face {{ font-family: a; src: url({}) }}</style><p style='font-family: a'>a</p>",
    "font of the machine": "<style>@font-face {{ font-family: a; src: local('DejaVu Sans') }}</style><!--{}-->",
    "colours": "<style>@color-profile --a {{ src: url({}) }}</style>",
    "mask": "<p style='mask-image: url({})'></p>",
    "set of images": "<p style='background: image-set(\"{}\" 1x)'></p>",
}
IN_SHEETS = {
    "background": "p {{ background: url({}) }}",
    "sheet": '@import "{}";',
    "font": "@font-face {{ font-family: a; src: url({}) }} p {{ font-family: a }}",
    "content of a margin": "@page {{ @top-left {{ content: url({}) }} }}",
}
UNKNOWN = {
    "drawing": "<svg><use href='http://ADDRESS/a.svg#a'/></svg>",
    "script": "<script src='http://ADDRESS/a.js'></script>",
    "frame": "<iframe src='http://ADDRESS/a'></iframe>",
    "refresh": "<meta http-equiv='refresh' content='0; url=http://ADDRESS/a'>",
    "set of sources": "<img srcset='http://ADDRESS/a.png 1x' alt=''>",
    "video": "<video src='http://ADDRESS/a' poster='http://ADDRESS/b'></video>",
    "field": "<input type='image' src='http://ADDRESS/a.png'>",
    "form": "<form action='http://ADDRESS/a'></form>",
}
# One typeface of the nine, so that many documents are laid out in little time.
FACE = font_face_css().splitlines()[[face.file for face in FACES].index("SourceSerifPro-Regular.ttf")]
PAGE_SHEET = FACE + '@page { size: 90mm 60mm; margin: 9mm } html { font: 9pt/12pt "Source Serif Pro" } p { margin: 0 }'
OTHER_WAYS = {
    "absolute": "/FOLDER/hemmelig.png",
    "backslashes": "..\\..\\etc0\\hemmelig.png",
    "encoded": "%2e%2e/%2e%2e/etc0/hemmelig.png",
    "encoded slashes": "..%2f..%2fetc0%2fhemmelig.png",
    "null": "images/a.png%00.png",
    "host without a scheme": "//ADDRESS/a.png",
    "name before the host": "https://report.invalid@ADDRESS/a.png",
    "another port": "https://report.invalid:8080/images/a.png",
    "cloud's secrets": "http://169.254.169.254/latest/meta-data",
    "data": "data:image/png;base64,AAAA",
    "ftp": "ftp://ADDRESS/a.png",
}


LONG_WORD = "Kommunesammenslåingsprosessen"


def lay_out(body: str, sheet: str = "", assets: Mapping[str, bytes] | None = None) -> Typeset:
    """Typeset a page of these words and these style sheets."""
    html = f'<html lang="nb"><head><title>T</title></head><body id="part-a"><p>Ord</p>{body}</body></html>'
    return typeset_here(Document((Part("a", "A", html),), sheet + PAGE_SHEET, assets or {}, (), "nb-NO"))


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
@pytest.mark.parametrize(
    ("body", "sheet"),
    [
        *(pytest.param(door, "", id=name) for name, door in DOORS.items()),
        *(pytest.param("", door, id=f"{name} in a style sheet") for name, door in IN_SHEETS.items()),
    ],
)
def test_layout_opens_no_door(outside: Outside, body: str, sheet: str, target: str) -> None:
    target = outside.fill(target)
    assets = {"figures/a.svg": SVG.format(f'<image xlink:href="{target}" width="9" height="9"/>').encode()}
    with pytest.raises(TypesetError) as caught:
        lay_out(body.format(target), sheet.format(target), assets)
    assert caught.value.problems
    assert CANARY not in str(caught.value)
    assert not outside.was_called


@pytest.mark.parametrize("target", OTHER_WAYS.values(), ids=OTHER_WAYS)
def test_layout_refuses_whatever_way_a_file_is_named(outside: Outside, target: str) -> None:
    with pytest.raises(TypesetError, match="is not part of the document"):
        lay_out(DOORS["img"].format(outside.fill(target)), "", {"images/a.png": PNG})
    assert not outside.was_called


def test_what_layout_does_not_know_fetches_nothing(outside: Outside) -> None:
    pdf = lay_out("".join(map(outside.fill, UNKNOWN.values()))).pdf
    assert addresses(pdf) == set()
    assert outside.address.encode() not in opened(pdf)
    assert not outside.was_called


def test_canary_would_be_seen_if_it_sang(outside: Outside) -> None:
    assert CANARY.encode() in opened(lay_out(f"<h1 style='font-weight: 400'>{CANARY}</h1>").pdf)
    pixels = {"images/a.png": (outside.folder / "hemmelig.png").read_bytes()}
    assert CANARY.encode() in opened(lay_out('<img src="images/a.png" alt="a">', "", pixels).pdf)


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("vbscript:x", "vbscript:x"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("http://example.no/", "http://example.no/"),
        ("data:text/html,a", "data:text/html,a"),
        ("report.pdf", "report.pdf"),
        ("/etc/passwd", "etc/passwd"),
    ],
)
def test_link_of_a_template_is_held_to_the_same(link: str, shown: str) -> None:
    with pytest.raises(TypesetError) as caught:
        lay_out(f'<p><a href="{link}">Ord</a></p>')
    assert [(problem.rule, problem.what) for problem in caught.value.problems] == [
        ("links", f"a link goes to {shown!r}")
    ]


def test_link_of_a_template_without_a_scheme_takes_ours() -> None:
    assert addresses(lay_out('<p><a href="//example.no/a">Ord</a></p>').pdf) == {"https://example.no/a"}


@pytest.mark.parametrize(
    "attached",
    ['<link rel="attachment" href="images/a.png">', '<p><a rel="attachment" href="images/a.png">a</a></p>'],
    ids=["of the document", "of a link"],
)
def test_no_file_travels_in_the_pdf(attached: str) -> None:
    with pytest.raises(TypesetError, match="a file is attached to the PDF"):
        lay_out(attached, "", {"images/a.png": PNG})


@pytest.mark.parametrize("locale", ["qaa", "../../etc0/hemmelig", "k" * 300], ids=["unknown", "above", "long"])
def test_locale_leads_to_no_file_of_patterns(locale: str) -> None:
    """Regression test: a language without patterns was a fault of the engine; its words are set undivided."""
    html = f'<html lang="{locale}"><head><title>T</title></head><body id="part-a"><p>{LONG_WORD}</p></body></html>'
    sheet = PAGE_SHEET + "p { hyphens: auto; width: 20mm }"
    pdf = typeset_here(Document((Part("a", "A", html),), sheet, {}, ("sam-men",), locale)).pdf
    assert Pdf(pdf).words(1) == [LONG_WORD]


SMALL = {
    "templates/editions/report/part.html.j2": "<html lang=nb><head><title>T</title></head>"
    "<body id='part-{{ part_id }}'>{% block body %}{% endblock %}</body></html>",
    **{
        f"templates/editions/report/{name}.html.j2": "{% extends 'editions/report/part.html.j2' %}{% block body %}"
        f"{texts}{{% endblock %}}"
        for name, texts in {
            "cover": "<p>{{ settings.title|line }}</p>",
            "contents": "{{ settings.colophon|prose }}{{ settings.rights|prose }}",
            "back": "{{ settings.imprint|prose }}",
        }.items()
    },
    "templates/editions/report/section.html.j2": "{% extends 'editions/report/part.html.j2' %}{% block body %}"
    "<main id='{{ section.id }}'><h1>{{ section.content.title|line }}</h1>"
    "{{ section.content.lead|prose if section.content.lead }}"
    "{% for block in section.content.blocks %}{{ render_block(block, 1) }}{% endfor %}"
    "</main>{% endblock %}",
    **{f"templates/editions/report/{name}.css": "" for name in ("type", "opening", "front")},
    "templates/editions/report/page.css": PAGE_SHEET.replace(FACE, ""),
    "content/report.yaml": MARK.sub("Ord", FIGURE["content/report.yaml"])
    .replace("date: 'Ord'\nlanguage: 'Ord'", "date: 2026-11-23\nlanguage: nb")
    .replace("chapters: [start]", "chapters: [start, bomben]"),
    "content/start.yaml": "title: Begynnelsen\nlead: Ord\n",
    "content/bomben.yaml": "title: Bomben\nblocks:\n  - text: Ord\n",
}
"""A publication that brings pages of its own, which are laid out in a tenth of the time."""


def small(folder: Path) -> Project:
    project = Project(folder).write("build/report.pdf", GOOD_PDF)
    for name, text in SMALL.items():
        project.write(name, text)
    return project


ENDLESS = "*" + ":has(*" * 30 + ")" * 30
BREACHES = {
    "processor time": (
        Limits(cpu_s=4),
        {
            SHEET: f".dyp {ENDLESS} {{ color: red }}",
            TEMPLATE: f"{PRINTED}{'<div class=dyp><p>1</p>' * 40}{'</div>' * 40}",
        },
        "takes more than 4 seconds of processor time",
    ),
    "memory": (
        Limits(memory_mib=500),
        {TEMPLATE: f'{PRINTED}<table><tr><td colspan="10000000">1</td></tr></table>'},
        "needs more than 500 MiB of memory",
    ),
}


@pytest.mark.long
@pytest.mark.parametrize(("limits", "files", "said"), BREACHES.values(), ids=BREACHES)
def test_broken_limit_names_the_part_and_keeps_the_last_good_pdf(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    limits: Limits,
    files: Mapping[str, str],
    said: str,
) -> None:
    project = small(tmp_path)
    for name, text in files.items():
        project.write(name, text)
    monkeypatch.setattr(sealed, "Typesetter", partial(Typesetter, limits))
    assert build.main(["report", "--quiet", "--project", str(project.folder)]) == build.TO_MEND
    out = capsys.readouterr().out
    assert f"laying out the document {said}" in out
    assert "it had come to «Bomben»" in out
    assert everything(project.folder / "build") == {"report.pdf": GOOD_PDF}


# Names of what is written.

PATH_TRICKS = {
    "folder above": "../../x",
    "absolute": "/tmp/x",
    "device": "CON",
    "point at the end": "x.",
    "300 letters": "k" * 300,
    "slashes": "a/b\\\\c:d*e?",
    "line": "x; rm -rf .",
    "hidden": ".x",
    "option": "--output",
}


@pytest.fixture
def without_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the last stage give a PDF without laying anything out."""

    class StandIn(nullcontext["StandIn"]):
        def __enter__(self) -> StandIn:
            return self

        def typeset(self, *_: object, **__: object) -> Typeset:
            return Typeset(GOOD_PDF, pages={}, places={}, page_count=1, layouts=1)

    monkeypatch.setattr(sealed, "Typesetter", lambda cache: StandIn())


@pytest.mark.usefixtures("without_layout")
@pytest.mark.parametrize("title", rest_long(PATH_TRICKS.values(), 3), ids=PATH_TRICKS)
def test_title_names_no_file(project: Project, tmp_path: Path, title: str) -> None:
    project.change("content/report.yaml", "title: Liten rapport", f"title: '{title}'")
    project.change("content/report.yaml", "publisher: Utgiveren", f"publisher: '{title}'")
    project.change("content/report.yaml", "edition: Første utgave", f"edition: '{title}'")
    project.change("content/start.yaml", "title: Start", f"title: '{title}'")
    before = everything(tmp_path)
    for until in ("compose", "typeset"):
        given = ["--project", str(project.folder), "--output", str(tmp_path / "ut"), "--until", until]
        assert build.main(["report", "--quiet", "--no-cache", *given]) == build.DONE
    new = sorted(everything(tmp_path).keys() - before.keys())
    html = [f"ut/html/{name}.html" for name in ("back", "contents", "cover", "start")]
    assert new == [*html, "ut/html/style.css", "ut/report.pages.json", "ut/report.pdf", "ut/report.pdf.sha256"]


@pytest.mark.usefixtures("without_layout")
@pytest.mark.parametrize(
    "output",
    rest_long(
        [
            "ut/../ved",
            "-ut",
            "~",
            "./ut/./her/..",
            "CON",
            "ut.",
            "båt med mellomrom",
            "$HOME",
            "%2e%2e",
            "..ut",
            "ut\\her",
        ],
        3,
    ),
)
def test_output_goes_into_its_folder_and_nowhere_else(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    folder = tmp_path / "her" / "inne"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    before = everything(tmp_path)
    given = ["--no-cache", "--project", str(project.folder), f"--output={output}"]
    assert build.main(["report", "--quiet", *given]) == build.DONE
    after = everything(tmp_path)
    home = (folder / output).resolve().relative_to(tmp_path.resolve()).as_posix()
    made = {f"{home}/{name}" for name in ("report.pdf", "report.pdf.sha256", "report.pages.json")}
    assert after.keys() - before.keys() == made
    assert {name: after[name] for name in before} == before


@pytest.mark.usefixtures("without_layout")
def test_output_that_cannot_be_is_a_problem(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--project", str(project.folder), "--output", str(tmp_path / ("k" * 300))]
    assert build.main(["report", "--quiet", *given]) == build.TO_MEND
    assert "the file cannot be written: File name too long [output]" in capsys.readouterr().out


@pytest.mark.usefixtures("without_layout")
@pytest.mark.parametrize(("name", "until"), [("build", "typeset"), ("build", "compose"), ("build/html", "compose")])
def test_link_that_a_project_lays_where_output_goes_is_not_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, until: str
) -> None:
    """Regression test: a repository could have pages of its own choosing written into any folder of the user's."""
    project, place = replaced(tmp_path, name)
    victim = tmp_path / "victim"
    victim.mkdir()
    place.symlink_to(victim)
    assert build.main(["report", "--quiet", "--until", until, "--project", str(project.folder)]) == build.TO_MEND
    assert f"{name}: this folder is a link that leads out [output]" in capsys.readouterr().out
    assert list(victim.iterdir()) == []


@pytest.mark.usefixtures("without_layout")
def test_link_in_the_place_of_the_pdf_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    project, place = replaced(tmp_path, "build/report.pdf")
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    place.symlink_to(victim)
    assert build.main(["report", "--quiet", "--project", str(project.folder)]) == build.DONE
    assert victim.read_bytes() == b"untouched"
    assert not place.is_symlink()
    assert place.read_bytes() == GOOD_PDF


# Dependencies.


@pytest.mark.parametrize("name", ["build", "dev"])
def test_every_package_is_pinned_with_its_hashes(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    wanted = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(wanted) > 20
    for line in wanted:
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", line), line[:60]


def test_weasyprint_is_the_one_version_that_was_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "weasyprint==70.0" in project["project"]["dependencies"]
    for name in ("build", "dev"):
        assert re.search(r"(?m)^weasyprint==70\.0 ", (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8"))
    assert importlib.metadata.version("weasyprint") == "70.0"


def test_set_up_installs_nothing_without_a_hash() -> None:
    assert '"--require-hashes", "--only-binary", ":all:"' in (ROOT / "tools/set_up.py").read_text(encoding="utf-8")


def test_what_is_locked_for_building_is_locked_alike_for_testing() -> None:
    pins = {
        name: dict(re.findall(r"(?m)^([a-z0-9-]+)==([\w.]+)", (ROOT / f"requirements/{name}.txt").read_text()))
        for name in ("build", "dev")
    }
    assert {name: pins["dev"].get(name) for name in pins["build"]} == pins["build"]
