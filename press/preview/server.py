"""The server: one page, the pictures on it and the PDF, for browsers on this machine and nobody else.

It listens on 127.0.0.1 only. Every address begins with a secret that is new at each start and stands in the address
that is printed: whoever does not know it (another user of the machine, a page of another site) is told that there is
nothing. A request that names another host is refused before, so that a name that leads to this machine (DNS rebinding)
opens nothing, and one that another site's page sends is refused by its `Origin`. Nothing is read from the disk but the
files of the page; the page may load nothing from elsewhere.

    GET  /<secret>/                       the page
    GET  /<secret>/events                 what happens (server-sent events)
    GET  /<secret>/picture/3?key=…&width=1200   a page as a PNG; 404 if its key is another by now
    GET  /<secret>/blocks/3?key=…         where the blocks of the page stand, and which lines they come from
    GET  /<secret>/document.pdf           the PDF that is shown
    GET  /<secret>/web/start.html         a file of the web edition that is shown, from memory
    POST /<secret>/choose                 choice=summary
    POST /<secret>/caret                  file=content/start.yaml&line=12
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from press.preview.blocks import blocks_of
from press.preview.editors import EDITORS, USUAL
from press.preview.making import Made, Site
from press.preview.pictures import picture
from press.preview.session import STOPPED, Session

LOCALHOST = "127.0.0.1"
PORT = 8017
"""Tried first, so that a browser remembers its settings; another one if it is taken."""
PAGE = Path(__file__).parent / "page"
FILES = {
    "": ("index.html", "text/html"),
    "preview.css": ("preview.css", "text/css"),
    "preview.js": ("preview.js", "text/javascript"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
}
STILL_THERE_S = 15
"""So often a browser is sent a line that says nothing, so that one that has gone is noticed."""
LARGEST_BODY = 4096
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'; frame-src 'self'; img-src 'self'; "
    "script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

SITE_POLICY = "frame-ancestors 'self'; default-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'"
"""Of the web edition, which stands in the page: nobody else may show it. Its pages have a policy of their own besides,
which lets no script in but theirs."""
SITE_TYPES = {
    ".bib": "text/plain",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".ris": "text/plain",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


def listening_socket(port: int | None) -> socket.socket:
    """Take a port of this machine; without one named, the usual one or any other. Raises OSError if it is taken."""
    for candidate in (port,) if port is not None else (PORT, 0):
        ours = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            ours.bind((LOCALHOST, candidate))
            ours.listen()
        except OSError:
            ours.close()
            if port is not None:
                raise
        else:
            return ours
    raise OSError("no port of this machine is free")


def address_of(listening: socket.socket, secret: str) -> str:
    """Name the page's address."""
    return f"http://{LOCALHOST}:{listening.getsockname()[1]}/{secret}/"


def new_secret() -> str:
    """Make up what the addresses of a session begin with."""
    return secrets.token_urlsafe(16)


class Server(uvicorn.Server):
    """Serves until the session stops; leaves signals to the command."""

    def __init__(self, session: Session, secret: str, editor: str | None, port: int) -> None:
        application = guarded(application_of(session, secret, editor), port)
        super().__init__(
            uvicorn.Config(
                application, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1,
                server_header=False, date_header=False, ws="none",
            )
        )  # fmt: skip

    @contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


def application_of(session: Session, secret: str, editor: str | None) -> Starlette:
    """Answer requests about a session."""
    pages = _Answers(session, editor)
    routes = [Route(f"/{secret}/{name}", pages.file) for name in FILES]
    routes += [
        Route(f"/{secret}/events", pages.events),
        Route(f"/{secret}/picture/{{number:int}}", pages.picture),
        Route(f"/{secret}/blocks/{{number:int}}", pages.blocks),
        Route(f"/{secret}/document.pdf", pages.pdf),
        Route(f"/{secret}/web/{{name:path}}", pages.of_site),
        Route(f"/{secret}/choose", pages.choose, methods=["POST"]),
        Route(f"/{secret}/caret", pages.caret, methods=["POST"]),
    ]
    return Starlette(routes=routes)


def guarded(application: ASGIApp, port: int) -> ASGIApp:
    """Refuse requests to other hosts and from other sites, and have browsers load nothing from elsewhere."""
    hosts = {f"{LOCALHOST}:{port}", f"localhost:{port}"}
    origins = {f"http://{host}" for host in hosts}

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in {"Cache-Control": "no-store", **HEADERS}.items():
                    answer.setdefault(name, value)
            await send(message)

        inside = application
        if headers.get("host") not in hosts:
            inside = PlainTextResponse("This host is not served here.\n", 421)
        elif headers.get("origin", next(iter(origins))) not in origins:
            inside = PlainTextResponse("Requests of other sites are not answered.\n", 403)
        await inside(scope, receive, send_with_headers)

    return guard


