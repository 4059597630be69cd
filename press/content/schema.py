"""JSON Schemas of the content files, made from the models that read them: for editors that complete and check.

A YAML file names its schema in its first two lines, in the words of VS Code and Neovim (yaml-language-server) and of
JetBrains. The schemas say what a file may hold; what needs more than one file to be wrong is left to the checks.

Source: JSON Schema draft 7, the newest that yaml-language-server reads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from press.content.files import FILES, THEME

if TYPE_CHECKING:
    from pydantic_core.core_schema import LiteralSchema

FOLDER = Path(__file__).resolve().parent.parent / "schemas"
DIALECT = "http://json-schema.org/draft-07/schema#"
MARKS = ("# yaml-language-server: $schema=", "# $schema: ")
MODELS: Mapping[str, Any] = {file.schema: file.model for file in FILES if file.schema is not None}
"""By the schema's name: what a file of that kind is read into."""
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "Text": {"text": "Flere deler data enn før, se {figur-6} på {page:figur-6}.\n"},
    "Example": {
        "example": "boks-a-datadeling",
        "party": "A",
        "theme": "Datadeling",
        "title": "Globalt digitalt team",
        "text": "Bedrift A har samlet utviklerne.\n",
    },
    "Definition": {"definition": "digital-tvilling", "term": "Digital tvilling", "text": "En modell som følger med.\n"},
    "Callout": {"callout": "takk", "title": "Takk", "text": "Takk til alle som deltok.\n"},
    "Picture": {
        "picture": "kart",
        "title": "Kart over anleggene",
        "image": "kart.svg",
        "source": "Egen fremstilling.",
        "alt": "Tre anlegg ligger langs kysten.",
    },
    "Quotation": {"quotation": "Vi deler det vi kan.\n", "source": "Daglig leder, i intervju."},
    "Quote": {"quote": "Tillit må til", "speaker": "Tillitsvalgt"},
    "Figure": {
        "figure": "figur-5",
        "title": "Illustrasjon av metode",
        "source": "Egen fremstilling.",
        "alt": "Fem trinn fra intervjuguide til rapport.",
    },
    "Matrix": {
        "matrix": "figur-8",
        "title": "SWOT-analyse",
        "source": "Egen fremstilling.",
        "alt": "Fire felter.",
        "rows": ["I dag", "Fremover"],
        "columns": ["Fremmer", "Hemmer"],
        "quadrants": [{"title": title, "items": ["Ett punkt."]} for title in ("Styrker", "Svakheter", "Ja", "Nei")],
    },
    "Table": {
        "table": "tabell-1",
        "title": "Deltakere",
        "columns": [{"heading": "Bransje"}, {"heading": "Antall", "align": "right"}],
        "rows": [["Maskin", "3"]],
    },
    "KeyResults": {"key_results": "hovedresultater", "style": "cards"},
    "Questions": {"questions": "om-strategi", "title": "Strategi", "items": ["Har dere en strategi?"]},
    "FigureData": {"figure_data": "figurenes-tall"},
    "Photo": {
        "photo": "verksted",
        "caption": "I verkstedet.",
        "image": "verksted.jpg",
        "alt": "To operatører ved en skjerm.",
        "credit": "Fotografens navn",
    },
    "Numbers": {"numbers": "tre-tall", "items": [{"fact": "deltakere", "label": "deltakere"}]},
    "Code": {"code": "sporring", "language": "sql", "listing": "select count(*) from svar;\n"},
    "References": {"references": "kildeliste"},
    "Brief": {"brief": "innledning", "style": "lead"},
    "Excerpt": {"excerpt": "figur-5"},
    "Colophon": {"colophon": "kolofon"},
    "Statement": {"text": "Flere deler data enn før.\n", "rests_on": ["datadeling"]},
    "Colours": {"primary": "#0B3C5D", "accent": "#B5481A"},
    "Fact": {"value": "33", "words": "trettitre", "source": "Studien, kapittel 2"},
}
"""One of each kind, for editors to show."""
_ENTRIES = {
    "description": "ids of sections, in reading order; a list under an id holds its subsections",
    "type": "array",
    "items": {
        "anyOf": [
            {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},
            {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": {"$ref": "#/definitions/Entries"},
            },
        ]
    },
}


class _Generator(GenerateJsonSchema):
    """Pydantic's schemas in the older dialect that editors read."""

    schema_dialect = DIALECT

    def literal_schema(self, schema: LiteralSchema) -> JsonSchemaValue:
        """Let `true` be what YAML takes it for, too: to our reader it is a word."""
        made = super().literal_schema(schema)
        return {"enum": ["true", True]} if made.get("const") == "true" else made


def schemas() -> dict[str, str]:
    """Give every schema as the text of its file, by the file's name."""
    return {f"{name}.json": _text(name, model) for name, model in MODELS.items()}


def schema_of(shown: str) -> str | None:
    """Name the schema of a content file, as messages call the file; None if it has none."""
    return next((file.schema for file in FILES if fnmatchcase(shown, file.path)), None)


def modeline(path: Path, schema: str) -> str:
    """Write the lines with which a YAML file names its schema."""
    relative = Path(os.path.relpath(FOLDER / f"{schema}.json", path.parent)).as_posix()
    return "".join(f"{mark}{relative}\n" for mark in MARKS)


def with_modeline(path: Path, schema: str, text: str) -> str:
    """Give the text of a YAML file with the right lines at its head, whatever stood there."""
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith(MARKS):
        del lines[0]
    return modeline(path, schema) + "".join(lines)


def content_files(project: Path) -> Iterator[tuple[Path, str]]:
    """Yield the content files that have a schema, with its name."""
    for path in [*sorted((project / "content").rglob("*.yaml")), *project.glob(THEME.path)]:
        schema = schema_of(path.relative_to(project).as_posix())
        if schema is not None and not path.is_symlink() and not path.name.startswith("."):
            yield path, schema


def _text(name: str, model: Any) -> str:
    schema = TypeAdapter(model).json_schema(schema_generator=_Generator, ref_template="#/definitions/{model}")
    schema["definitions"] = schema.pop("$defs", {})
    if "Order" in schema["definitions"]:
        schema["definitions"]["Entries"] = _ENTRIES
        for group in schema["definitions"]["Order"]["properties"]:
            schema["definitions"]["Order"]["properties"][group] = {"$ref": "#/definitions/Entries"}
    for title, definition in [*schema["definitions"].items(), (schema.get("title", ""), schema)]:
        _tighten(title, definition)
    ordered = {"$schema": DIALECT, "$id": f"{name}.json", **schema}
    return json.dumps(ordered, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _tighten(title: str, definition: JsonSchemaValue) -> None:
    """Allow no key that the model does not have, and show an example of the whole."""
    if "properties" in definition:
        definition["additionalProperties"] = False
        for name, value in definition["properties"].items():
            value.pop("title", None)
            value.pop("default", None)
            if name not in definition.get("required", ()):
                _without_null(value)
    if title in EXAMPLES:
        definition["examples"] = [EXAMPLES[title]]


def _without_null(value: JsonSchemaValue) -> None:
    """Take the null out of what may be left out: it is never empty."""
    kinds = [kind for kind in value.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1 and len(value.get("anyOf", ())) == 2:
        del value["anyOf"]
        value.update({key: part for key, part in kinds[0].items() if key not in value})
