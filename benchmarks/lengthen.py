"""A publication several times as long as this one: every section, figure and reference again, with new ids.

    .venv/bin/python benchmarks/lengthen.py TIMES FOLDER

FOLDER is then a project for `build.py --project`. The second copy of the section `datadeling` is `datadeling-2`, and
what it refers to is the second copy too. What gathers from the whole publication stays linear: lists of main results
name those of their own copy, and the figures' data stand once. Left out are the short editions, what was approved for
them, and the sums and checks of data, which hold for one copy alone.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ("sums.yaml", "approved.yaml", "readability.yaml")
# Where an id stands: in braces, in a link, as an entry, as a value of a block's own key or of `rests_on`.
_BRACES = re.compile(r"\{(?!fact:)((?:[a-z]+:)?)([A-Za-z])([a-z0-9-]+)\}")
_LINK = re.compile(r"\(#([a-z0-9-]+)\)")
_LINE = re.compile(r"(?m)^( *(?:- )?(?:[a-z_]+: )?)([a-z][a-z0-9-]*)(:?)$")
_CHECKS = re.compile(r"(?ms)^checks:\n(?:[ #][^\n]*\n?)*")
_LIST = re.compile(r"(?m)^( *(?:rests_on|results): \[)(.*)\]$")


def lengthen(project: Path, times: int, folder: Path) -> None:
    """Write the publication in `project` to `folder`, `times` times as long."""
    content = project / "content"
    report = yaml.safe_load((content / "report.yaml").read_text(encoding="utf-8"))
    names = set(_names(report["order"]))
    figures = {path.stem for path in (content / "data").glob("figur-*.yaml")}
    texts = {name: (content / f"{name}.yaml").read_text(encoding="utf-8") for name in names}
    once = {name for name, text in texts.items() if "- figure_data: " in text}
    results = sorted(name for name, text in texts.items() if re.search(r"(?m)^result:$", text))
    texts = {name: _with_results(text, results) for name, text in texts.items()}
    ids = names | figures | {match[2] for text in texts.values() for match in _LINE.finditer(text) if "-" in match[2]}
    ids |= set(re.findall(r"(?m)^ *- (?:definition|callout|example|matrix): (\S+)$", "\n".join(texts.values())))
    shutil.copytree(content, folder / "content", ignore=shutil.ignore_patterns("editions", *LEFT_OUT))
    shutil.copytree(project / "figures", folder / "figures", ignore=shutil.ignore_patterns("__pycache__"))
    data_files = {name: (content / f"data/{name}.yaml").read_text(encoding="utf-8") for name in figures}
    unchecked = {name: _CHECKS.sub("", data) for name, data in data_files.items()}
    for name, text in [*texts.items(), *((f"data/{name}", data) for name, data in unchecked.items())]:
        (folder / f"content/{name}.yaml").write_text(text, encoding="utf-8")
    for copy in range(2, times + 1):
        for name, text in ((name, text) for name, text in texts.items() if name not in once):
            (folder / f"content/{name}-{copy}.yaml").write_text(_renamed(text, ids, copy), encoding="utf-8")
        for name, data in unchecked.items():
            (folder / f"content/data/{name}-{copy}.yaml").write_text(_renamed(data, ids, copy), encoding="utf-8")
            script = name.replace("-", "_")
            shutil.copy(project / f"figures/{script}.py", folder / f"figures/{script}_{copy}.py")
    (folder / "content/report.yaml").write_text(_settings(content, report["order"], times, once), encoding="utf-8")


def _names(node: object) -> Iterator[str]:
    """Yield the sections that an order names, however deep."""
    if isinstance(node, dict):
        for key, below in node.items():
            if key not in {"front_matter", "chapters", "appendices"}:
                yield key
            yield from _names(below)
    elif isinstance(node, list):
        for entry in node:
            yield from [entry] if isinstance(entry, str) else _names(entry)


def _renamed(text: str, ids: set[str], copy: int) -> str:
    """Give every id in a text, and every reference to one, the ending of a copy."""

    def new(name: str) -> str:
        return f"{name}-{copy}" if name in ids else name

    text = _BRACES.sub(lambda m: f"{{{m[1]}{m[2]}{new(m[2].lower() + m[3])[1:]}}}", text)
    text = _LINK.sub(lambda m: f"(#{new(m[1])})", text)
    text = _LIST.sub(lambda m: f"{m[1]}{', '.join(map(new, m[2].split(', ')))}]", text)
    return _LINE.sub(lambda m: f"{m[1]}{new(m[2])}{m[3]}", text)


def _with_results(text: str, results: list[str]) -> str:
    """Have lists of main results name what they list."""
    return re.sub(r"(?m)^(( *)- key_results: .*)$", rf"\1\n\2  results: [{', '.join(results)}]", text)


def _settings(content: Path, order: dict[str, list[object]], times: int, once: set[str]) -> str:
    """Give report.yaml with every group of sections that many times in the order."""
    before = (content / "report.yaml").read_text(encoding="utf-8").partition("\norder:\n")[0]
    groups = {
        group: [
            _copied(below, copy)
            for copy in range(1, times + 1)
            for below in entries
            if str(below) not in once or copy == 1
        ]
        for group, entries in order.items()
    }
    return f"{before}\n{yaml.safe_dump({'order': groups}, allow_unicode=True, sort_keys=False, width=1000)}"


def _copied(node: object, copy: int) -> object:
    ending = "" if copy == 1 else f"-{copy}"
    if isinstance(node, dict):
        return {f"{key}{ending}": [_copied(entry, copy) for entry in below] for key, below in node.items()}
    return f"{node}{ending}"


if __name__ == "__main__":
    lengthen(ROOT, int(sys.argv[1]), Path(sys.argv[2]))
