"""What is of the wrong kind is told in an editor's words, whatever the key and whatever stands there instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.projects import REPORTS

from press.content.report import Fact
from press.content.schema import MODELS, schema_of
from press.content.strict_yaml import Located, LocatedList, LocatedMap, read_yaml
from press.content.validation import validate
from press.errors import Place, Problem

OF_PROGRAMMERS = re.compile(
    r"mapping|scalar|kebab|\binput\b|object|attribute|instance|token|valid|dictionary|tuple|discriminator|'press\.|\{'",
    re.IGNORECASE,
)
FILES = [path for name in ("blocks", "editions") for path in sorted((REPORTS / name / "content").rglob("*.yaml"))]
PLACE = Place("a.yaml", 1, 1)


def mapping(**values: Any) -> LocatedMap:
    made = LocatedMap(PLACE)
    made.update(values)
    made.key_places.update(dict.fromkeys(values, PLACE))
    return made


def listed(*values: Any) -> LocatedList:
    made = LocatedList(PLACE)
    made.extend(values)
    return made


WORD = Located("ord", PLACE)
WRONG = [
    Located("", PLACE),
    WORD,
    Located("-7", PLACE),
    listed(),
    listed(WORD),
    listed(*[WORD] * 9),
    listed(listed(WORD)),
    listed(mapping(x=WORD)),
    mapping(),
    mapping(x=WORD),
]


def values_in(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each value below a node as what holds it and its key or index there."""
    if isinstance(node, LocatedMap | LocatedList):
        for at in list(node) if isinstance(node, LocatedMap) else range(len(node)):
            yield node, at
            yield from values_in(node[at])


def problems_of(data: LocatedMap, schema: str) -> list[Problem]:
    if schema == "facts":
        return [problem for name in data for problem in validate(data[name], Fact, name)[1]]
    return validate(data, MODELS[schema])[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_value_of_any_wrong_kind_is_told_in_plain_words(path: Path) -> None:
    shown = f"content/{path.as_posix().partition('/content/')[2]}"
    schema = schema_of(shown)
    if schema is None:
        return
    data = read_yaml(path, shown)
    for holder, at in list(values_in(data)):
        right = holder[at]
        for wrong in WRONG:
            holder[at] = wrong
            for problem in problems_of(data, schema):
                assert not OF_PROGRAMMERS.search(f"{problem.what} {problem.mend}"), problem
                assert "see how other files" not in problem.mend, problem
        holder[at] = right
