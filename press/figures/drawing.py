"""One figure script run, and what it draws saved as SVG: in a child process, which `press.figures` starts and minds.

The process holds matplotlib with our fonts and no other, and with no setting of the machine's or the user's. For each
script it makes a fork of itself, which seals itself off (`press.figures.sandbox`), draws, and ends: so no script meets
what another left behind, and two run at the same time though matplotlib, which takes a second, is imported once. Where
a system cannot fork, the process itself draws.
"""

from __future__ import annotations

import importlib.util
import io
import json
import logging
import os
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib.machinery import FileFinder, ModuleSpec, SourceFileLoader
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press.errors import FigureError, Place, Problem, UndrawableError
from press.figures.numbers import PYTHON, Signs, written_with
from press.figures.sandbox import Breach, RefusedError, seal
from press.figures.theme import DEFAULT as DEFAULT_THEME
from press.figures.theme import FigureTheme, settings_of, use
from press.fonts import FACES, SANS, in_use
from press.limits import Limits, limit_this_process

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

RULE = "figure"
MM_PER_INCH = 25.4
STYLE = "figures/report.mplstyle"
OUR_STYLE = Path(__file__).resolve().parent.parent.parent / STYLE
FONT_LIST = "fontlist-v3.11.0.json"
"""The name that matplotlib 3.11 gives its list of the machine's fonts."""
LEAST_MM, MOST_MM = 5, 420
MOST_AT_ONCE = 2
"""The scripts that run at the same time."""
PAGE = "page:"
MOST_SAID = 100
"""The lines that a script may print."""

BASE: Mapping[str, Any] = {
    # Formulas in the face of the words around them; a sign that it lacks is told, not taken from another face.
    "mathtext.fontset": "custom",
    "mathtext.fallback": "None",
    "figure.facecolor": "none",
    # Cells stay cells, and become shapes.
    "image.interpolation": "none",
    "image.composite_image": False,
}
"""What differs from matplotlib's own look, before the theme and a project's style sheet."""

_NO_FAMILY = re.compile(r"findfont: (?:Font|Generic) family \[?'([^']+)'")
_NO_WEIGHT = re.compile(r"findfont: Failed to find font weight (\S+) for (.+), now using")
_NO_SIGN = re.compile(r"does not have a glyph for .*\[U\+([0-9a-fA-F]+)\]")
_MARKED = re.compile(r"\d[.,]\d|\d{5}")
_MISSING = re.compile(r"Glyph \d+ .*missing from")

Value = str | int | float | None


@dataclass(frozen=True)
class FigureData:
    """What a script draws."""

    labels: Mapping[str, str]
    """The words of the figure by name, with facts put in."""
    tables: Mapping[str, tuple[Mapping[str, Value], ...]]
    """Rows by table name; each value is str, int, float, or None for an empty cell."""
    shapes: Mapping[str, Any]
    """Parsed GeoJSON by name."""
    theme: FigureTheme = DEFAULT_THEME
    """The colours and widths of the publication."""
    signs: Signs = PYTHON
    """How the figure's language writes numbers."""

    def number(self, value: str | float | None, decimals: int | None = None) -> str:
        """Write a number as the figure's language does: «12,5», «25 000», «−3»; nothing for an empty cell.

        With `decimals` it has so many, otherwise those that it has. As `fmt=data.number` it writes those of bars.
        """
        return self.signs.number(value, decimals)


@dataclass(frozen=True)
class PageRoom:
    """Where the number of a page will stand that is known only when all pages are: the start of its baseline."""

    target: str
    """The id of what stands on that page."""
    left_mm: float
    down_mm: float


@dataclass(frozen=True)
class Drawing:
    """A finished figure."""

    svg: bytes
    width_mm: float
    height_mm: float
    page_rooms: tuple[PageRoom, ...] = ()
    """In the order in which they were drawn. The drawing has nothing there; the template sets the numbers."""
    numbers: tuple[tuple[str, int], ...] = ()
    """The labels that hold a number with a mark in it, or one of many digits; each with the line of the script that
    wrote it, from 1, or 0 where matplotlib did."""


