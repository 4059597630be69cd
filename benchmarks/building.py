"""How long building takes, against an older commit, WeasyPrint given the whole as one HTML, and Typst.

    .venv/bin/python benchmarks/building.py [--rounds 5] [--lengths 1,4,10] [--only WORDS]

Everything is measured in one run, one thing at a time, round by round, so that what else the machine does falls on all
alike: the ratios are what to read. A command is timed from the start of its process to its end, when the PDF has been
written; memory is the largest sum over the processes of a command, each page shared out among those that hold it.
Publications are copies in a temporary folder, and so is the checkout of the older commit, run by the same Python; where
it cannot read today's content, it gets its own. WeasyPrint alone gets the very HTML and style sheet that we typeset, as
one document, with CSS's own page references (`target-counter`), and writes PDF/UA. Typst gets the words, notes, tables
and drawings (`one_typst.py`). What a line needs and this machine lacks is told, and the line left out.

Each round's edit is another one, so that nothing of it can have been kept.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCHMARKS = ROOT / "benchmarks"
sys.path[:0] = [str(ROOT), str(BENCHMARKS), str(ROOT / "tests")]

from lengthen import lengthen  # noqa: E402

from press.number_words import in_words  # noqa: E402

OLDER = "94740cf"
"""The last commit that laid out every part anew in every build."""
SAMPLE_S = 0.25
PR_SET_CHILD_SUBREAPER = 36  # Linux, prctl(2)
OURS = "cold build, empty cache"
COLD_OF_OLDER = "... of the older commit"
PLAIN = "... plain WeasyPrint, one HTML, PDF/UA"
TYPST = "... Typst, the same words, PDF/UA"
TYPST_LIVING = "... Typst, living process"
IN_BROWSER = "... seen in the browser"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_MS = 120_000


@dataclass(frozen=True)
class Run:
    """What a command took."""

    seconds: float
    processor_s: float
    peak_mib: float


@dataclass(frozen=True)
class Goal:
    """What a line of the table is to reach: seconds, or a share of another line."""

    seconds: Mapping[int, float] = field(default_factory=dict)
    """By length; the longest that is not above counts."""
    share: float = 0.0
    of: str = OURS


GOALS: dict[str, tuple[Goal, ...]] = {
    OURS: (Goal(share=0.33, of=COLD_OF_OLDER), Goal(share=0.3, of=PLAIN)),
    "nothing changed, new command": (Goal({1: 0.4}),),
    "one sentence, new command": (Goal({1: 1.6, 10: 2.0}),),
    "one sentence, living process": (Goal({1: 0.4, 10: 0.5}),),
    IN_BROWSER: (Goal({1: 0.5}),),
    "a fact that stands in five parts": (Goal(share=0.6),),
    "a figure's data": (Goal(share=0.6),),
    "a colour in the style sheet": (Goal(share=0.6),),
    "an edit that adds a page early": (Goal(share=0.35),),
    "all proofs after the report": (Goal({1: 10.0}),),
}


class Publication:
    """A copy of the publication, to be edited and built."""

    def __init__(self, folder: Path, times: int) -> None:
        self.folder = folder
        self.times = times
        self.edits = 0
        if times == 1:
            shutil.copytree(ROOT / "content", folder / "content")
            shutil.copytree(ROOT / "figures", folder / "figures", ignore=shutil.ignore_patterns("__pycache__"))
        else:
            lengthen(ROOT, times, folder)
        (folder / "content/sums.yaml").unlink(missing_ok=True)  # which no changed fact agrees with
        shutil.copytree(ROOT / "templates", folder / "templates")
        self._first = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def restore(self) -> None:
        """Put every source back as it was, but for what was not edited."""
        for path, content in self._first.items():
            if path.read_bytes() != content:
                path.write_bytes(content)

    def clear_cache(self) -> None:
        shutil.rmtree(self.folder / ".cache", ignore_errors=True)

    def command(self, *arguments: str, root: Path = ROOT) -> list[str]:
        given = [*(arguments or ("report",)), "--project", str(self.folder), "--quiet"]
        return [sys.executable, str(root / "build.py"), *given]

    def sentence(self) -> None:
        """Add a word to a sentence in the middle of the report: every time another."""
        self._sentence("datadeling", "i mange bedrifter")

    def page_early(self) -> None:
        """Add a page's worth of paragraphs to the beginning."""
        self.edits += 1
        path = self.folder / "content/bakgrunn-for-studien.yaml"
        match = _sentences(path)[0]
        words = f"Vi har sett på {self.edits} sider ved saken, og vi kommer tilbake til dem alle senere i rapporten. "
        more = "".join(f"\n\n{match[1]}{words * 6}".rstrip() for _ in range(8))
        self._write(path, match.end(), match.end(), more)

    def fact(self) -> None:
        """Change the number of companies, which stands in more parts than any other."""
        self.edits += 1
        path = self.folder / "content/facts.yaml"
        text = path.read_text(encoding="utf-8")
        number = 33 + self.edits
        new = re.sub(
            r"(?m)^(bedrifter:\n  value: )[0-9]+(\n  words: )\w+", rf"\g<1>{number}\g<2>{in_words(number)}", text
        )
        path.write_text(_changed(text, new), encoding="utf-8")

    def figure(self) -> None:
        """Change a word in the data of a figure."""
        self.edits += 1
        path = self.folder / "content/data/figur-2.yaml"
        text = path.read_text(encoding="utf-8")
        new = text.replace("Digital21s fire strategiske teknologier", f"Digital21s {self.edits + 3} teknologier", 1)
        path.write_text(_changed(text, new), encoding="utf-8")

    def colour(self) -> None:
        """Change one colour of the report's style sheet."""
        self.edits += 1
        path = self.folder / "templates/editions/report/type.css"
        text = path.read_text(encoding="utf-8")
        shade = f".heading-2 {{ color: #1020{16 + self.edits:02x}"
        new = text.replace(".heading-2 { color: var(--blekk)", shade, 1)
        path.write_text(_changed(text, new), encoding="utf-8")

    def _sentence(self, section: str, words: str) -> None:
        self.edits += 1
        path = self.folder / f"content/{section}.yaml"
        end = _sentences(path)[-1].end() - 1
        self._write(path, end, end, f" {words} og i {self.edits + 20} land")

    @staticmethod
    def _write(path: Path, start: int, end: int, words: str) -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(text[:start] + words + text[end:], encoding="utf-8")


