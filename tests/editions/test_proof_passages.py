"""Which passages a proof holds, and at which page; and the door to proofs. Small publications, nothing laid out."""

from __future__ import annotations

import re
from contextlib import nullcontext

import pytest
from support.projects import Project
from support.short_editions import BELOW_FILE, DATA_FILE, FINDING_FILE, START_FILE, with_short_edition

import build
from press.compose.parts import compose
from press.document import Document
from press.editions.page_map import PageMap
from press.editions.proofs import names, proof
from press.words.language import language_of
from press.writers.pdf import sealed
from press.writers.pdf.typeset import Typeset

REGISTER = "content/report.yaml"
BOX = """\
  - example: boks-{small}
    party: {party}
    theme: Et tema
    title: Tittelen
    text: |
      Bedrift {party} gjør noe.
"""
CALLOUT = "  - callout:"
SOMEWHERE = PageMap("", dict.fromkeys(["boks-a", "boks-b", "figur-1", "start", "under", "funn"], 5), {})


@pytest.fixture
def project(project: Project) -> Project:
    """Give a publication with a short edition, a box for each of two parties, and a third that nothing names."""
    with_short_edition(project, approve=False).change(REGISTER, "parties: [A, B]\n", "parties: [A, B, C]\n")
    boxes = "".join(BOX.format(party=party, small=party.lower()) for party in "AB")
    return project.change(START_FILE, "closing:\n", f"closing:\n{boxes}")


def passages(
    project: Project, party: str = "C", where: PageMap = SOMEWHERE
) -> list[tuple[str, str | None, int | None]]:
    """Give the passages of a party's proof: text, id of the section, page."""
    report = project.load()
    found = proof(report, party, language_of(report), where).context["passages"]
    return [(str(one.text).strip(), one.section.id if one.section else None, one.page) for one in found]


# Words that name a party.


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Bedrift A lager utstyr.", "A"),
        ("I bedrift A er det slik.", "A"),
        ("Bedriften A og bedriften C", "AC"),
        ("bedriftene A, B og C", "ABC"),
        ("bedriftene A, B, og C", "ABC"),
        ("bedriftene A og B, C", "ABC"),
        ("Bedrift\N{NO-BREAK SPACE}A og Bedrift\nB", "AB"),
        ("(Bedrift C)", "C"),
        ("Bedrift As strategi", "A"),
        ("Bedrift A's strategi, og Bedrift B’s", "AB"),
        ("Bedrift A-s strategi", "A"),
        ("Bedrift A–O", ""),
        ("bedriftene A–O", ""),
        ("bedriftene A, B og C–E", "AB"),
        ("Bedriftene i studien", ""),
        ("Bedrift AB", ""),
        ("Bedrift Alfa", ""),
        ("Storbedrift A", ""),
        ("Bedriftsleder A", ""),
        ("A lager utstyr.", ""),
        ("", ""),
    ],
)
def test_words_name_a_party(text: str, named: str) -> None:
    assert "".join(party for party in "ABCDE" if names(text, party, "Bedrift")) == named


# What is a passage.


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("title: Start", "title: Hos Bedrift C", "Hos Bedrift C", id="a title"),
        pytest.param("  Ingressen.", "  Om Bedrift C.", "Om Bedrift C.", id="a lead"),
        pytest.param("Andre setning.\n", "\n      Om Bedrift C.\n\n      ", "Om Bedrift C.", id="a paragraph"),
        pytest.param("Andre setning.\n", "\n      - Om Bedrift C.\n\n", "- Om Bedrift C.", id="a list"),
        pytest.param("Tittelen på rammen", "Bedrift C i rammen", "Bedrift C i rammen", id="a callout's title"),
        pytest.param("Ordene i rammen.", "Om Bedrift C.", "Om Bedrift C.", id="a callout"),
        pytest.param("To rader, den siste lengst.", "Om Bedrift C.", "Om Bedrift C.", id="words for a drawing"),
        pytest.param("Figuren\n", "Figuren om Bedrift C\n", "Figuren om Bedrift C", id="a figure's title"),
        pytest.param("Etter under", "Bedrift *C*, under", "Bedrift *C*, underkapittelet.", id="a name in emphasis"),
    ],
)
def test_text_that_names_a_party_is_a_passage(project: Project, old: str, new: str, found: str) -> None:
    assert passages(project) == []
    assert passages(project.change(START_FILE, old, new)) == [(found, "start", 5)]