@dataclass(frozen=True)
class Job:
    """One script to run."""

    project: Path
    figure_id: str
    data: FigureData
    limits: Limits
    files: Mapping[str, bytes]
    """What of the project it may read, as it was when it was read: itself, the modules that it imports, the style."""

    @property
    def script(self) -> str:
        return f"figures/{self.figure_id.replace('-', '_')}.py"


Answer = Drawing | tuple[Problem, ...] | str
"""A figure, what is wrong with it, or the traceback of a fault of ours."""


# The process.


def serve(connection: Connection, folder: str) -> None:
    """Draw what is asked for, until the parent ends or closes the connection; what libraries write goes to `folder`.

    Asked for are several jobs at once; an answer is sent for each, as it is drawn: a figure's id and an `Answer`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    with suppress(OSError):
        os.dup2(2, 1)  # stdout is for what the parent prints
    _have_only_our_matplotlib(Path(folder))
    answers = _answers_of_forks if hasattr(os, "fork") else _answers_of_this_process
    try:
        while True:
            with closing(answers(connection.recv(), connection)) as found:
                for answer in found:
                    connection.send_bytes(answer)
    except (EOFError, OSError):
        shutil.rmtree(folder, ignore_errors=True)


def breach(job: Job, exit_code: int | None) -> Problem:
    """Say which limit a process broke that ended before it had drawn; no exit code: it had to be ended."""
    if exit_code is None:
        what, mend = f"takes more than {job.limits.wall_s} seconds", "look for a loop that never ends, or for waiting"
    elif exit_code >= 0:
        what, mend = "ends the program that runs it", "take out what ends the program (os._exit, sys.exit, quit)"
    elif -exit_code in {getattr(signal, "SIGXCPU", -1), getattr(signal, "SIGKILL", -1)}:
        what = f"takes more than {job.limits.cpu_s} seconds of processor time"
        mend = "look for a loop that never ends"
    else:
        what = f"is ended by the system (signal {-exit_code}), as when it takes too much memory"
        mend = "look for something very large"
    return Problem(Place(job.script), RULE, f"the script {what}", mend)


def _have_only_our_matplotlib(folder: Path) -> None:
    """Import matplotlib so that nothing of the machine or its user reaches it: no settings, no fonts, no caches."""
    os.chdir(folder)
    tempfile.tempdir = str(folder)
    os.environ |= {"MPLCONFIGDIR": str(folder), "MPL_IGNORE_SYSTEM_FONTS": "1", "OPENBLAS_NUM_THREADS": "1"}
    for name in ("MATPLOTLIBRC", "MPLBACKEND"):
        os.environ.pop(name, None)
    empty = {"_version": "3.11.0", "_FontManager__default_weight": "normal", "default_size": None}
    lists: dict[str, Any] = {"defaultFamily": {"ttf": SANS, "afm": SANS}, "afmlist": [], "ttflist": []}
    (folder / FONT_LIST).write_text(json.dumps({**empty, **lists, "__class__": "FontManager"}))
    import matplotlib as mpl
    from matplotlib import font_manager

    del os.environ["MPL_IGNORE_SYSTEM_FONTS"]
    vars(font_manager.fontManager).update(lists)
    for face in FACES:
        file = folder / face.file
        file.write_bytes(face.content)
        font_manager.fontManager.addfont(str(file))
    font_manager.fontManager.addfont(os.path.join(mpl.get_data_path(), "fonts/ttf/cmex10.ttf"))  # formulas look for it
    # What the house has for bold is its semibold.
    for entry in list(font_manager.fontManager.ttflist):
        if int(entry.weight) == 600:
            font_manager.fontManager.ttflist.append(replace(entry, weight=700))
    mpl.use("svg")
    _draw_once()


def _have_own_faces(theme: FigureTheme) -> None:
    """Let matplotlib know the faces of a publication's own, by the names and weights that style sheets give them."""
    from matplotlib.font_manager import FontEntry, fontManager

    for face in theme.faces:
        file = Path(tempfile.gettempdir(), face.file)
        if not file.exists():
            file.write_bytes(face.content)
        for weight in (face.weight, 700) if face.weight == 600 else (face.weight,):
            entry = FontEntry(str(file), 0, face.family, face.style, "normal", weight, "normal", "scalable")
            if entry not in fontManager.ttflist:
                fontManager.ttflist.append(entry)


