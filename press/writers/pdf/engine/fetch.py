"""The only door to files during layout: a fetcher that answers for what the document brings, and for the fonts.

Everything has a virtual address below `BASE_URL`, so that neither the bytes of the PDF nor a stray path can depend on
where the project lies. No file is opened for a name that content chose, and nothing is ever sent anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from press.fonts import FACES

BASE_URL = "https://report.invalid/"
_MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".ttf": "font/ttf",
}


class Assets(URLFetcher):  # type: ignore[misc]
    """Answers for a document's assets and the locked fonts; refuses everything else."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("https",), allow_redirects=False, fail_on_errors=True)
        self._assets = assets
        self._fonts = {f"fonts/{face.file}": face for face in FACES}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Return the asset at `url`; raises FatalURLFetchingError, which stops the layout."""
        parts = urlsplit(url)
        name = unquote(parts.path).lstrip("/")
        if f"{parts.scheme}://{parts.netloc}/" != BASE_URL or parts.query:
            raise FatalURLFetchingError(f"{url[:200]} is not part of the document")
        if name in self._fonts:
            body = self._fonts[name].content
        elif name in self._assets:
            body = self._assets[name]
        else:
            raise FatalURLFetchingError(f"{name[:200]} is not part of the document")
        media_type = _MEDIA_TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
        return URLFetcherResponse(url, body, {"Content-Type": media_type})
