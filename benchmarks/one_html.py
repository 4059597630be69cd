"""Plain WeasyPrint: a publication as one HTML, with CSS's own page references, made a tagged PDF (PDF/UA).

    .venv/bin/python benchmarks/one_html.py compose PROJECT FILE    write what is to be set
    .venv/bin/python benchmarks/one_html.py set FILE PDF            set it: this is what is measured

It gets what our writer gets (parts, style sheets, drawings), and neither checks a word nor conforms to PDF/A.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from press.document import PAGE_OF, Document, Part  # noqa: E402

_BODY = re.compile(r"<body class=\"([^\"]*)\"[^>]*>(.*)</body>", re.DOTALL)
_NUMBER = re.compile(rf'<span class="page-number" {PAGE_OF}="([^"]+)"></span>')
VARIANT = "pdf/ua-1"
ONE_HTML_STYLE = """
.part { break-before: page }
a.page-number::after { content: target-counter(attr(href), page) }
"""


def main() -> int:
    """Do one of the two steps."""
    step, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if step == "compose":
        target.write_text(json.dumps(_composed(source)), encoding="utf-8")
    else:
        target.write_bytes(_set(json.loads(source.read_text(encoding="utf-8"))))
    return 0


def _composed(project: Path) -> dict[str, object]:
    from press.compose.parts import compose
    from press.content.load import load
    from press.editions.edition import FULL

    document = compose(load(project), FULL)
    assets = {name: base64.b64encode(data).decode() for name, data in document.assets.items()}
    parts = [(part.id, part.title, part.html) for part in document.parts]
    return {"parts": parts, "css": document.stylesheet, "assets": assets, "language": document.language}


def _set(given: dict[str, object]) -> bytes:
    from weasyprint import CSS, HTML

    from press.writers.pdf.engine.fetch import BASE_URL, Assets, Images
    from press.writers.pdf.engine.log import listening
    from press.writers.pdf.layout import Layouter

    assets = {name: base64.b64decode(data) for name, data in given["assets"].items()}  # type: ignore[attr-defined]
    parts = tuple(Part(*each) for each in given["parts"])  # type: ignore[attr-defined]
    document = Document(parts, str(given["css"]), assets, (), str(given["language"]))
    bodies = (match for part in document.parts if (match := _BODY.search(part.html)))
    inside = "".join(f'<div class="{match[1]}">{match[2]}</div>' for match in bodies)
    html = f'<html lang="{document.language}"><title>x</title><body>{_NUMBER.sub(_link, inside)}</body></html>'
    with listening() as problems:
        layouter = Layouter(document, problems)
        style = CSS(string=ONE_HTML_STYLE, font_config=layouter.fonts)
        files = Assets(assets, frozenset(assets))
        source = HTML(string=html, base_url=BASE_URL, url_fetcher=files)
        pdf = source.write_pdf(
            stylesheets=[layouter.stylesheet, style],
            font_config=layouter.fonts,
            cache=Images(files),
            pdf_variant=VARIANT,
        )
    return bytes(pdf)


def _link(match: re.Match[str]) -> str:
    return f'<a class="page-number" href="#{match[1]}"></a>'


if __name__ == "__main__":
    sys.exit(main())
