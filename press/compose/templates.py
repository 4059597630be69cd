"""Templates and style sheets: found, read as strictly as content, and filled; what goes wrong is named with its line.

A file of a project stands before ours of the same name. What stands for a block is looked for first in the edition's
own folder, then in its medium's (or in those of the media that it names), then where all share it:
`editions/report/blocks/quote.css`, `pdf/blocks/quote.css`, `blocks/quote.css`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from itertools import accumulate
from pathlib import Path, PurePath
from typing import Any, ClassVar

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel

from press.compose.printed import template_problems
from press.compose.theme import NAME as THEME_SHEET
from press.compose.theme import theme_css
from press.content import blocks as block_types
from press.content.blocks import Code
from press.content.report import Settings
from press.content.strict_yaml import read_text
from press.content.theme import Theme
from press.editions.edition import Edition
from press.errors import ContentError, Place, Problem, ReportError, TemplateError, did_you_mean
from press.fonts import font_face_css
from press.words.language import find_template

RULE = "template"
GIVEN = "use what the template is given"
# Jinja's words (3.1) for a name that there is not.
_NO_ATTRIBUTE = re.compile(r"'(?:\w+\.)*(?P<owner>\w+) object' has no attribute '(?P<name>\w+)'")
_UNDEFINED = re.compile(r"'(?P<name>\w+)' is undefined")


class Templates:
    """The templates and style sheets of one edition; `environment` is Jinja's, for what they may call."""

    def __init__(self, project: Path, edition: Edition) -> None:
        self.project = project
        self.edition = edition
        self.used: set[str] = set()
        """Those that were filled, by their names below `templates/`."""
        # Looked up and read once for an edition; a template that is saved meanwhile, or a link that is turned, comes
        # with the next.
        self._find = cache(partial(find_template, project))
        self._source = cache(self._read_source)
        self.environment = _environment(loader=jinja2.FunctionLoader(self._source), bytecode_cache=_COMPILED)

    def fill_part(self, kind: str, context: Mapping[str, Any]) -> str:
        """Fill the edition's template for a kind of part; raises TemplateError."""
        return self._fill(f"{self.edition.templates}/{kind}.html.j2", context)

    def fill_block(self, kind: str, context: Mapping[str, Any]) -> str:
        """Fill the template for a type of block; raises TemplateError."""
        return self._fill(self._of_block(f"{kind}.html.j2"), context)

    def stylesheet(self, kinds: Iterable[str], theme: Theme) -> tuple[str, tuple[tuple[int, str], ...]]:
        """Join what a theme declares, the edition's style sheets and those of types of blocks.

        Returns the text, and the line at which each file begins in it, from 1. Raises TemplateError.
        """
        kinds = list(kinds)
        names = [*self.edition.stylesheets, *(self._of_block(f"{kind}.css") for kind in kinds)]
        texts = [font_face_css(with_code=Code.kind in kinds), theme_css(theme), *(self._read(name) for name in names)]
        firsts = accumulate((text.count("\n") + 1 for text in texts), initial=1)
        shown = ["the fonts", THEME_SHEET, *(f"templates/{name}" for name in names)]
        return "\n".join(texts), tuple(zip(firsts, shown, strict=False))

    def problems(self) -> Iterator[Problem]:
        """Yield the words that the templates which were filled have of their own."""
        for name in sorted(self.used):
            if (found := self._source(name)) is not None:
                yield from _own_words(found[0], name)

    def _of_block(self, file: str) -> str:
        media = (self.edition.templates, *(self.edition.blocks_of or (self.edition.writer,)))
        folders = [*(f"{medium}/blocks" for medium in media), "blocks"]
        names = [f"{folder}/{file}" for folder in folders]
        return next((name for name in names if self._find(name)), names[-1])

    def _fill(self, template: str, context: Mapping[str, Any]) -> str:
        try:
            return self.environment.get_template(template).render(context)
        except jinja2.TemplateSyntaxError as error:
            place = Place(f"templates/{error.name}", error.lineno)
            raise TemplateError([Problem(place, RULE, str(error.message), "mend the template's syntax")]) from error
        except jinja2.TemplateNotFound as error:
            what = f"there is no template {error.name}"
            raise TemplateError(
                [Problem(Place(f"templates/{error.name}"), RULE, what, f"write templates/{error.name}")]
            ) from error
        except ReportError:
            raise  # from a template within this one, with its own place
        except Exception as error:
            place = _template_place(error, template)
            if place.line == 0:
                raise  # it never came to a template: a fault of ours
            raise TemplateError([Problem(place, RULE, *_said_of_template(error))]) from error

    def _read(self, name: str) -> str:
        if (found := self._source(name)) is not None:
            return found[0]
        what = f"there is no style sheet {name}"
        raise TemplateError([Problem(Place(f"templates/{name}"), RULE, what, f"write templates/{name}")])

    def _read_source(self, name: str) -> tuple[str, str, None] | None:
        """Read a template or style sheet as strictly as content is; returns its text and path, as Jinja wants them."""
        path = self._find(name)
        if path is None:
            return None
        if name.endswith(".j2"):
            self.used.add(name)
        try:
            return read_text(path, f"templates/{name}"), str(path), None
        except ContentError as error:
            raise TemplateError(error.problems) from None


