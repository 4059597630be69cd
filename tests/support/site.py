"""The web edition of a publication made into a folder, and the folder served to a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import patch

from support.projects import PNG

from press.cache import Cache
from press.compose.parts import compose
from press.content.load import load
from press.door.files import Folder
from press.editions.edition import WEB
from press.editions.references import targets
from press.writers.web.typeset import Typesetter

PDF = {"path": "report.pdf", "label": "", "pages": 3, "megabytes": "0.1"}


def make_site(project: Path, folder: Path) -> Path:
    """Make the web edition of a publication, as if its PDF had one page; gives the folder."""
    report = load(project)
    edition = replace(WEB, context={"pdfs": [PDF]}, attached={"report.pdf": b"%PDF-1.7"})
    document = compose(report, edition, pages=dict.fromkeys(targets(report.sections), 1))
    with patch("press.writers.web.typeset.in_points", lambda *_: PNG):  # which browsers download, and show to nobody
        made = Typesetter(Cache(None)).typeset(document, lambda line: None)
    assert made.problems == ()
    Folder(folder).write_folder("web", {name.removeprefix("web/"): data for name, data in made.files("web").items()})
    return folder / "web"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return
