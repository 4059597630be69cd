"""Typst: the words of a publication as one `.typ`, made a tagged PDF (PDF/UA-1), to be held against ours.

    .venv/bin/python benchmarks/one_typst.py compose FILE FOLDER   write FOLDER/main.typ; FILE is from one_html.py
    .venv/bin/python benchmarks/one_typst.py set FOLDER            make FOLDER/main.pdf: this is what is measured
    .venv/bin/python benchmarks/one_typst.py edit FOLDER           print the seconds of a second compile after an edit

The same headings, paragraphs, lists, notes, boxes, tables, drawings and page references, in our typefaces and on our
page. It is no copy of our design (no make-up, no grid, no boxes in columns), and nothing is checked.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import typst
from lxml import html

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from press.fonts import FACES  # noqa: E402

HEAD = """\
#set document(title: "Digitalisering i manufacturing")
#set page(paper: "a4", margin: (inside: 30mm, outside: 55mm, top: 25mm, bottom: 28mm), numbering: "1")
#set text(font: "Source Serif Pro", size: 10pt, lang: "nb", hyphenate: true)
#set par(leading: 4.4pt, spacing: 4.4pt, first-line-indent: 1em)
#show heading: set text(font: "Source Sans Pro")
"""
PARAGRAPHS = {"p", "figcaption", "caption", "h5", "h6"}
BOXES = {"aside", "blockquote"}
STANDARDS = ["ua-1"]
EDITED = "mange bedrifter"


def main() -> int:
    """Do one of the steps."""
    step, source = sys.argv[1], Path(sys.argv[2])
    if step == "compose":
        _compose(json.loads(source.read_text(encoding="utf-8")), Path(sys.argv[3]))
    elif step == "set":
        typst.compile(source / "main.typ", output=source / "main.pdf", pdf_standards=STANDARDS, **_fonts(source))
    else:
        print(_after_an_edit(source))
    return 0


def _fonts(folder: Path) -> dict[str, object]:
    return {"font_paths": [str(folder / "fonts")], "ignore_system_fonts": True, "root": str(folder)}


def _after_an_edit(folder: Path) -> float:
    """Compile twice in one process, with a sentence edited between, and give what the second time took in seconds."""
    page = folder / "main.typ"
    compiler = typst.Compiler(page, **_fonts(folder))
    compiler.compile(output=folder / "main.pdf", pdf_standards=STANDARDS)
    text = page.read_text(encoding="utf-8")
    middle = text.index(EDITED, len(text) // 2)
    page.write_text(f"{text[:middle]}svært {text[middle:]}", encoding="utf-8")
    start = time.perf_counter()
    compiler.compile(input=page, output=folder / "main.pdf", pdf_standards=STANDARDS)
    return time.perf_counter() - start


def _compose(given: dict[str, object], folder: Path) -> None:
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    for face in FACES:
        (folder / "fonts" / face.path.name).write_bytes(face.path.read_bytes())
    for name, data in given["assets"].items():  # type: ignore[attr-defined]
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(base64.b64decode(data))
    bodies = [html.document_fromstring(each[2]).body for each in given["parts"]]  # type: ignore[attr-defined]
    writer = _Writer({each.get("id") for body in bodies for each in body.iter() if each.get("id")})
    pages = "\n#pagebreak(weak: true)\n".join("".join(writer.blocks(body)) for body in bodies)
    (folder / "main.typ").write_text(HEAD + pages, encoding="utf-8")


class _Writer:
    """Writes elements of HTML as Typst."""

    def __init__(self, ids: set[str]) -> None:
        self.ids = ids
        self.written: set[str] = set()

    def blocks(self, element: html.HtmlElement) -> Iterator[str]:
        """Yield what stands in an element of blocks."""
        yield self._words(element.text)
        for child in element.iterchildren(tag=html.etree.Element):
            if child.get("data-furniture") is None:
                yield self._block(child)
            yield self._words(child.tail)

    def _block(self, element: html.HtmlElement) -> str:
        tag, label = element.tag, self._label(element)
        if re.fullmatch("h[1-4]", tag):
            return f"\n#heading(level: {tag[1]})[{self._inline(element)}]{label}\n\n"
        if tag in PARAGRAPHS:
            return f"\n{label}{self._inline(element)}\n\n"
        if tag in {"ul", "ol"}:
            items = "".join(f"[{''.join(self.blocks(item))}]" for item in element.iterchildren("li"))
            return f"\n{label}#{'list' if tag == 'ul' else 'enum'}{items}\n\n" if items else ""
        if tag == "table":
            return f"\n{label}{self._table(element)}\n\n"
        if tag == "img":
            return f"\n#image({_string(element.get('src'))}, alt: {_string(element.get('alt') or '-')})\n\n"
        inside = "".join(self.blocks(element))
        if tag in BOXES:
            return f"\n{label}#block(fill: luma(235), inset: 12pt, width: 100%)[{inside}]\n\n"
        return label + (inside if _holds_blocks(element) else self._one(element))

    def _table(self, table: html.HtmlElement) -> str:
        rows = list(table.iter("tr"))
        columns = max(sum(int(cell.get("colspan", 1)) for cell in row) for row in rows)
        cells = "".join(
            f"table.cell(colspan: {cell.get('colspan', 1)}, rowspan: {cell.get('rowspan', 1)})"
            f"[{''.join(self.blocks(cell))}], "
            for row in rows
            for cell in row
        )
        captions = "".join(self._block(caption) for caption in table.iterchildren("caption"))
        return f"{captions}#table(columns: {columns}, {cells})"

    def _inline(self, element: html.HtmlElement) -> str:
        return self._words(element.text) + "".join(
            self._one(child) + self._words(child.tail) for child in element.iterchildren(tag=html.etree.Element)
        )

    def _one(self, element: html.HtmlElement) -> str:
        inside = self._inline(element)
        target = (element.get("href") or "").removeprefix("#")
        if page_of := element.get("data-page-of"):
            return f"#context counter(page).at({_name(page_of)}).first()" if page_of in self.ids else ""
        if element.get("class") == "footnote":
            return f"#footnote[{inside}]"
        if element.tag == "em":
            return f"#emph[{inside}]"
        if element.tag == "a" and inside and target in self.ids:
            return f"#link({_name(target)})[{inside}]"
        return inside

    def _label(self, element: html.HtmlElement) -> str:
        name = element.get("id")
        if not name or name in self.written:
            return ""
        self.written.add(name)
        return f"#metadata(none)#label({_string(name)})" if not re.fullmatch("h[1-4]", element.tag) else f"<{name}>"

    @staticmethod
    def _words(text: str | None) -> str:
        words = re.sub(r"\s+", " ", text or "")
        return f"#{_string(words)};" if words.strip() else (" " if words else "")


def _name(target: str) -> str:
    return f"label({_string(target)})"


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _holds_blocks(element: html.HtmlElement) -> bool:
    return element.tag not in {"span", "a", "em", "abbr", "strong", "code", "sup", "sub"}


if __name__ == "__main__":
    sys.exit(main())
