"""The only door to files during layout: a fetcher that answers for what the document brings, and for the fonts.

Everything has a virtual address below `BASE_URL`, so that neither the bytes of the PDF nor a stray path can depend on
where the project lies. No file is opened for a name that content chose, and nothing is ever sent anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from press.fonts import ALL_FACES

BASE_URL = "https://report.invalid/"
_MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".ttf": "font/ttf",
}


class Assets(URLFetcher):  # type: ignore[misc]
    """Answers for a document's assets and the locked fonts; refuses everything else.

    `named` are those assets that what is laid out is known to name; another is refused too, since nobody would notice
    that it has changed.
    """

    def __init__(self, assets: Mapping[str, bytes], named: Collection[str]) -> None:
        super().__init__(allowed_protocols=("https",), allow_redirects=False, fail_on_errors=True)
        self.named = named
        self._assets = assets
        self._fonts = {f"fonts/{face.file}": face for face in ALL_FACES}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Return the asset at `url`; raises FatalURLFetchingError, which stops the layout."""
        parts = urlsplit(url)
        name = _name(url)
        if f"{parts.scheme}://{parts.netloc}/" != BASE_URL or parts.query:
            raise FatalURLFetchingError(f"{url[:200]} is not part of the document")
        if name in self._fonts:
            body = self._fonts[name].content
        elif name in self.named:
            body = self._assets[name]
        elif name in self._assets:
            raise FatalURLFetchingError(f"{name[:200]} is shown where its name does not stand as it is")
        else:
            raise FatalURLFetchingError(f"{name[:200]} is not part of the document")
        media_type = _MEDIA_TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
        return URLFetcherResponse(url, body, {"Content-Type": media_type})


class Images(dict[str, Any]):
    """What WeasyPrint remembers of the pictures of several parts, each of which sees those that it names."""

    def __init__(self, fetcher: Assets) -> None:
        super().__init__()
        self._fetcher = fetcher

    def __contains__(self, key: object) -> bool:
        is_asset = str(key).startswith(BASE_URL)
        return super().__contains__(key) and (not is_asset or _name(str(key)) in self._fetcher.named)


def _name(url: str) -> str:
    return unquote(urlsplit(url).path).lstrip("/")
