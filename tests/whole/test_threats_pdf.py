"""The threat list: the PDF of a publication with a payload in every channel at once, and what its build asks for."""

from __future__ import annotations

import getpass
import io
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from support.hostile import (
    CANARY,
    CONTENT,
    FIRST_OF,
    GOOD_PDF,
    NOT_PRINTED,
    ROOT,
    WORDS,
    Outside,
    addresses,
    everything,
    opened,
    publication,
    strings,
)
from support.pdf import Pdf, typeset_here
from support.projects import Project

import build
from press.compose.parts import compose
from press.editions.edition import FULL
from press.fonts import FACES
from press.words.prose import ESCAPED

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("hostile"), pytest.mark.usefixtures("within_patience")]

HOSTILE_BUT_PRINTED = "<script>alert(1)</script>{{% raw %}} javascript:alert(1) file://FOLDER/passwd http://ADDRESS/ {}"
CONNECTING = ("connect", "connect_ex", "bind", "sendto", "sendmsg", "listen")
LOOKING_UP = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection")


@dataclass(frozen=True)
class Hostile:
    """A publication with a payload in every channel at once, its PDF, and what it asked the network for."""

    project: Project
    words: Mapping[str, str]
    pdf: bytes
    asked: list[object]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, outside: Outside) -> Hostile:
    def escaped(words: str) -> str:
        return re.sub(r"(?=[<{])", r"\\", words)

    payload = outside.fill(HOSTILE_BUT_PRINTED)
    names = [name for name in WORDS if FIRST_OF[name] is CONTENT and name not in NOT_PRINTED]
    words = {name: payload.format(f"på år {number}x") for number, name in enumerate(names)}
    words |= {
        "abbreviation": "A<b>",
        "title": "<script>../../x",
        "short title": "<b>",
        "quote": "<b> x",
    }
    words |= {"divider": "<b>", "quadrant": "<i>", "theme": "<u>", "fact unit": "<s>", "fact words": "<q>"}
    written = {name: escaped(said) for name, said in words.items()}
    project = publication(tmp_path_factory.mktemp("kanaristi") / "publication", written, CONTENT)
    # Terms are listed as they are printed.
    terms = "content/terms.yaml"
    project.write(terms, ESCAPED.sub(lambda match: match[0][1], (project.folder / terms).read_text(encoding="utf-8")))
    # Addresses are longer than a cell is wide, which is not what is asked here.
    settings = (project.folder / "content/report.yaml").read_text(encoding="utf-8")
    assert "\nchecks:" not in settings
    project.write("content/report.yaml", f"{settings.rstrip()}\nchecks: {{overfull: note, overlap: note}}\n")
    asked: list[object] = []

    def no_network(*arguments: object, **options: object) -> None:
        asked.append(arguments)
        raise OSError("there is no network here")

    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in CONNECTING:
            monkeypatch.setattr(socket.socket, name, no_network, raising=False)
        for name in LOOKING_UP:
            monkeypatch.setattr(socket, name, no_network)
        assert project.errors() == []
        pdf = typeset_here(compose(project.load(), FULL)).pdf
    return Hostile(project, words, pdf, asked)


def test_pdf_of_the_hostile_publication_prints_its_words(hostile: Hostile) -> None:
    def letters(text: str) -> str:
        return re.sub(r"[\s\x02\xad\ufffe\u2010\u2011-]", "", text).casefold()

    text = letters("".join(Pdf(hostile.pdf).page_texts))
    not_on_paper = {"subject", "keyword", "photo alt", "long form"}
    words = {name: letters(said) for name, said in hostile.words.items()}
    assert {name for name, said in words.items() if said not in text} <= not_on_paper


def test_pdf_of_the_hostile_publication_leads_only_where_its_links_do(hostile: Hostile) -> None:
    assert addresses(hostile.pdf) == {"https://example.no/a", "https://example.no/b"}
    inside = {link.target for link in Pdf(hostile.pdf).links if link.inside}
    assert inside <= {"start", "under", "vedlegg", "boks", "tabell", "matrise", "eksempel", "eksempel-to", "skille"}
    assert "boks" in inside