def test_partys_own_box_is_no_passage_and_anothers_is_one_only_where_it_names_it(project: Project) -> None:
    assert passages(project, "A") == []
    project.change(START_FILE, "Bedrift B gjør noe.", "Bedrift B gjør noe.\n\n      Det gjør Bedrift A også.")
    assert passages(project, "A") == [("Det gjør Bedrift A også.", "start", 5)]


def test_paragraph_whose_reference_prints_a_partys_name_is_a_passage(project: Project) -> None:
    # «{boks-b}» is printed as «boksen om Bedrift B», and was looked for in vain.
    project.change(START_FILE, "Andre setning.", "Se {boks-b}.")
    assert [section for _, section, _ in passages(project, "B")] == ["start"]
    assert passages(project, "A") == []


@pytest.mark.parametrize("reference", ["{page:boks-b}", "{title:boks-b}"])
def test_paragraph_whose_reference_prints_no_partys_name_is_no_passage(project: Project, reference: str) -> None:
    assert passages(project.change(START_FILE, "Andre setning.", f"Se {reference}."), "B") == []


def test_paragraph_that_calls_a_note_on_a_party_is_a_passage_with_its_note(project: Project) -> None:
    # The note alone was once taken for a paragraph, and printed as nothing.
    project.change(START_FILE, "Ordene i rammen.\n", "Ordene[^n] i rammen.\n\n      [^n]: Sagt av Bedrift C.\n")
    assert passages(project) == [("Ordene[^n] i rammen.\n\n[^n]: Sagt av Bedrift C.", "start", 5)]


def test_note_of_another_paragraph_is_left_where_it_is(project: Project) -> None:
    text = "Bedrift C er med.\n\n      Ordene[^n] i rammen.\n\n      [^n]: Noten.\n"
    project.change(START_FILE, "Ordene i rammen.\n", text)
    assert passages(project) == [("Bedrift C er med.", "start", 5)]


def test_pull_quote_that_names_a_party_is_a_passage_besides_its_text(project: Project) -> None:
    quote = "  - quote: Det sier Bedrift C\n    speaker: Leder i Bedrift C\n"
    project.change(START_FILE, "Andre setning.", "Det sier Bedrift C.").change(START_FILE, CALLOUT, f"{quote}{CALLOUT}")
    assert [text for text, _, _ in passages(project)][1:] == ["Det sier Bedrift C", "Leder i Bedrift C"]


def test_photograph_that_is_not_printed_is_no_passage(project: Project) -> None:
    photo = "  - photo: bildet\n    caption: Hos Bedrift C\n    left_out: Borte.\n"
    assert passages(project.change(START_FILE, CALLOUT, f"{photo}{CALLOUT}")) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('[C, "2"]', ["C · 2"]),
        ('["A, C", "2"]', ["A, C · 2"]),
        ('[A og C, "2"]', ["A og C · 2"]),
        ('["C (morselskapet), B", "2"]', ["C (morselskapet), B · 2"]),
        ('[Hos Bedrift C, "2"]', ["Hos Bedrift C · 2"]),
        ('[CAD, "2"]', []),
        ('[Type C, "2"]', []),
    ],
    ids=["a letter", "among others", "with a word between", "with a note", "in words", "another word", "another thing"],
)
def test_row_of_data_that_is_about_a_party_is_a_passage(project: Project, row: str, expected: list[str]) -> None:
    project.change(DATA_FILE, '[Sist, "2"]', row)
    assert passages(project) == [(text, "start", 5) for text in expected]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("axis: Antall", "axis: Antall i Bedrift C", "Antall i Bedrift C"),
        ("heading: Antall", "heading: Antall i Bedrift C", "Antall i Bedrift C"),
        ("  points:\n", "  points:\n    title: Tall fra Bedrift C\n", "Tall fra Bedrift C"),
    ],
    ids=["a label", "a heading", "a table's title"],
)
def test_words_of_a_drawing_that_name_a_party_are_a_passage(project: Project, old: str, new: str, found: str) -> None:
    assert passages(project.change(DATA_FILE, old, new)) == [(found, "start", 5)]


def test_row_of_a_table_that_is_about_a_party_is_a_passage(project: Project) -> None:
    table = "  - table: tabell\n    title: Tabellen\n    columns: [{heading: Hvem}, {heading: Hva}]\n"
    project.change(START_FILE, CALLOUT, f"{table}    rows: [[A, en], [C, to]]\n{CALLOUT}")
    assert passages(project) == [("C · to", "start", 5)]


