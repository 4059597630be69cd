"""Numbers that name a publication or a person the world over, each held to its check digit.

ORCID (ISO 7064, MOD 11-2; info.orcid.org, «Structure of the ORCID Identifier»), ISBN (ISO 2108), ISSN (ISO 3297), DOI
(ISO 26324, as Crossref recommends to write one). They are printed as they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field

from press.content.blocks import told
from press.content.strict_yaml import Located

LAST = "its last digit does not follow from the others: one of them is typed wrongly"


def is_orcid(typed: str) -> bool:
    """Tell whether the last of sixteen digits follows from the others."""
    total = 0
    for digit in typed.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == typed[-1]


def is_isbn(typed: str) -> bool:
    """Tell whether the last of ten or thirteen digits follows from the others."""
    digits = typed.replace("-", "").replace(" ", "")
    if len(digits) == 13:
        return sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits)) % 10 == 0
    return _is_eleventh(digits)


def is_issn(typed: str) -> bool:
    """Tell whether the last of eight digits follows from the others."""
    return _is_eleventh(typed.replace("-", ""))


def _is_eleventh(digits: str) -> bool:
    values = (10 if digit == "X" else int(digit) for digit in digits)
    return sum(value * weight for weight, value in zip(range(len(digits), 0, -1), values, strict=True)) % 11 == 0


def _held(name: str, pattern: str, mend: str, is_right: Callable[[str], bool]) -> AfterValidator:
    def hold(value: Located) -> Located:
        if re.fullmatch(pattern, value) is None:
            raise told(f"{str(value)!r} is no {name}", mend, value.place)
        if not is_right(value):
            raise told(f"{str(value)!r} is no {name}: {LAST}", "copy it anew from where it was given", value.place)
        return value

    return AfterValidator(hold)


Orcid = Annotated[
    Located,
    _held("ORCID", r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", "write its sixteen digits: 0000-0002-1825-0097", is_orcid),
    Field(description="sixteen digits in fours, without the address: 0000-0002-1825-0097"),
]
Isbn = Annotated[
    Located,
    _held(
        "ISBN",
        r"(?=(?:[- ]?\d){13}\Z)97[89][- ]?\d[\d -]*\d|(?=(?:[- ]?[\dX]){10}\Z)\d[\d -]*[- ]?[\dX]",
        "write its ten or thirteen digits, with hyphens as they were given",
        is_isbn,
    ),
    Field(description="ten or thirteen digits, with hyphens: 978-82-92958-21-6"),
]
Issn = Annotated[
    Located,
    _held("ISSN", r"\d{4}-\d{3}[\dX]", "write its eight digits with a hyphen: 0332-6578", is_issn),
    Field(description="of the series, eight digits with a hyphen: 0332-6578"),
]
Doi = Annotated[
    Located,
    _held(
        "DOI",
        r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]+",
        "write what follows https://doi.org/, from 10. on: 10.1234/rapport",
        lambda typed: True,
    ),
    Field(description="from 10. on, without the address: 10.1234/rapport"),
]