def test_pdf_of_the_hostile_publication_does_nothing(hostile: Hostile) -> None:
    with pikepdf.open(io.BytesIO(hostile.pdf)) as read:
        found = [entry for entry in read.objects if isinstance(entry, pikepdf.Dictionary)]
        keys = {key for entry in found for key in dict(entry.items())}
        kinds = {str(entry.get("/S")) for entry in found}
        assert "/StructElem" in {str(entry.get("/Type")) for entry in found}
        assert not {"/OpenAction", "/AA", "/AcroForm", "/JS", "/EmbeddedFiles", "/JavaScript", "/AF"} & keys
        assert not {"/JavaScript", "/Launch", "/SubmitForm", "/GoToR", "/GoToE", "/ImportData"} & kinds
        assert list(read.attachments) == []


def test_pdf_of_the_hostile_publication_has_our_fonts_only(hostile: Hostile) -> None:
    fonts = Pdf(hostile.pdf).fonts
    assert fonts
    assert all(font.embedded for font in fonts)
    ours = {face.family.replace(" ", "-") for face in FACES}
    assert {font.name.partition("-Pro")[0] + "-Pro" for font in fonts} == ours


def test_pdf_of_the_hostile_publication_holds_no_canary(hostile: Hostile, outside: Outside) -> None:
    assert CANARY.encode() not in opened(hostile.pdf)
    assert not outside.was_called


def test_search_for_a_composed_letter_finds_it(hostile: Hostile) -> None:
    assert any("på år" in text for text in Pdf(hostile.pdf).page_texts)


def test_pdf_tells_neither_where_nor_by_whom_it_was_made(hostile: Hostile, outside: Outside) -> None:
    # The one path in it is what the words say.
    held = opened(hostile.pdf).replace(str(outside.folder).encode(), b"")
    for secret in (str(hostile.project.folder), "kanaristi", str(ROOT), str(Path.home()), sys.prefix, sys.executable):
        assert secret.encode() not in held, secret
    about = about_the_file(hostile.pdf).replace(str(outside.folder).encode(), b"")
    assert b"<script>../../x" in about
    for name in (getpass.getuser(), socket.gethostname()):
        assert not re.search(rb"\b%s\b" % re.escape(name.encode()), about), name


def about_the_file(pdf: bytes) -> bytes:
    """Give the metadata of a PDF: what says something of the whole file."""
    with pikepdf.open(io.BytesIO(pdf)) as read:
        return b"\n".join([read.Root.Metadata.read_bytes(), *strings(read.trailer), *strings(read.docinfo)])


# The network.


def test_no_stage_asks_for_a_connection(hostile: Hostile) -> None:
    assert hostile.pdf.startswith(b"%PDF")
    assert hostile.asked == []


@cache
def walls() -> tuple[str, ...]:
    """Find out once which walls this machine lets us put up: no network, and a host name of its own."""
    for command in (
        ("unshare", "-r", "-n", "-u", "sh", "-c", 'hostname kanarivert && exec "$@"', "sh"),
        ("unshare", "-r", "-n"),
    ):
        with_unshare = shutil.which("unshare") is not None
        if with_unshare and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    return ()


@pytest.fixture
def behind_walls(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Build in a process of its own, as somebody else; without network and on another machine where ours allows it."""
    home = tmp_path / "kanarihjem"
    home.mkdir()
    someone = {"HOME": str(home), "USER": "kanaribruker", "LOGNAME": "kanaribruker", "PATH": os.environ["PATH"]}

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [*walls(), sys.executable, "-B", str(ROOT / "build.py"), *arguments]
        return subprocess.run(command, cwd=home, env=someone, capture_output=True, check=False)

    return run


def test_build_without_network_gives_the_same_pdf_and_does_not_tell_whose_machine_it_was(
    hostile: Hostile, behind_walls: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    output = tmp_path / "kanariut"
    done = behind_walls("report", "--quiet", "--project", str(hostile.project.folder), "--output", str(output))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    pdf = (output / "report.pdf").read_bytes()
    assert pdf == hostile.pdf
    assert b"kanari" not in opened(pdf)


def test_refusal_without_network_is_told_and_keeps_the_last_good_pdf(
    behind_walls: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path, outside: Outside
) -> None:
    template = outside.fill('{{ block.text|prose }}<img src="http://ADDRESS/a.png" alt="a">')
    project = publication(tmp_path / "publication", {}).write("templates/blocks/text.html.j2", template)
    done = behind_walls("report", "--quiet", "--project", str(project.folder))
    assert done.returncode == build.TO_MEND
    assert outside.fill("http://ADDRESS/a.png is not part of the document") in done.stdout.decode()
    assert "Traceback" not in done.stderr.decode()
    assert everything(project.folder / "build") == {"report.pdf": GOOD_PDF}
    assert not outside.was_called
