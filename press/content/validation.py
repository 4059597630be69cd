"""What was read held against a model: mappings in, nodes out, or every problem with its place.

pydantic says what is wrong and by which path; here that becomes a place in the file, plain words, and the next edit.
Keys that no model has are looked for first, in everything below, so that a misspelt key is not only told as missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from pydantic import ValidationError

from press.content.blocks import ALL_KINDS, EDITION_KINDS, KINDS, Node, kind_of, unknown_kind
from press.content.strict_yaml import LocatedList, LocatedMap
from press.errors import Place, Problem, did_you_mean

RULE = "schema"
BLOCK_LISTS = {"blocks", "closing"}
ModelT = TypeVar("ModelT", bound=Node)


def validate(data: Any, kind: type[ModelT], name: str = "") -> tuple[ModelT | None, list[Problem]]:
    """Make a node of what was read; None and the problems if it cannot be.

    `name` is what messages call a value that stands where a mapping is wanted.
    """
    problems = list(_unknown_keys(data, kind)) if isinstance(data, LocatedMap) else []
    try:
        return kind.model_validate(data), problems
    except ValidationError as error:
        found = error.errors(include_url=False)
        kinds = EDITION_KINDS if "sections" in kind.keys() else KINDS  # noqa: SIM118 - a method of the model
        problems += [_problem(details, data, name, kinds) for details in found if not _follows(details)]
        return None, problems


def _unknown_keys(data: LocatedMap, kind: type[Node]) -> Iterator[Problem]:
    known = kind.keys()
    for key, value in data.items():
        if key not in known:
            mend = did_you_mean(key, known, f"the keys here are: {', '.join(known)}")
            if " " in key:
                mend = "if this line belongs to the text above it, begin it in the same column as that"
            yield Problem(data.key_places[key], RULE, f"unknown key {key!r}", mend)
            continue
        for item, model in _models_below(value, kind.model_fields[key].annotation, key):
            yield from _unknown_keys(item, model)


def _models_below(value: Any, annotation: Any, key: str) -> Iterator[tuple[LocatedMap, type[Node]]]:
    """Yield the mappings in `value` together with the models that read them."""
    if key in BLOCK_LISTS and isinstance(value, LocatedList):
        for item in value:
            if (block := kind_of(item)) is not None:
                yield item, ALL_KINDS[block]
        return
    model = next((part for part in _flatten(annotation) if isinstance(part, type) and issubclass(part, Node)), None)
    if model is None:
        return
    items = value if isinstance(value, LocatedList) else [value]
    if isinstance(value, LocatedMap) and getattr(annotation, "__origin__", None) is dict:
        items = list(value.values())
    for item in items:
        if isinstance(item, LocatedMap):
            yield item, model


def _flatten(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _flatten(part)


def _follows(details: Any) -> bool:
    """Tell whether a list is called too short only because entries of it are wrong, as is told of them."""
    return details["type"] == "too_short" and len(details["input"]) >= int(details["ctx"]["min_length"])


def _problem(details: Any, data: Any, name: str, kinds: Collection[str]) -> Problem:
    place, key, node = _find(data, details["loc"], name)
    place = details.get("ctx", {}).get("place", place)
    what, mend = _say(details, key, node, kinds)
    return Problem(place, RULE, what, mend)


def _find(data: Any, location: tuple[int | str, ...], name: str) -> tuple[Place, str, Any]:
    """Follow pydantic's path; returns the place of what it leads to, the last key, and the value there."""
    place: Place = data.place
    node, key, in_list = data, name, False
    for step in location:
        is_tag = in_list and key in BLOCK_LISTS and step == kind_of(node)
        in_list = False
        if isinstance(node, LocatedList) and isinstance(step, int) and step < len(node):
            node, in_list = node[step], True
            place = node.place
        elif isinstance(node, LocatedMap) and step in node and not is_tag:
            key = str(step)
            node = node[key]
            place = getattr(node, "place", place)
        elif isinstance(step, str) and not is_tag:
            key, node = step, None  # a key that is missing
    return place, key, node


def _say(details: Any, key: str, node: Any, kinds: Collection[str]) -> tuple[str, str]:
    """Say what is wrong and how to mend it, for each of pydantic's kinds of error that content can cause."""
    match details["type"]:
        case "missing" if node is None:
            return f"the key {key!r} is missing", f"add a line `{key}: …`"
        case "missing" | "too_short" | "too_long" if isinstance(node, LocatedList):
            return f"{key!r} holds {len(node)} entries", f"write as many as it wants: {_wanted(details)}"
        case "union_tag_invalid":
            return f"a `{details['ctx']['tag']}` does not stand here", unknown_kind(node, kinds)
        case "union_tag_not_found":
            mend = unknown_kind(node, kinds) if isinstance(node, LocatedMap) else "write a block: `- text: |`"
            return "this block does not say what it is", mend
        case "literal_error":
            return f"{_shown(node)} is not a choice for {key!r}", f"choose {details['ctx']['expected']}"
        case "not_a_date":
            return f"{_shown(node)} is not a date", "write year, month and day: 2026-11-23"
        case "string_pattern_mismatch":
            return _no_number(details, node)
        case "tuple_type" | "list_type" | "dict_type" as kind:
            return _no_collection(key, kind)
        case "text_type":
            return f"{key}: {details['msg']}", _mend_no_text(key, node)
        case "text_empty":
            return (
                f"{key!r} is empty",
                "write its words, under a `|` two spaces further in than the key, or leave it out",
            )
        case "mapping_type":
            return f"{key}: {details['msg']}" if key else details["msg"], _mend_no_mapping(details, key, node)
        case "told":
            return details["msg"], details["ctx"]["mend"]
    return f"{key}: {details['msg']}", f"see how other files write {key!r}"


def _no_collection(key: str, kind: str) -> tuple[str, str]:
    if kind == "dict_type":
        return f"{key!r} must hold `key: value` lines", "write `name: words` lines under it"
    return f"{key!r} must be a list", "write one `- …` a line"


def _mend_no_text(key: str, node: Any) -> str:
    if isinstance(node, LocatedMap) and len(node) == 1:
        return 'put the words in double quotes if the colon belongs to them: "…: …"'
    if isinstance(node, LocatedList) and node:
        return f'write the words after `{key}:`; if their brackets belong to them, put all in double quotes: "[…]"'
    return f"write the words after `{key}:`, or under a `|`"


def _mend_no_mapping(details: Any, key: str, node: Any) -> str:
    if isinstance(node, str) and (match := re.match(r"(\w[\w-]*):(?=\S)", node)):
        return f"write a space after the colon: `{match[1]}: …`"
    lines = f"write `key: value` lines under `{key}:`" if key else "write `key: value` lines"
    known = details.get("ctx", {}).get("keys")
    return f"{lines}; the keys here are: {known}" if known else lines


def _no_number(details: Any, node: Any) -> tuple[str, str]:
    if "." in details["ctx"]["pattern"]:
        return f"{str(node)!r} is not a number", "write digits, with a decimal point if need be"
    return f"{str(node)!r} is not a number that fits here", "write a whole number, from 1"


def _shown(node: Any) -> str:
    if isinstance(node, LocatedMap):
        return "what stands in `key: value` lines"
    if isinstance(node, LocatedList):
        return "a list"
    return repr(str(node)) if node else "an empty value"


def _wanted(details: Any) -> str:
    context = details.get("ctx", {})
    least, most = context.get("min_length"), context.get("max_length")
    if most is not None:
        return f"at most {most}"
    return f"at least {least}" if least is not None else "one more"