def _sentences(path: Path) -> list[re.Match[str]]:
    """Find the lines of running text that end a sentence and hold nothing special."""
    text = path.read_text(encoding="utf-8")
    after = text.index("blocks:")
    found = [each for each in re.finditer(r"(?m)^( {4,})[A-ZÆØÅ][^\n:{}\[*]{40,}\.$", text) if each.start() > after]
    if not found:
        raise RuntimeError(f"{path} has no plain sentence to edit")
    return found


def _changed(old: str, new: str) -> str:
    if old == new:
        raise RuntimeError("the edit changes nothing: the publication is not as it was")
    return new


PICTURES = "[...document.images].filter(each => each.complete && each.naturalWidth).map(each => each.src)"
"""Which pictures of pages a browser shows."""


def _left_out(what: str, why: str) -> None:
    print(f"  left out: «{what.removeprefix('... ')}»; {why}", file=sys.stderr, flush=True)


def run(command: Sequence[str], folder: Path = ROOT, *, may_fail: bool = False) -> Run | None:
    """Run a command to its end and measure it; None if it fails, and that is allowed."""
    own = {*_children(os.getpid())}
    before = os.times()
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)  # noqa: S603
        peak = 0.0
        while True:
            try:
                code = process.wait(SAMPLE_S)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, sum(map(_pss_mib, _tree(process.pid))))
        seconds = time.perf_counter() - start
        _wait_for_orphans(own)
        after = os.times()
        if code:
            said.seek(0)
            if may_fail:
                return None
            raise RuntimeError(
                f"{' '.join(command)} ended with {code}:\n{said.read().decode(errors='replace')[-2000:]}"
            )
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(seconds, used, peak)


