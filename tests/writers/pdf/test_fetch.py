"""The only door to files: what it answers, and everything that it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from press.fonts import FACES
from press.writers.pdf.engine.fetch import BASE_URL, Assets, Images

ASSETS = {
    "figures/figur-1.svg": b"<svg/>",
    "images/b\u00e5t 1.png": b"png",
    "images/a.jpg": b"jpg",
    "notes.txt": b"text",
}
HOST = BASE_URL.removesuffix("/")
SECRET = Path("/etc/hostname")

REFUSED = [
    # Another host, or ours in disguise.
    "https://example.org/figures/figur-1.svg",
    "http://report.invalid/figures/figur-1.svg",
    "https://report.invalid:8080/figures/figur-1.svg",
    "https://report.invalid.example.org/figures/figur-1.svg",
    "https://someone@report.invalid/figures/figur-1.svg",
    "https://REPORT.invalid@example.org/figures/figur-1.svg",
    "//report.invalid/figures/figur-1.svg",
    "http://169.254.169.254/latest/meta-data",
    # Other ways to bytes.
    "file:///etc/hostname",
    "file://report.invalid/etc/hostname",
    "FILE:///etc/hostname",
    "data:text/plain,hei",
    "ftp://report.invalid/figures/figur-1.svg",
    "javascript:alert(1)",
    # Out of the document.
    f"{HOST}/../etc/hostname",
    f"{HOST}/figures/../../etc/hostname",
    f"{HOST}//etc/hostname",
    f"{HOST}/etc/hostname",
    "/etc/hostname",
    "figures/figur-1.svg",
    "",
    # The same, encoded once and twice.
    f"{HOST}/%2e%2e/etc/hostname",
    f"{HOST}/..%2f..%2fetc%2fhostname",
    f"{HOST}/%252e%252e/etc/hostname",
    f"{HOST}/%2Fetc%2Fhostname",
    f"{HOST}/..%5c..%5cetc%5chostname",
    f"{HOST}/..\\..\\etc\\hostname",
    f"{HOST}/figures/figur-1.svg%00.png",
    # Not quite an asset.
    f"{HOST}/figures/figur-2.svg",
    f"{HOST}/figures/",
    f"{HOST}/FIGURES/figur-1.svg",
    f"{HOST}/figures/./figur-1.svg",
    f"{HOST}/figures/x/../figur-1.svg",
    f"{HOST}/figures/figur-1.svg?v=1",
    f"{HOST}/figures%252ffigur-1.svg",
    # Not quite a font.
    f"{HOST}/fonts/",
    f"{HOST}/fonts/SourceSansPro-Black.ttf",
    f"{HOST}/fonts/../fonts/SourceSansPro-Regular.ttf",
]


@pytest.fixture
def assets() -> Assets:
    return Assets(ASSETS, ASSETS)


@pytest.mark.parametrize("url", REFUSED)
def test_refused(assets: Assets, url: str) -> None:
    with pytest.raises(FatalURLFetchingError, match="is not part of the document"):
        assets.fetch(url)


@pytest.mark.parametrize(
    ("path", "body", "media_type"),
    [
        ("figures/figur-1.svg", b"<svg/>", "image/svg+xml"),
        ("figures%2Ffigur-1.svg", b"<svg/>", "image/svg+xml"),
        ("images/b%C3%A5t%201.png", b"png", "image/png"),
        ("images/a.jpg", b"jpg", "image/jpeg"),
        ("notes.txt", b"text", "application/octet-stream"),
    ],
)
def test_asset_is_answered_with_its_type(assets: Assets, path: str, body: bytes, media_type: str) -> None:
    response = assets.fetch(f"{BASE_URL}{path}")
    assert response.read() == body
    assert response.content_type == media_type


@pytest.mark.parametrize("face", FACES, ids=[face.file for face in FACES])
def test_font_is_answered_with_the_letters_that_its_file_lacks(assets: Assets, face: object) -> None:
    response = assets.fetch(f"{BASE_URL}fonts/{face.file}")  # type: ignore[attr-defined]
    assert response.read() == face.content  # type: ignore[attr-defined]
    assert response.content_type == "font/ttf"


def test_asset_cannot_stand_in_the_place_of_a_font() -> None:
    name = f"fonts/{FACES[0].file}"
    assert Assets({name: b"another"}, {name}).fetch(f"{BASE_URL}{name}").read() == FACES[0].content


def test_asset_that_is_not_known_to_be_named_is_refused() -> None:
    assets = Assets(ASSETS, {"images/a.jpg"})
    assert assets.fetch(f"{BASE_URL}images/a.jpg").read() == b"jpg"
    with pytest.raises(FatalURLFetchingError, match="shown where its name does not stand as it is"):
        assets.fetch(f"{BASE_URL}figures/figur-1.svg")


def test_pictures_that_are_remembered_are_seen_where_they_are_named() -> None:
    assets = Assets(ASSETS, set())
    images = Images(assets)
    url = f"{BASE_URL}images/b%C3%A5t%201.png"
    images[url] = images["0123-source"] = "a picture"
    assert url not in images
    assert "0123-source" in images
    assets.named = {"images/b\u00e5t 1.png"}
    assert url in images


def test_refusal_does_not_repeat_a_long_address_whole(assets: Assets) -> None:
    with pytest.raises(FatalURLFetchingError) as caught:
        assets.fetch(f"data:text/plain,{'x' * 100_000}")
    assert len(str(caught.value)) < 400


def test_no_file_is_opened_for_a_name_that_content_chose(assets: Assets, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(path: Path) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr(Path, "read_bytes", opened)
    assert assets.fetch(f"{BASE_URL}figures/figur-1.svg").read() == b"<svg/>"
    with pytest.raises(FatalURLFetchingError):
        assets.fetch(f"file://{SECRET}")
