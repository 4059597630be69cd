"""How long the report takes to typeset part by part, against WeasyPrint given the whole as one HTML.

    .venv/bin/python benchmarks/part_by_part.py [ROUNDS]

Both make a PDF of the same parts with the same style sheet, in turn, in one process (A B A B …), after a round that is
not counted. In the one HTML page references are CSS's own (`target-counter`), as plain WeasyPrint would have them, and
the PDF is tagged (PDF/UA); our way fills numbers in, checks every word and conforms to PDF/A too. Seconds depend on the
machine; the ratio is what to read.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from press.compose.parts import compose  # noqa: E402
from press.content.load import load  # noqa: E402
from press.document import PAGE_OF, Document  # noqa: E402
from press.editions.edition import FULL  # noqa: E402
from press.writers.pdf.engine.log import listening  # noqa: E402
from press.writers.pdf.layout import Layouter  # noqa: E402
from press.writers.pdf.typeset import typeset  # noqa: E402

_BODY = re.compile(r"<body class=\"([^\"]*)\"[^>]*>(.*)</body>", re.DOTALL)
_NUMBER = re.compile(rf'<span class="page-number" {PAGE_OF}="([^"]+)"></span>')
VARIANT = "pdf/ua-1"
ONE_HTML_STYLE = """
.part { break-before: page }
a.page-number::after { content: target-counter(attr(href), page) }
"""


def main() -> int:
    """Time both ways and print their medians and the ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    document = compose(load(ROOT), FULL)
    ours, theirs, ratios = [], [], []
    pages = (0, 0)
    for number in range(rounds + 1):
        first, our_pages = _timed(lambda: _part_by_part(document))
        second, their_pages = _timed(lambda: _one_html(document))
        if number:
            ours.append(first)
            theirs.append(second)
            ratios.append(second / first)
        pages = (our_pages, their_pages)
    print(f"part by part  {statistics.median(ours):6.2f} s  {pages[0]} pages  median of {rounds}")
    print(f"one HTML      {statistics.median(theirs):6.2f} s  {pages[1]} pages")
    print(f"ratio         {statistics.median(ratios):6.2f}    ({min(ratios):.2f}–{max(ratios):.2f})")
    return 0


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    start = time.perf_counter()
    pages = work()
    return time.perf_counter() - start, pages


def _part_by_part(document: Document) -> int:
    return typeset(document).page_count


def _one_html(document: Document) -> int:
    from weasyprint import CSS, HTML

    from press.writers.pdf.engine.fetch import BASE_URL

    bodies = (match for part in document.parts if (match := _BODY.search(part.html)))
    inside = "".join(f'<div class="{match[1]}">{match[2]}</div>' for match in bodies)
    html = f'<html lang="{document.language}"><title>x</title><body>{_NUMBER.sub(_link, inside)}</body></html>'
    with listening() as problems:
        layouter = Layouter(document, problems)
        style = CSS(string=ONE_HTML_STYLE, font_config=layouter.fonts)
        source = HTML(string=html, base_url=BASE_URL, url_fetcher=layouter.fetcher)
        rendered = source.render(
            stylesheets=[layouter.stylesheet, style],
            font_config=layouter.fonts,
            cache=layouter.images,
            pdf_variant=VARIANT,
        )
        rendered.write_pdf(pdf_variant=VARIANT, cache=layouter.images)
    return len(rendered.pages)


def _link(match: re.Match[str]) -> str:
    return f'<a class="page-number" href="#{match[1]}"></a>'


if __name__ == "__main__":
    sys.exit(main())
