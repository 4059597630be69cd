"""JSON Schemas: they allow what the models read, and the files of the publication name them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from support.projects import ROOT, Project

import build
from press.content.blocks import ALL_KINDS
from press.content.schema import EXAMPLES, FOLDER, MARKS, MODELS, content_files, schema_of, schemas, with_modeline
from press.content.strict_yaml import Located, LocatedList, LocatedMap
from press.content.validation import validate
from press.errors import Place

PLACE = Place("content/start.yaml", 1, 1)
SCHEMAS = {name.removesuffix(".json"): json.loads(text) for name, text in schemas().items()}


def as_editors_read(path: Path) -> Any:
    """Read YAML as an editor does, which takes `33` for a number; a date stays the text that it is."""
    loader = type("Loader", (yaml.SafeLoader,), {})
    resolvers = {
        first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    loader.yaml_implicit_resolvers = resolvers  # type: ignore[attr-defined]
    return yaml.load(path.read_text(encoding="utf-8"), loader)


def faults(schema: str, value: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(SCHEMAS[schema]).iter_errors(value)]


def located(value: Any) -> Any:
    """Make of plain values what the reader of YAML would."""
    if isinstance(value, dict):
        mapping = LocatedMap(PLACE)
        mapping.update({key: located(item) for key, item in value.items()})
        mapping.key_places = dict.fromkeys(value, mapping.place)
        return mapping
    if isinstance(value, list):
        items = LocatedList(PLACE)
        items.extend(located(item) for item in value)
        return items
    return Located(str(value), PLACE)


def test_schemas_are_those_of_the_models() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert written == schemas(), "run `python build.py schema`"


@pytest.mark.parametrize("name", MODELS)
def test_schema_is_one(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize(("path", "schema"), list(content_files(ROOT)), ids=lambda value: Path(str(value)).stem)
def test_every_content_file_names_its_schema_and_keeps_to_it(path: Path, schema: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for line, mark in zip(lines, MARKS, strict=False):
        assert (path.parent / line.removeprefix(mark)).resolve() == FOLDER / f"{schema}.json"
    assert faults(schema, as_editors_read(path)) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_is_what_the_model_reads(name: str) -> None:
    model = next((kind for kind in ALL_KINDS.values() if kind.__name__ == name), None)
    example = EXAMPLES[name]
    if model is not None:
        _, problems = validate(located(example), model)
        assert problems == []
    holders = [schema for schema in SCHEMAS.values() if name in schema["definitions"]]
    assert holders
    for schema in holders:
        jsonschema.validate(example, {**schema, "$ref": f"#/definitions/{name}"})
        assert schema["definitions"][name]["examples"] == [example]


def test_every_block_type_has_an_example() -> None:
    assert {kind.__name__ for kind in ALL_KINDS.values()} <= EXAMPLES.keys()


@pytest.mark.parametrize("name", MODELS)
def test_every_field_of_a_block_or_file_is_described_or_plain(name: str) -> None:
    for title, definition in SCHEMAS[name]["definitions"].items():
        assert definition.get("description"), title


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("section", {"title": "A", "bloks": []}),
        ("section", {"blocks": []}),
        ("section", {"title": "A", "blocks": [{"text": "B", "txt": "C"}]}),
        ("section", {"title": "A", "blocks": [{"figure": "figur-1"}]}),
        ("section", {"title": "A", "blocks": [{"excerpt": "figur-1"}]}),
        ("report", {"title": "A"}),
        ("facts", {"bedrifter": {"value": "mange"}}),
        ("edition", {"label": "Kort", "limits": {"pages": "ti"}, "sections": []}),
    ],
    ids=["misspelt key", "no title", "unknown key", "missing key", "other file's", "too little", "no number", "limit"],
)
def test_fault_is_seen_while_typing(schema: str, value: Any) -> None:
    assert faults(schema, value)


@pytest.mark.parametrize(
    ("shown", "schema"),
    [
        ("content/report.yaml", "report"),
        ("content/datadeling.yaml", "section"),
        ("content/data/figur-1.yaml", "data"),
        ("content/editions/summary.yaml", "edition"),
        ("content/approved.yaml", None),
        ("content/data/figur-1.csv", None),
        ("templates/language/nb.yaml", None),
    ],
)
def test_file_has_the_schema_of_its_place(shown: str, schema: str | None) -> None:
    assert schema_of(shown) == schema


def test_lines_that_name_a_schema_are_replaced_never_doubled(tmp_path: Path) -> None:
    path = tmp_path / "content/start.yaml"
    once = with_modeline(path, "section", "# yaml-language-server: $schema=../gammel.json\ntitle: A\n")
    assert once.endswith("title: A\n")
    assert "gammel" not in once
    assert with_modeline(path, "section", once) == once


def test_command_writes_what_is_out_of_date_and_then_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--project", str(project.folder)]
    assert build.main(["schema", "--check", *given]) == build.TO_MEND
    assert f"run `python build.py schema --project {project.folder}`" in capsys.readouterr().out
    assert build.main(["schema", *given]) == build.DONE
    assert (project.folder / "content/start.yaml").read_text(encoding="utf-8").startswith(MARKS[0])
    assert build.main(["schema", "--check", *given]) == build.DONE
    assert project.problems() == []


@pytest.mark.long
def test_hook_checks_the_publication_of_the_folder_it_is_called_in(project: Project) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    script = ROOT / hooks[0]["entry"]
    assert shutil.which(script) is not None
    done = subprocess.run([sys.executable, script], cwd=project.folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (build.DONE, "")
    project.blocks("  - text: Se {figur-9}.\n")
    done = subprocess.run([sys.executable, script], cwd=project.folder, capture_output=True, text=True, check=False)
    assert done.returncode == build.TO_MEND
    assert done.stdout.startswith("content/start.yaml:3:14: nothing has the id 'figur-9'")
