"""The preview asked over its addresses: what it tells, what it keeps, whom it refuses, and how it ends."""

from __future__ import annotations

import io
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from support.preview import ROOT, Preview, assert_ended, previewing
from support.projects import SECTION, SECTION_FILE, Project, small_project

pytestmark = pytest.mark.xdist_group("preview-server")  # which starts one


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Write a publication of which a page is too empty, since the box does not fit below its one paragraph."""
    box = "\n\n".join(["      Et avsnitt i boksen."] * 92)
    text = f"  - text: Første avsnitt.\n  - callout: boks\n    title: Boks\n    text: |\n{box}\n"
    return small_project(tmp_path_factory.mktemp("previewed")).blocks(text)


@pytest.fixture(scope="module")
def preview(project: Project) -> Iterator[Preview]:
    with previewing(project.folder) as running:
        running.next()
        yield running


def test_page_may_load_nothing_from_elsewhere(preview: Preview) -> None:
    page = preview.ask("")
    assert page.status == 200
    assert b"<main" in page.body
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    for name in ("preview.js", "preview.css"):
        file = preview.ask(name)
        assert (file.status, file.headers["x-content-type-options"]) == (200, "nosniff")
        assert b"http://" not in file.body
        assert b"https://" not in file.body


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil:{port}"]
)
def test_request_that_names_another_host_is_refused(preview: Preview, host: str) -> None:
    answer = preview.ask("", Host=host.format(port=preview.port))
    assert answer.status == 421
    assert preview.ask("", Host=f"localhost:{preview.port}").status == 200


def test_request_of_another_site_is_refused(preview: Preview) -> None:
    fields = {"file": SECTION_FILE, "line": "4"}
    assert preview.ask("caret", fields, Origin="https://evil.example").status == 403
    assert preview.ask("caret", fields, Origin="null").status == 403
    assert preview.ask("caret", fields, Origin=f"http://127.0.0.1:{preview.port}").status == 204
    assert preview.ask("caret", fields).status == 204


def test_without_the_secret_there_is_nothing(preview: Preview) -> None:
    for path in ("/", "/preview.js", "/events", "/document.pdf", "/" + "A" * 22 + "/", "/favicon.ico"):
        assert preview.ask("", path=path).status == 404, path


def test_no_file_of_the_publication_is_served(preview: Preview) -> None:
    for name in (
        "content/start.yaml",
        "../content/start.yaml",
        "%2e%2e/content/start.yaml",
        "build/report.pdf",
        "server.py",
    ):
        assert preview.ask(name).status == 404, name


def test_picture_is_as_wide_as_asked_and_only_of_the_page_as_it_is(preview: Preview) -> None:
    key = preview.states[-1]["pages"][2]["key"]
    answer = preview.ask(f"picture/3?key={key}&width=640")
    assert answer.headers["content-type"] == "image/png"
    image = Image.open(io.BytesIO(answer.body))
    image.load()
    assert (image.size, image.mode) == ((640, 906), "RGB")
    with pypdfium2.PdfDocument(preview.ask("document.pdf").body) as document:
        drawn = document[2].render(scale=640 / document[2].get_width()).to_pil()
    assert image.tobytes() == drawn.tobytes()
    assert len(set(image.tobytes())) > 100
    for other in (
        "picture/3?key=x&width=640",
        f"picture/9?key={key}&width=640",
        f"picture/3?key={key}&width=-1",
        f"picture/0?key={key}&width=9",
    ):
        assert preview.ask(other).status == 404, other
    huge = preview.ask(f"picture/3?key={key}&width=99999")
    assert Image.open(io.BytesIO(huge.body)).width == 4000


def test_caret_finds_a_file_that_is_reached_by_a_link(preview: Preview, project: Project, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project.folder)
    assert preview.ask("caret", {"file": str(tmp_path / "link" / SECTION_FILE), "line": "4"}).status == 204


def test_caret_needs_a_file_that_is_printed_and_a_line(preview: Preview, project: Project) -> None:
    assert preview.ask("caret", {"file": str(project.folder / SECTION_FILE), "line": "1"}).status == 204
    assert preview.ask("caret", {"file": "content/words.txt", "line": "1"}).status == 404
    assert preview.ask("caret", {"file": "/etc/passwd", "line": "1"}).status == 404
    assert preview.ask("caret", {"file": SECTION_FILE, "line": "x"}).status == 400
    assert preview.ask("caret", {"file": "a\0b", "line": "1"}).status == 400
    assert preview.ask("caret", {}).status == 400
    assert preview.ask("caret", {"file": "x" * 9000, "line": "1"}).status == 400
    assert preview.ask("caret").status == 405


def test_rules_on_pages_are_told_when_there_is_time(preview: Preview) -> None:
    ends = time.monotonic() + 30
    while not preview.problems and time.monotonic() < ends:
        time.sleep(0.05)
    (told,) = (each for each in preview.problems if each["rule"] == "page-fill")
    assert told["severity"] == "warning"


def test_only_editions_that_there_are_can_be_chosen(preview: Preview) -> None:
    assert preview.states[-1]["choices"] == ["report", "web", "proof A", "proof B"]
    assert preview.ask("choose", {"choice": "sammendrag"}).status == 404
    assert preview.ask("choose", {"choice": "report"}).status == 204


def test_address_is_kept_for_its_owner_alone(preview: Preview, project: Project) -> None:
    kept = project.folder / "build" / ".preview"
    assert kept.read_text() == preview.address
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_saves_are_built_and_the_last_good_pages_stay_while_content_is_broken(
    preview: Preview, project: Project
) -> None:
    target = project.folder / SECTION_FILE
    project.change(SECTION_FILE, "Første avsnitt", "Andre ord")
    state = preview.next()
    assert (state["refused"], state["changed"]) == (False, [3])
    good = preview.ask("document.pdf").body
    assert good == (project.folder / "build" / "report.pdf").read_bytes()

    project.change(SECTION_FILE, "blocks:", "bloks:")
    state = preview.next(refused=True)
    told = state["problems"][0]
    assert (told["place"].rpartition(":")[0], told["file"]) == (f"{SECTION_FILE}:2", str(target))
    assert "blocks" in told["mend"]
    assert preview.ask("document.pdf").body == good

    # An editor that writes a new file and renames it onto the old one.
    (target.parent / "start.new").write_text(SECTION, encoding="utf-8")
    (target.parent / "start.new").replace(target)
    state = preview.next(refused=False)
    assert len(state["pages"]) == 4

    target.unlink()
    state = preview.next(refused=True)
    assert "start.yaml" in state["problems"][0]["what"] + state["problems"][0]["mend"] + state["problems"][0]["place"]
    project.section(SECTION)
    preview.next(refused=False)


def test_port_that_is_taken_is_told(project: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, str(ROOT / "build.py"), "watch", "--project", str(project.folder), "--port", port]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert f"port {port} cannot be used" in done.stderr
    assert "--port" in done.stderr


@pytest.mark.long
def test_end_leaves_no_process_and_no_file_behind(tmp_path: Path) -> None:
    project = small_project(tmp_path / "publication")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with previewing(project.folder, temporary=temporary) as preview:
        preview.settled(0)  # in the middle of the first build
        children = preview.children()
        assert children
        assert preview.end() == 0
    assert "stopped" in "".join(preview.said)
    assert list(temporary.iterdir()) == []
    assert not (project.folder / "build" / ".preview").exists()
    assert_ended(children)
