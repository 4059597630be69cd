"""Numbers that name a publication, its series and its authors: held to their check digits, printed in the colophon."""

from __future__ import annotations

import html
import re

import pytest
from support.projects import ROOT, Project, assert_problems

from press.compose.parts import compose
from press.content.identifiers import is_isbn, is_issn, is_orcid
from press.editions.edition import FULL

FILE = "content/report.yaml"
PAGE = (ROOT / "docs/writing.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.partition("## Who wrote it")[2].partition("```yaml\n")[2].partition("```")[0]


def with_lines(project: Project, lines: str) -> Project:
    """Put lines before the order of the publication, which begins in line 13."""
    return project.change(FILE, "order:\n", f"{lines}order:\n")


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0002-1694-233X", "0000-0001-5109-3700"])
def test_orcid_has_its_check_digit(orcid: str) -> None:
    assert is_orcid(orcid)
    assert not is_orcid(f"{orcid[:-1]}{'1' if orcid[-1] != '1' else '2'}")


@pytest.mark.parametrize("isbn", ["978-0-306-40615-7", "0-306-40615-2", "0-8044-2957-X", "9780306406157"])
def test_isbn_has_its_check_digit(isbn: str) -> None:
    assert is_isbn(isbn)
    swapped = isbn.replace("306", "360").replace("8044", "8404")
    assert not is_isbn(swapped)


@pytest.mark.parametrize("issn", ["0332-6578", "2049-3630", "0378-5955"])
def test_issn_has_its_check_digit(issn: str) -> None:
    assert is_issn(issn)
    assert not is_issn(f"{issn[1]}{issn[0]}{issn[2:]}")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("isbn: 978-0-306-40615-8\n", "13:7: '978-0-306-40615-8' is no ISBN: its last digit does not follow [schema]"),
        ("isbn: ISBN 978\n", "13:7: 'ISBN 978' is no ISBN [schema] its ten or thirteen digits"),
        ("doi: https://doi.org/10.1/a\n", "13:6: 'https://doi.org/10.1/a' is no DOI [schema] from 10. on"),
        ("series: {name: A, issn: 1234-5678}\n", "13:25: '1234-5678' is no ISSN: its last digit [schema] copy it anew"),
        ("authors:\n  - name: A\n    orcid: 0000\n", "15:12: '0000' is no ORCID [schema] sixteen digits"),
        ("authors:\n  - affiliation: A\n", "14:5: the key 'name' is missing [schema]"),
    ],
)
def test_number_that_is_wrong_is_refused_at_its_place(project: Project, lines: str, expected: str) -> None:
    assert_problems(with_lines(project, lines).problems(), expected, file=FILE)


def test_colophon_names_authors_series_and_numbers_as_the_page_shows(project: Project) -> None:
    with_lines(project, EXAMPLE)
    assert project.problems() == []
    first, *others = compose(project.load(), FULL).parts
    (back,) = [part.html for part in others if part.id == "back"]
    said = " ".join(html.unescape(re.sub(r"<[^>]*>", "", back)).split())
    isbn = re.search(r"isbn: (\S+)", EXAMPLE)
    assert isbn
    assert "Forfattere: Kari Nordmann (Instituttet), ORCID 0000-0002-1825-0097." in said
    assert f"Rapporter 2026:4. ISSN 0332-6578. ISBN {isbn[1]}. DOI 10.1234/rapport." in said
    assert "Siteres som: Nordmann, K. (2026). Tittelen. Instituttet." in said
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in back
    assert 'href="https://doi.org/10.1234/rapport"' in back
    assert '<meta name="author" content="Kari Nordmann">' in first.html


def test_colophon_without_them_says_nothing_of_them(project: Project) -> None:
    (back,) = [part.html for part in compose(project.load(), FULL).parts if part.id == "back"]
    assert "Utgiveren" in back
    assert not re.search("Forfattere|ISBN|ISSN|DOI|Siteres", back)


def test_names_of_authors_are_not_spelt(project: Project) -> None:
    with_lines(project, "authors:\n  - name: Xqzt Wvrrk\n").write("content/words.txt", "")
    assert "Xqzt" not in str(project.problems())
