"""Line numbers: beside lines of text, those of notes too, and beside nothing else."""

from __future__ import annotations

from collections.abc import Callable

from support.pdf import Pdf, typeset_here

from press.document import Document

MakeDocument = Callable[..., Document]

NUMBERED = r"""@page { size: 200pt 120pt; margin: 10pt 10pt 10pt 50pt; %s
  @left-top { content: "1\A 2\A 3\A 4\A 5\A 6\A 7\A 8\A 9\A 10"; white-space: pre; font: 7pt/10pt "Source Sans Pro";
  text-align: right; vertical-align: top; width: 20pt; margin-left: 10pt; %s } }
html, body, p, h1 { margin: 0; font: 9pt/10pt "Source Serif Pro" } h1 { font-size: 16pt; line-height: 20pt }
.footnote { float: footnote } .footnote::footnote-call { line-height: 0 } .gap { height: 20pt }"""
TEXT = """<main><h1>Del</h1><p>Linje her</p><div class="gap"></div><p>Linje der<span class="footnote">Noten</span></p>
<p> </p><p style="margin-top: 30pt">Neste side</p></main>"""


def printed(document: MakeDocument, said: str) -> str:
    """Give the figures on the first page: those at the note and its call, and those in the margin."""
    made = typeset_here(document(("a", TEXT), sheet=NUMBERED % ("", said)))
    assert made.problems == ()
    return "".join(each for each in Pdf(made.pdf).page_texts[0] if each.isdigit())


def test_only_lines_of_text_have_a_number(document: MakeDocument) -> None:
    assert printed(document, "--beside-lines: 1") == "111" + "236" + "10"


def test_all_lines_have_one_where_the_style_sheet_does_not_ask(document: MakeDocument) -> None:
    assert printed(document, "") == "111" + "123456789" + "10"