@pytest.mark.parametrize(
    ("file", "old"),
    [
        (FINDING_FILE, "Et eksempel på funnet."),
        (START_FILE, "Starten i korthet."),
        (FINDING_FILE, "Funnet i korthet."),
        ("content/editions/kort.yaml", "brief: start"),
    ],
    ids=["an example", "a summary", "a result", "an edition's own text"],
)
def test_words_that_only_short_editions_print_have_no_page(project: Project, file: str, old: str) -> None:
    new = "Bedrift C har funnet det."
    project.change(file, old, new if old.endswith(".") else f"text: {new}")
    assert passages(project) == [(new, None, None)]


# Where a passage stands.


def test_page_is_that_of_the_nearest_place_above_in_the_same_file(project: Project) -> None:
    project.change(START_FILE, "Etter underkapittelet.", "Etter Bedrift C.")
    line = (project.folder / START_FILE).read_text(encoding="utf-8").splitlines().index("      Etter Bedrift C.") + 1
    places = {f"{START_FILE}:4:3": 5, f"{START_FILE}:{line}:7": 8, f"{START_FILE}:99:7": 9, f"{FINDING_FILE}:20:1": 11}
    assert [page for _, _, page in passages(project, where=PageMap("", SOMEWHERE.pages, places))] == [8]


def test_row_that_is_printed_as_text_stands_there(project: Project) -> None:
    # The page was that of the drawing, which need not say it in words.
    project.change(DATA_FILE, "[Sist,", "[C,")
    project.change(BELOW_FILE, "blocks:\n", "blocks:\n  - figure_data: tallene\n")
    where = PageMap("", SOMEWHERE.pages, {f"{DATA_FILE}:10:10": 9})
    assert passages(project, where=where) == [("C · 2", "under", 9)]


def test_result_on_a_card_of_the_report_stands_there(project: Project) -> None:
    project.change(FINDING_FILE, "Funnet i korthet.", "Bedrift C har funnet det.")
    project.change(BELOW_FILE, "blocks:\n", "blocks:\n  - key_results: kortene\n")
    where = PageMap("", SOMEWHERE.pages, {f"{FINDING_FILE}:8:5": 6})
    assert passages(project, where=where) == [("Bedrift C har funnet det.", "under", 6)]


# The door.


@pytest.fixture
def typesetter(monkeypatch: pytest.MonkeyPatch, nothing_is_drawn: None) -> list[Document]:
    """Stand in for the last stage: keep what is to be set, and say that all of it stands on page 5."""
    documents: list[Document] = []

    class StandIn(nullcontext["StandIn"]):
        def __enter__(self) -> StandIn:
            return self

        def typeset(self, document: Document, *_: object, **__: object) -> Typeset:
            documents.append(document)
            ids = re.findall(r' id="([^"]+)"', "".join(part.html for part in document.parts))
            return Typeset(b"%PDF-1.7 set", dict.fromkeys(ids, 5), {}, 2, 1)

    monkeypatch.setattr(sealed, "Typesetter", lambda cache: StandIn())
    return documents


def run(project: Project, *arguments: str) -> int:
    return build.main(["proof", "--project", str(project.folder), *arguments])


def files(project: Project) -> list[str]:
    folder = project.folder / "build"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf*"))


def first_parts(documents: list[Document]) -> list[str]:
    return [document.parts[0].id for document in documents]


def test_report_is_built_first_and_then_the_proof_with_its_checksum(
    project: Project, typesetter: list[Document]
) -> None:
    assert run(project, "A") == build.DONE
    assert first_parts(typesetter) == ["cover", "proof"]
    names = ["proofs/bedrift-a.pdf", "report.pdf"]
    assert files(project) == [name for pdf in names for name in (pdf, f"{pdf}.sha256")]


def test_report_is_not_built_again_for_the_next_proof(project: Project, typesetter: list[Document]) -> None:
    assert run(project, "A") == build.DONE
    assert run(project, "B", "C") == build.DONE
    assert first_parts(typesetter) == ["cover", "proof", "proof", "proof"]


def test_all_makes_a_proof_for_every_party(project: Project, typesetter: list[Document]) -> None:
    assert run(project, "--all") == build.DONE
    pdfs = [name for name in files(project) if name.endswith(".pdf")]
    assert pdfs == ["proofs/bedrift-a.pdf", "proofs/bedrift-b.pdf", "proofs/bedrift-c.pdf", "report.pdf"]
    named = [re.findall(r"<h1>Bedrift\W([A-C]), til godkjenning</h1>", d.parts[0].html) for d in typesetter[1:]]
    assert named == [["A"], ["B"], ["C"]]