class _Answers:
    """One method for each address."""

    def __init__(self, session: Session, editor: str | None) -> None:
        self.session = session
        self.editor = editor

    async def file(self, request: Request) -> Response:
        name, kind = FILES[request.url.path.rpartition("/")[2]]
        text = (PAGE / name).read_text(encoding="utf-8")
        return Response(text, media_type=kind)

    async def events(self, request: Request) -> Response:
        return StreamingResponse(self._events(), media_type="text/event-stream")

    async def _events(self) -> AsyncIterator[str]:
        yield _event(
            "editors", {"editors": EDITORS, "editor": self.editor or USUAL, "isChosen": self.editor is not None}
        )
        queue = self.session.listen()
        try:
            name = ""
            while name != STOPPED:
                try:
                    name, what = await asyncio.wait_for(queue.get(), STILL_THERE_S)
                except TimeoutError:
                    yield ": still there\n\n"
                else:
                    yield _event(name, what)
        finally:
            self.session.leave(queue)

    async def picture(self, request: Request) -> Response:
        shown, number, width = self._page(request), request.path_params["number"], request.query_params.get("width", "")
        if shown is None or not re.fullmatch("[1-9][0-9]{0,4}", width):
            return _nothing()
        data = await asyncio.to_thread(picture, shown.pdf, number, int(width))
        return Response(data, media_type="image/png", headers={"Cache-Control": "private, max-age=86400, immutable"})

    async def blocks(self, request: Request) -> Response:
        shown, number = self._page(request), request.path_params["number"]
        if shown is None:
            return _nothing()
        found = blocks_of(shown.pages.pages[number - 1])
        return JSONResponse([
            {
                "extent": (block.extent.left, block.extent.top, block.extent.right, block.extent.bottom),
                "place": str(block.place),
                "file": (self.session.project / block.place.file).as_posix(),
                "line": block.place.line,
                "column": block.place.column or 1,
            }
            for block in found
        ])  # fmt: skip

    async def pdf(self, request: Request) -> Response:
        shown = self._made()
        if shown is None:
            return _nothing()
        named = {"Content-Disposition": f'inline; filename="{shown.output}"'}
        # A browser's own reader of PDFs is made of styles and scripts, and a PDF can load nothing.
        policy = {"Content-Security-Policy": "frame-ancestors 'none'"}
        return Response(shown.pdf, media_type="application/pdf", headers={**named, **policy})

    async def of_site(self, request: Request) -> Response:
        """Give a file by its name in the edition: no other name leads anywhere."""
        shown, name = self.session.shown, request.path_params["name"]
        files = shown.made.files if shown is not None and isinstance(shown.made, Site) else {}
        kind = SITE_TYPES.get(PurePosixPath(name).suffix.lower())
        if name not in files or kind is None:
            return _nothing()
        # Only what has changed is sent once more when a page is loaded again.
        tag = f'"{hashlib.sha256(files[name]).hexdigest()[:32]}"'
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": SITE_POLICY, "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(files[name], media_type=kind, headers=headers)

    async def choose(self, request: Request) -> Response:
        fields = await _fields(request)
        return _done() if self.session.choose(fields.get("choice", "")) else _nothing()

    async def caret(self, request: Request) -> Response:
        fields = await _fields(request)
        file, line = fields.get("file", ""), fields.get("line", "")
        if not file or "\0" in file or not re.fullmatch("[0-9]{1,7}", line):
            return PlainTextResponse("Send file=content/start.yaml&line=12.\n", 400)
        if self.session.caret(file, int(line)):
            return _done()
        return PlainTextResponse("Nothing of this file stands on the pages that are shown.\n", 404)

    def _made(self) -> Made | None:
        """Give the PDF that is shown, if one is."""
        shown = self.session.shown
        return shown.made if shown is not None and isinstance(shown.made, Made) else None

    def _page(self, request: Request) -> Made | None:
        """Give what is shown if the page asked for is in it, and looks as it did when it was asked for."""
        shown, number = self._made(), request.path_params["number"]
        if shown is None or not 1 <= number <= len(shown.keys):
            return None
        return shown if request.query_params.get("key") == shown.keys[number - 1] else None


async def _fields(request: Request) -> dict[str, str]:
    """Read the fields of a form, the last of each name; none of a body too large to be meant."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return {}
    return {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _event(name: str, what: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(what)}\n\n"


def _done() -> Response:
    return Response(status_code=204)


def _nothing() -> Response:
    return PlainTextResponse("There is nothing here.\n", 404)