def _draw_once() -> None:
    """Draw something, so that what this imports and reads is there for every fork."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    from press.figures.labels import label_problems
    from press.figures.svg import for_print
    from press.figures.vectors import as_svg

    settings: Any = mpl.rcParams
    settings.update({**BASE, **settings_of(DEFAULT_THEME)})  # drawing resets them
    figure = Figure(figsize=(2, 2))
    axes = figure.add_subplot()
    axes.plot([1, 2], [1, 2])
    for weight in (400, 600):
        axes.text(1.5, 1.5, "x", family=SANS, weight=weight)
    for_print(as_svg(figure), 50, 50)
    list(label_problems(figure, []))


def _answers_of_this_process(jobs: Sequence[Job], _: Connection) -> Generator[bytes, None, None]:
    for job in jobs:
        yield _pickled(job, _drawn(job))


def _answers_of_forks(jobs: Sequence[Job], parent: Connection) -> Generator[bytes, None, None]:
    """Have forks of this process draw, as many at a time as there are cores for; ends them if the parent has gone.

    Whoever waits for the answers says nothing meanwhile, so that what is heard of it is its end.
    """
    waiting = list(jobs)
    running: dict[Connection, _Fork] = {}
    try:
        while waiting or running:
            while waiting and len(running) < min(MOST_AT_ONCE, _cores()):
                fork = _Fork(waiting.pop(0), parent)
                running[fork.connection] = fork
            soonest = min(fork.deadline for fork in running.values())
            ready = wait([*running, parent], max(0, soonest - time.monotonic()))
            if parent in ready:
                return
            late = time.monotonic()
            for connection, fork in list(running.items()):
                if connection in ready or fork.deadline <= late:
                    del running[connection]
                    yield fork.answer(is_late=connection not in ready)
    finally:
        for fork in running.values():
            fork.end()


def _cores() -> int:
    """Tell how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Fork:
    """A fork of this process that draws one figure."""

    def __init__(self, job: Job, parent: Connection) -> None:
        self.job = job
        self.deadline = time.monotonic() + job.limits.wall_s
        self.connection, theirs = Pipe(duplex=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of Python 3.12: threads are not forked; none runs
            self.process = os.fork()
        if self.process == 0:
            self.connection.close()
            parent.close()
            _draw_and_end(job, theirs)
        theirs.close()

    def answer(self, *, is_late: bool) -> bytes:
        """Give what the fork has to say, or which limit it broke; it has ended then."""
        found: bytes | None = None
        if not is_late:
            with suppress(EOFError, OSError):
                found = self.connection.recv_bytes()
        status = self.end(kill=is_late)
        if found is not None:
            return found
        return _pickled(self.job, (breach(self.job, None if is_late else os.waitstatus_to_exitcode(status)),))

    def end(self, *, kill: bool = True) -> int:
        """Wait for the end of the fork; gives its exit status."""
        if kill:
            os.kill(self.process, signal.SIGKILL)
        _, status = os.waitpid(self.process, 0)
        self.connection.close()
        return status


def _draw_and_end(job: Job, connection: Connection) -> None:
    """Draw in a fork, and end it without running what the process that was forked would run at its end."""
    try:
        limit_this_process(job.limits)
        connection.send_bytes(_pickled(job, _drawn(job)))
    except BaseException:  # a fault of ours: told as such
        with suppress(Exception):
            connection.send_bytes(_pickled(job, traceback.format_exc()))
    finally:
        os._exit(0)


def _pickled(job: Job, value: Answer) -> bytes:
    from multiprocessing.reduction import ForkingPickler

    return bytes(ForkingPickler.dumps((job.figure_id, value)))


# One script.


def _drawn(job: Job) -> Drawing | tuple[Problem, ...]:
    """Run one script; gives the drawing, or everything that is wrong with it."""
    drawing: Drawing | None = None
    problems: list[Problem] = []
    mend = "mend the script; a figure is drawn without a warning"
    with (
        _look(job, problems),
        _complaints(Place(job.script), problems, mend),
        _printing(job.script),
        written_with(job.data.signs),
        _lines_of_words(job.project / job.script),
    ):
        _seal(job, problems)
        try:
            drawing = _saved(_run(job), job, problems)
        except FigureError as error:
            problems.extend(error.problems)
        except MemoryError:
            problems.append(_too_much_memory(job))
    return drawing if drawing is not None and not problems else tuple(dict.fromkeys(problems))


def _seal(job: Job, problems: list[Problem]) -> None:
    figures = job.project / "figures"
    path = figures / Path(job.script).name

    def tell(tried: Breach) -> None:
        problems.append(
            Problem(Place(job.script, _line_of_the_call(path)), RULE, f"the script: {tried.what}", tried.mend)
        )

    sys.dont_write_bytecode = True
    files = [job.project / name for name in job.files]
    folders = {figures, *(file.parent for file in files)}
    own = Path(tempfile.gettempdir())
    fonts = [own / name for name in (*(face.file for face in FACES), *(face.file for face in job.data.theme.faces))]
    seal(job.project, [*files, *folders, own, *fonts], tell)
    sys.path.insert(0, str(figures))
    loader: Any = partial(_AsRead, job)
    sys.path_importer_cache.update((str(each), FileFinder(str(each), (loader, [".py"]))) for each in folders)


class _AsRead(SourceFileLoader):
    """Gives modules as they were handed over, and never what Python once kept of them in `__pycache__`.

    What somebody saves while a figure is drawn has no part in it.
    """

    def __init__(self, job: Job, name: str, path: str) -> None:
        super().__init__(name, path)
        self._files = {str(job.project / name): content for name, content in job.files.items()}

    def path_stats(self, path: Any) -> Any:
        raise OSError("what was kept is not asked for")

    def get_data(self, path: Any) -> bytes:
        return self._files[path] if path in self._files else super().get_data(path)


def _line_of_the_call(path: Path) -> int:
    """Tell which line of a script is being run; 0 if none is."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        if frame.f_code.co_filename == str(path):
            return frame.f_lineno
        frame = frame.f_back
    return 0


@contextmanager
def _lines_of_words(path: Path) -> Iterator[None]:
    """Let each label remember which line of the script wrote it, while the body runs."""
    from matplotlib.text import Text

    theirs: Any = Text.set_text

    def set_text(self: Any, s: Any) -> None:
        self.script_line = _line_of_the_call(path)
        theirs(self, s)

    Text.set_text = set_text  # type: ignore[method-assign]
    try:
        yield
    finally:
        Text.set_text = theirs  # type: ignore[method-assign]


@contextmanager
def _look(job: Job, problems: list[Problem]) -> Iterator[None]:
    """Set the look that a project's figures share, or ours if it has none of its own."""
    import matplotlib as mpl

    settings: Any = mpl.rcParams
    with mpl.rc_context():
        mpl.rcdefaults()
        _have_own_faces(job.data.theme)
        settings.update({**BASE, **settings_of(job.data.theme)})
        settings["svg.hashsalt"] = job.figure_id  # or each drawing's ids would be others
        with _complaints(Place(STYLE), problems, "mend the style sheet"):
            try:
                own_folder = Path(tempfile.gettempdir(), job.figure_id)
                style = own_folder / STYLE
                style.parent.mkdir(parents=True, exist_ok=True)
                style.write_bytes(job.files[STYLE])
                os.chdir(own_folder)
                own: Any = mpl.rc_params_from_file(STYLE, use_default_template=False)
                settings.update(own)
            except (KeyError, ValueError, OSError) as error:
                what = f"the style sheet cannot be used: {_named(error)}"
                problems.append(Problem(Place(STYLE), RULE, what, "mend the line"))
                own = {}
        family = next(iter(settings["font.family"]), job.data.theme.sans)
        for name, font in (
            ("rm", family),
            ("it", f"{family}:italic"),
            ("bf", f"{family}:bold"),
            ("bfit", f"{family}:bold"),
        ):
            if f"mathtext.{name}" not in own:
                settings[f"mathtext.{name}"] = font
        yield


def _run(job: Job) -> Figure:
    from matplotlib.figure import Figure

    path, shown = job.project / job.script, job.script
    use(job.data.theme)
    name = f"figures.{path.stem}"
    loader = _AsRead(job, name, str(path))
    module = importlib.util.module_from_spec(ModuleSpec(name, loader, origin=str(path)))
    try:
        loader.exec_module(module)
        if not callable(getattr(module, "draw", None)):
            mend = "define `def draw(data): …` that returns a Figure"
            raise FigureError([Problem(Place(shown), RULE, "the script has no draw(data)", mend)])
        figure = module.draw(job.data)
    except (FigureError, MemoryError):
        raise
    except RefusedError:
        raise FigureError([]) from None  # told when it was tried
    except BaseException as error:
        raise FigureError([_problem(error, path, shown)]) from error
    if not isinstance(figure, Figure):
        what = f"draw() returned {type(figure).__name__}, not a matplotlib Figure"
        raise FigureError([Problem(Place(shown), RULE, what, "end draw(data) with `return figure`")])
    return figure


def _saved(figure: Figure, job: Job, problems: list[Problem]) -> Drawing:
    """Save a figure, and hold its labels to what readers need."""
    from press.figures.labels import Label, label_problems
    from press.figures.svg import for_print
    from press.figures.vectors import as_svg

    labels: list[Label] = []
    place = Place(job.script)
    width, height = (float(inches) * MM_PER_INCH for inches in figure.get_size_inches())
    if not all(LEAST_MM <= side <= MOST_MM for side in (width, height)):
        what = f"the figure is {width:g} mm wide and {height:g} mm high; each must lie between {LEAST_MM} and {MOST_MM}"
        mend = "give Figure(figsize=(width / 25.4, height / 25.4)) with the printed size in millimetres"
        raise FigureError([Problem(place, RULE, what, mend)])
    rooms = _page_rooms(figure)
    try:
        for text in rooms:
            text.set_visible(False)
        svg = as_svg(figure)
        for text in rooms:
            text.set_visible(True)  # its room is measured as every label's is
    except (FigureError, MemoryError):
        raise
    except RefusedError:
        raise FigureError([]) from None
    except BaseException as error:
        raise FigureError([_unsaved(error, place)]) from error
    try:
        problems.extend(Problem(place, RULE, what, mend) for what, mend in label_problems(figure, labels))
    except Exception as error:
        problem = _problem(error, job.project / job.script, job.script)
        if not problem.place.line:
            raise  # it never came through the script: a fault of ours
        raise FigureError([problem]) from error
    try:
        printed = for_print(svg, width, height, job.data.theme.sans)
    except ValueError as error:
        what, mend = f"the drawing is not one that can be printed: {error}", "draw with lines, shapes and words only"
        if "'a' is not allowed" in str(error):
            what, mend = "a part of the drawing is a link", "leave out `url`: a figure is printed as one picture"
        raise FigureError([Problem(place, RULE, what, mend)]) from error
    numbers = dict.fromkeys(
        (label.text, label.line) for label in labels if not label.is_formula and _MARKED.search(label.text)
    )
    return Drawing(printed, width, height, tuple(_room(text, figure) for text in rooms), tuple(numbers))


def _page_rooms(figure: Figure) -> list[Text]:
    """Find the words that hold the place of page numbers: those whose gid is `page:` and an id."""
    from matplotlib.text import Text

    texts = figure.findobj(Text)
    return [text for text in texts if isinstance(text, Text) and str(text.get_gid() or "").startswith(PAGE)]


def _room(text: Text, figure: Figure) -> PageRoom:
    across, up = figure.transFigure.inverted().transform(text.get_transform().transform(text.get_position()))
    width, height = (float(inches) * MM_PER_INCH for inches in figure.get_size_inches())
    return PageRoom(str(text.get_gid()).removeprefix(PAGE), round(across * width, 2), round((1 - up) * height, 2))


def _unsaved(error: BaseException, place: Place) -> Problem:
    """Say why a figure cannot be saved: of a formula the words, which matplotlib 3.11 gives in the first line."""
    if isinstance(error, UndrawableError):
        return Problem(place, RULE, f"the drawing is not one that can be printed: {error}", error.mend)
    if isinstance(error, ValueError) and re.search(r"\bParse\w*Exception\b", str(error)):
        formula = str(error).strip().partition("\n")[0]
        mend = r"mend what stands between the dollar signs, or write \$ where a dollar is meant"
        return Problem(place, RULE, f"a label holds a formula that cannot be read: «{formula}»", mend)
    return Problem(place, RULE, f"the figure cannot be saved: {_named(error)}", "mend what the script draws")


@contextmanager
def _complaints(place: Place, problems: list[Problem], mend: str) -> Iterator[None]:
    """Gather what matplotlib warns of or logs."""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            problems.append(_said_by_matplotlib(record.getMessage(), place, mend))

    handler = Handler(logging.WARNING)
    logger = logging.getLogger("matplotlib")
    logger.addHandler(handler)
    propagates, logger.propagate = logger.propagate, False
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield
        problems.extend(
            Problem(place, RULE, f"{item.category.__name__}: {item.message}", mend)
            for item in caught
            if not _MISSING.match(str(item.message))  # told with its label
        )
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


def _said_by_matplotlib(message: str, place: Place, mend: str) -> Problem:
    """Say what matplotlib logs in an author's words, where it is what authors meet."""
    ours = f"leave the font out, or name one of: {', '.join(sorted({face.family for face in in_use(with_code=False)}))}"
    if (found := _NO_FAMILY.match(message)) is not None:
        return Problem(place, RULE, f"a label is to be set in {found[1]}, which is none of our fonts", ours)
    if (found := _NO_WEIGHT.match(message)) is not None:
        return Problem(place, RULE, f"{found[2]} has no weight {found[1]}", "leave the weight out, or write bold")
    if (found := _NO_SIGN.search(message)) is not None:
        what = f"a formula holds «{chr(int(found[1], 16))}» (U+{found[1]}), which our fonts lack"
        return Problem(place, RULE, what, "write it with other signs")
    return Problem(place, RULE, f"matplotlib says: {message}", mend)


@contextmanager
def _printing(script: str) -> Iterator[None]:
    """Send what a script prints to stderr, line by line and named, and no more than anybody reads."""
    said = _Said(script)
    out, err = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = said
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err
        said.end()


class _Said(io.TextIOBase):
    def __init__(self, script: str) -> None:
        self.script = script
        self.line = ""
        self.lines = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        *whole, self.line = (self.line + text).split("\n")
        for line in whole:
            self._tell(line)
        return len(text)

    def end(self) -> None:
        if self.line:
            self._tell(self.line)

    def _tell(self, line: str) -> None:
        self.lines += 1
        shown = line[:500] if self.lines <= MOST_SAID else "and so on"
        if self.lines <= MOST_SAID + 1:
            with suppress(OSError):
                os.write(2, f"{self.script} prints: {shown}\n".encode("utf-8", "replace"))


def _problem(error: BaseException, path: Path, shown: str) -> Problem:
    """Name the script's own line that an exception went through last."""
    line = 0
    if isinstance(error, SyntaxError) and error.filename == str(path):
        line = error.lineno or 0
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == str(path):
            line = frame.lineno or 0
    if isinstance(error, KeyError) and error.args:
        what, mend = (
            f"the data has no {error.args[0]!r}",
            f"add it to content/data/{path.stem.replace('_', '-')}.yaml, or mend its name",
        )
    else:
        what, mend = _named(error), "mend the script or the data it draws"
    return Problem(Place(shown, line), RULE, what, mend)


def _named(error: BaseException) -> str:
    """Say what an exception says, without lines that only a screen of fixed letters shows rightly."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _too_much_memory(job: Job) -> Problem:
    what = f"the script takes more than {job.limits.memory_mib} MiB of memory"
    return Problem(Place(job.script), RULE, what, "look for something very large")