class _Compiled(jinja2.BytecodeCache):
    """Templates that this process has compiled, by name and text. Never on the disk: what lies there is not run."""

    MOST = 200

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code
        for oldest in list(self._code)[: -self.MOST]:
            del self._code[oldest]


_COMPILED = _Compiled()


class _Environment(SandboxedEnvironment):
    """What templates run in: no way from what they are given to Python, to files, or to where the project lies.

    It keeps a template from doing by accident what only a script may. It is no wall: who may write a project's scripts
    needs no way round it.
    """

    _safe: ClassVar[dict[tuple[type, str], bool]] = {}
    """Of what has been asked, by the kind of thing and the attribute's name: a report asks for a few, and often."""
    MOST = 5000

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        asked = type(obj), attr
        if asked not in self._safe:
            if len(self._safe) >= self.MOST:
                self._safe.clear()
            of_pydantic = isinstance(obj, BaseModel) and hasattr(BaseModel, attr)
            # Jinja's own answer (3.1) rests on nothing but the kind of thing and the name.
            self._safe[asked] = not of_pydantic and super().is_safe_attribute(obj, attr, value)
        return self._safe[asked] and not isinstance(value, PurePath)


def _environment(**more: Any) -> _Environment:
    return _Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, **more)


@lru_cache(maxsize=_Compiled.MOST)
def _own_words(source: str, name: str) -> tuple[Problem, ...]:
    return tuple(template_problems(source, name, _environment()))


def _said_of_template(error: Exception) -> tuple[str, str]:
    """Say in plain words what went wrong while a template was filled, and how to mend it."""
    message = str(error.args[0]) if error.args else type(error).__name__
    if match := _NO_ATTRIBUTE.fullmatch(message):
        owner = match["owner"]
        known = getattr({"Settings": Settings}.get(owner) or getattr(block_types, owner, None), "model_fields", ())
        what = f"{owner.lower()!r} has nothing that is called {match['name']!r}"
        return what, did_you_mean(match["name"], known, GIVEN)
    if match := _UNDEFINED.fullmatch(message):
        return f"the template is given nothing that is called {match['name']!r}", GIVEN
    return message, GIVEN


def _template_place(error: BaseException, template: str) -> Place:
    """Name the template line that an exception went through last."""
    place = Place(f"templates/{template}")
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            shown = file.replace("\\", "/").rpartition("/templates/")[2]
            place = Place(f"templates/{shown}", trace.tb_lineno)
        trace = trace.tb_next
    return place