def _adopt_orphans() -> None:
    """Become the parent of what a command leaves behind: what makes parts ends after it, and its time counts too."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _wait_for_orphans(own: set[int]) -> None:
    """Wait for all children but our own."""
    while left := {*_children(os.getpid())} - own:
        with suppress(ChildProcessError):
            os.waitpid(left.pop(), 0)


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    for child in _children(pid):
        yield from _tree(child)


def _pss_mib(pid: int) -> float:
    try:
        found = re.search(r"(?m)^Pss: +([0-9]+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


class Bench:
    """The measuring of one publication."""

    def __init__(self, publication: Publication, older: Path | None, wanted: str) -> None:
        self.publication = publication
        self.older = older
        self.wanted = wanted
        self.runs: dict[str, list[Run]] = {}
        self.remarks: dict[str, str] = {}

    def round(self) -> None:
        """Measure everything once."""
        pub = self.publication
        pub.restore()
        pub.clear_cache()
        self._time(OURS, pub.command("report"))
        report = pub.folder / "build/report.pdf"
        self.remarks["PDF size"] = f"{report.stat().st_size / 1e6:.2f} MB"
        self._older()
        html = pub.folder / "one.json"
        one_html = [sys.executable, str(BENCHMARKS / "one_html.py")]
        if not html.exists() and any(map(self._is_wanted, (PLAIN, TYPST, TYPST_LIVING))):
            run([*one_html, "compose", str(pub.folder), str(html)])
        self._time(PLAIN, [*one_html, "set", str(html), str(pub.folder / "one.pdf")])
        self._typst(html)
        self._time("nothing changed, new command", pub.command("report"))
        self._edited("one sentence, new command", pub.sentence)
        self._living()
        self._in_browser()
        self._edited("a fact that stands in five parts", pub.fact)
        self._edited("a figure's data", pub.figure)
        self._edited("a colour in the style sheet", pub.colour)
        self._edited("an edit that adds a page early", pub.page_early)
        if pub.times == 1:
            if self._is_wanted("all proofs after the report"):
                pub.restore()
                run(pub.command("report"))
                shutil.rmtree(pub.folder / "build/proofs", ignore_errors=True)
            self._time("all proofs after the report", pub.command("proof", "--all"))

    def _older(self) -> None:
        if self.older is None or not self._is_wanted(COLD_OF_OLDER):
            return
        out = self.publication.folder / "older"
        command = [*self.publication.command("report", root=self.older), "--output", str(out)]
        done = run(command, self.older, may_fail=True)
        if done is None and self.publication.times == 1:
            done = run(
                [sys.executable, "build.py", "report", "--quiet", "--output", str(out)], self.older, may_fail=True
            )
            self.remarks[COLD_OF_OLDER] = "of its own content"
        if done is None:
            self.remarks[COLD_OF_OLDER] = "cannot be built by it"
            return
        self.remarks["PDF size, older"] = f"{(out / 'report.pdf').stat().st_size / 1e6:.2f} MB"
        self._keep(COLD_OF_OLDER, done)

    def _edited(self, what: str, edit: Callable[[], None]) -> None:
        """Measure a new command after an edit to a publication that was built."""
        if self._is_wanted(what):
            self.publication.restore()
            run(self.publication.command("report"))
            edit()
            self._time(what, self.publication.command("report"))

    def _living(self) -> None:
        """Measure a save in a process that has built before; what it needs to begin is not measured."""
        what = "one sentence, living process"
        if not self._is_wanted(what):
            return
        from press.cache import Cache
        from press.preview.making import Made, Maker

        pub = self.publication
        pub.restore()
        out = pub.folder / "build"
        with Maker(pub.folder, out, Cache(pub.folder / ".cache")) as maker:
            maker.make("report")
            for warm_up in (True, False):
                pub.sentence()
                before, start = time.process_time(), time.perf_counter()
                made = maker.make("report")
                if not isinstance(made, Made):
                    raise RuntimeError(f"the edit is refused: {made.problems}")
                (out / "report.pdf").write_bytes(made.pdf)
                seconds, used = time.perf_counter() - start, time.process_time() - before
                if not warm_up:
                    self._keep(what, Run(seconds, used, 0.0))
                time.sleep(1)  # a child clears up when nothing is asked

    def _typst(self, html: Path) -> None:
        """Measure Typst on the words of what plain WeasyPrint gets."""
        if not (self._is_wanted(TYPST) or self._is_wanted(TYPST_LIVING)):
            return
        if find_spec("typst") is None or find_spec("lxml") is None:
            _left_out(TYPST, "Typst is not installed: make bench")
            return
        folder = self.publication.folder / "typst"
        one_typst = [sys.executable, str(BENCHMARKS / "one_typst.py")]
        run([*one_typst, "compose", str(html), str(folder)])
        self._time(TYPST, [*one_typst, "set", str(folder)])
        done = subprocess.run([*one_typst, "edit", str(folder)], capture_output=True, text=True, check=True)  # noqa: S603
        self._keep(TYPST_LIVING, Run(float(done.stdout), 0.0, 0.0))

    def _in_browser(self) -> None:
        """Measure from a save to the changed page's picture in Chromium, with `build.py watch` as authors run it."""
        chromium = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
        if not self._is_wanted(IN_BROWSER):
            return
        if chromium is None or find_spec("playwright") is None:
            _left_out(IN_BROWSER, "Chromium or playwright is not installed: make bench")
            return
        from playwright.sync_api import sync_playwright
        from support.preview import previewing

        pub = self.publication
        pub.restore()
        with previewing(pub.folder) as preview, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(preview.address)
            page.wait_for_selector("#page-1[data-key]", timeout=PATIENCE_MS)
            for warm_up in (True, True, False):
                shown = page.evaluate(PICTURES)
                pub.sentence()
                start = time.perf_counter()
                page.wait_for_function(f"shown => ({PICTURES}).some(each => !shown.includes(each))", arg=shown)
                if not warm_up:
                    self._keep(IN_BROWSER, Run(time.perf_counter() - start, 0.0, 0.0))
                time.sleep(1)
            browser.close()

    def _time(self, what: str, command: Sequence[str]) -> None:
        if self._is_wanted(what):
            done = run(command)
            assert done is not None  # noqa: S101 - it may not fail
            self._keep(what, done)

    def _keep(self, what: str, done: Run) -> None:
        self.runs.setdefault(what, []).append(done)
        print(f"  {done.seconds:7.2f} s {done.processor_s:7.2f} s of processor  {what}", file=sys.stderr, flush=True)

    def _is_wanted(self, what: str) -> bool:
        return any(word in what for word in self.wanted.split(",")) or what in {OURS} or not self.wanted

    def median(self, what: str, of: str = "seconds") -> float:
        return statistics.median(getattr(each, of) for each in self.runs[what])

    def table(self) -> Iterator[str]:
        """Yield the lines of the table, with what they are to reach and whether they do."""
        yield "| what | s | processor s | x cold | peak MiB | to reach | |"
        yield "|---|--:|--:|--:|--:|---|---|"
        cold = self.median(OURS)
        for what in self.runs:
            seconds, used, peak = (self.median(what, of) for of in ("seconds", "processor_s", "peak_mib"))
            wanted, reached = self._held(what)
            remark = f" ({self.remarks[what]})" if what in self.remarks else ""
            memory = f"{peak:.0f}" if peak else ""
            figures = f"{seconds:.2f} | {used:.2f} | {seconds / cold:.2f} | {memory}"
            yield f"| {what}{remark} | {figures} | {wanted} | {reached} |"
        yield ""
        yield from (f"{what}: {said}" for what, said in self.remarks.items() if what.startswith("PDF"))

    def _held(self, what: str) -> tuple[str, str]:
        wanted, reached = [], []
        for goal in GOALS.get(what, ()):
            if goal.share and goal.of in self.runs:
                ratio = self.median(what) / self.median(goal.of)
                wanted.append(f"<= {goal.share} of «{goal.of.removeprefix('... ')}»")
                reached.append(f"{'yes' if ratio <= goal.share else 'NO'}, {ratio:.2f}")
            elif goal.seconds:
                limit = goal.seconds[max(length for length in goal.seconds if length <= max(1, self.publication.times))]
                wanted.append(f"<= {limit} s")
                reached.append("yes" if self.median(what) <= limit else f"NO, x {self.median(what) / limit:.1f}")
        if what == OURS and PLAIN in self.runs:
            ratio = self.median(OURS, "peak_mib") / self.median(PLAIN, "peak_mib")
            wanted.append("memory <= plain")
            reached.append(f"{'yes' if ratio <= 1 else 'NO'}, {ratio:.2f}")
        return "; ".join(wanted), "; ".join(reached)