def test_proofs_go_where_they_are_told(project: Project, typesetter: list[Document]) -> None:
    elsewhere = project.folder.parent / "elsewhere"
    assert run(project, "A", "--output", str(elsewhere)) == build.DONE
    assert (elsewhere / "proofs/bedrift-a.pdf").is_file()
    assert files(project) == []


def test_party_that_nothing_names_is_told_so_in_its_proof(project: Project, typesetter: list[Document]) -> None:
    assert run(project, "C") == build.DONE
    assert "Ikke nevnt andre steder i rapporten." in typesetter[-1].parts[0].html


def test_statements_that_wait_stop_no_proof(project: Project, typesetter: list[Document]) -> None:
    assert {problem.rule for problem in project.problems()} == {"approved"}
    assert run(project, "A") == build.DONE


def test_other_problems_stop_proofs(
    project: Project, typesetter: list[Document], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project.change(START_FILE, "Andre setning.", "Se {borte}."), "A") == build.TO_MEND
    assert "[references-known]" in capsys.readouterr().out
    assert typesetter == []


@pytest.mark.parametrize("arguments", [[], ["--all", "A"]], ids=["neither", "both"])
def test_letters_or_all_are_wanted(
    project: Project, typesetter: list[Document], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(project, *arguments) == build.USAGE
    assert capsys.readouterr().err == "name parties by their letters, or give --all\n"
    assert typesetter == []


def test_every_unknown_letter_is_a_problem_before_anything_is_built(
    project: Project, typesetter: list[Document], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "A", "D", "a") == build.TO_MEND
    out = capsys.readouterr().out
    assert "content/report.yaml: no party has the letter 'D' [proof]\n    mend: the parties are: A, B, C\n" in out
    assert "no party has the letter 'a'" in out
    assert typesetter == []


def test_publication_without_parties_says_so(
    project: Project, typesetter: list[Document], capsys: pytest.CaptureFixture[str]
) -> None:
    project.change(REGISTER, "parties: [A, B, C]\n", "")
    project.change(START_FILE, "".join(BOX.format(party=one, small=one.lower()) for one in "AB"), "")
    assert run(project, "--all") == build.TO_MEND
    assert "content/report.yaml: no parties are registered [proof]" in capsys.readouterr().out
    assert typesetter == []


def test_folder_of_proofs_that_leads_out_of_the_project_is_refused(
    project: Project, typesetter: list[Document], capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = project.folder.parent / "elsewhere"
    elsewhere.mkdir()
    (project.folder / "build").mkdir()
    (project.folder / "build/proofs").symlink_to(elsewhere)
    assert run(project, "A") == build.TO_MEND
    assert "this folder is a link that leads out" in capsys.readouterr().out
    assert list(elsewhere.iterdir()) == []


def stands(project: Project, parties: str) -> list[str]:
    """Put boxes of these parties into the section of a result; gives what A's proof says of where its box stands."""
    boxes = "".join(BOX.format(party=each, small=f"{each.lower()}-{n}") for n, each in enumerate(parties))
    report = project.change(FINDING_FILE, "result:\n", f"closing:\n{boxes}result:\n").load()
    ids = [str(block.id) for _, block in report.blocks()] + [section.id for section in report.walk()]
    where = PageMap("", dict.fromkeys(ids, 5), {})
    edition = proof(report, "A", language_of(report), where)
    (part,) = compose(report, edition, pages=where.pages).parts
    return re.findall(r'<p class="where">Står (.*?)</p>', part.html)


@pytest.mark.parametrize(
    ("parties", "said"),
    [
        ("A", "under hovedresultat 1."),
        ("AB", "under hovedresultat 1, sammen med bedrift B."),
        ("BACB", "under hovedresultat 1, sammen med bedrift B og C."),
    ],
)
def test_proof_says_under_which_result_a_box_stands_and_beside_whose(
    project: Project, nothing_is_drawn: None, parties: str, said: str
) -> None:
    assert stands(project, parties) == [said]


def test_party_is_called_as_the_report_says(project: Project) -> None:
    project.change(REGISTER, "parties: [A, B, C]", "parties: [A, B, C]\nparty: Sykehus")
    project.change(START_FILE, "Ordene i rammen.", "Ordene til sykehusene B og C.")
    assert passages(project) == [("Ordene til sykehusene B og C.", "start", 5)]
    report = project.load()
    edition = proof(report, "C", language_of(report), SOMEWHERE)
    assert (edition.output, edition.label) == ("proofs/sykehus-c.pdf", "Sykehus C, til godkjenning")
    project.change(START_FILE, "sykehusene B og C", "Sykehus P")
    assert any("the register holds no party 'P'" in problem.what for problem in project.problems())