@contextmanager
def checkout(commit: str, folder: Path) -> Iterator[Path | None]:
    """Check a commit out into a folder of its own; None where there is none, as in a copy without history."""
    tree = folder / "older"
    git = ["git", "-C", str(ROOT), "worktree"]
    made = subprocess.run([*git, "add", "--detach", str(tree), commit], capture_output=True, check=False)  # noqa: S603
    try:
        yield tree if made.returncode == 0 else None
    finally:
        if made.returncode == 0:
            subprocess.run([*git, "remove", "--force", str(tree)], check=False)  # noqa: S603


def main() -> int:
    """Measure, and print a table for each length."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured (default: 5)")
    parser.add_argument("--lengths", default="1,4,10", help="how many times the report (default: 1,4,10)")
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="lines with one of these words, beside the cold build"
    )
    parser.add_argument("--commit", default=OLDER, help=f"what ours is held against (default: {OLDER})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every single run into a file as well")
    options = parser.parse_args()
    _adopt_orphans()
    everything = {}
    with tempfile.TemporaryDirectory(prefix="building-") as name, checkout(options.commit, Path(name)) as older:
        for times in map(int, options.lengths.split(",")):
            bench = Bench(Publication(Path(name) / f"x{times}", times), older, options.only)
            for number in range(options.rounds):
                print(f"{times} x, round {number + 1} of {options.rounds}", file=sys.stderr, flush=True)
                bench.round()
            print(f"\n## {times} x the report, medians of {options.rounds}\n", *bench.table(), sep="\n", flush=True)
            everything[times] = {what: [vars(each) for each in runs] for what, runs in bench.runs.items()}
    if options.json is not None:
        options.json.write_text(json.dumps(everything, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
