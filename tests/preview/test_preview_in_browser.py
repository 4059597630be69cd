"""The preview in Chromium, as an author sees it: pages, problems, clicks, the caret, keys and widths."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect
from support.chromium import chromium
from support.preview import Preview, previewing
from support.projects import SECTION, SECTION_FILE, Project, small_project

from press.preview.pictures import picture

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("browser")]
OTHER_HOST = "evil.example"
PATIENCE_MS = 20_000
EDITION = """\
label: Kortutgave
title: Kort
sections:
  - section: start
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    leads_here = f"--host-resolver-rules=MAP {OTHER_HOST} 127.0.0.1"
    with chromium(leads_here) as browser:
        yield browser


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Give a publication of several sections, each on a page of its own."""
    project = small_project(tmp_path_factory.mktemp("previewed"))
    sections = [f"avsnitt-{number}" for number in range(1, 9)]
    for name in sections:
        text = f"title: Om {name}\nopens: page\nblocks:\n  - text: |\n      Her står {name}.\n"
        project.write(f"content/{name}.yaml", text)
    order = "".join(f"    - {name}\n" for name in ["start", *sections])
    return project.change("content/report.yaml", "    - start\n", order)


@pytest.fixture(scope="module")
def preview(project: Project) -> Iterator[Preview]:
    with previewing(project.folder) as running:
        running.next()
        yield running


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 800}, device_scale_factor=2)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    amiss: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: amiss.append(message.text))
    page.on("pageerror", lambda error: amiss.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(preview.address)
    expect(page.locator("#page-1[data-key]")).to_be_visible(timeout=PATIENCE_MS)
    yield page
    context.close()
    assert amiss == []
    assert [url for url in asked if not url.startswith(preview.address)] == []


def shown(page: Page, number: int) -> bytes:
    """Give the picture that stands for a page."""
    source = page.locator(f"#page-{number} img").get_attribute("src")
    assert source is not None
    return page.request.get(page.url + source).body()


def drawn(preview: Preview, page: Page, number: int) -> bytes:
    """Draw a page of the PDF that is on the disk, as it should be shown."""
    width = page.evaluate(
        "n => Math.round(document.getElementById(`page-${n}`).offsetWidth * devicePixelRatio)", number
    )
    return picture((preview.project / "build" / "report.pdf").read_bytes(), number, width)


def settle(page: Page, preview: Preview, number: int) -> None:
    """Wait until a page is shown as the last build made it."""
    key = preview.states[-1]["pages"][number - 1]["key"]
    page.locator(f"#page-{number}[data-key='{key}']").wait_for(timeout=PATIENCE_MS)


def point_of(pdf: bytes, number: int, words: str) -> tuple[float, float]:
    """Tell where words stand on a page, as shares of its width and height."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number - 1]
        text = page.get_textpage()
        found = text.search(words).get_next()
        assert found is not None, words
        left, low, right, high = text.get_charbox(found[0])
        return (left + right) / 2 / page.get_width(), 1 - (low + high) / 2 / page.get_height()


def click(page: Page, number: int, at: tuple[float, float]) -> None:
    page.evaluate("go", number)
    box = page.locator(f"#page-{number}").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"])


def test_saved_words_are_seen_at_the_screens_own_resolution(page: Page, preview: Preview, project: Project) -> None:
    page.evaluate("go(1)")
    before = page.locator("#page-8").get_attribute("data-key")
    project.change("content/avsnitt-5.yaml", "Her står", "Nye ord om")
    state = preview.next(refused=False)
    (changed,) = state["changed"]
    settle(page, preview, changed)
    expect(page.locator(f"#page-{changed}")).to_be_in_viewport()  # which it was not before
    assert shown(page, changed) == drawn(preview, page, changed)
    assert (
        "Nye ord om"
        in pypdfium2.PdfDocument(project.folder / "build/report.pdf")[changed - 1].get_textpage().get_text_range()
    )
    expect(page.locator("#said")).to_contain_text("built in")
    assert before is None or before == page.locator("#page-8").get_attribute("data-key") or changed == 8


def test_change_that_is_visible_moves_nothing(page: Page, preview: Preview, project: Project) -> None:
    page.evaluate("go(6)")
    page.wait_for_timeout(300)
    before = page.evaluate("document.getElementById('pages').scrollTop")
    project.change("content/avsnitt-3.yaml", "Her står", "Noe annet om")
    state = preview.next(refused=False)
    settle(page, preview, state["changed"][0])
    assert page.evaluate("document.getElementById('pages').scrollTop") == before


def test_problem_is_shown_with_file_line_and_mend_over_the_last_good_pages(
    page: Page, preview: Preview, project: Project
) -> None:
    errors = page.locator("#errors")
    expect(errors).to_be_hidden()
    key = page.locator("#page-1").get_attribute("data-key")
    project.change(SECTION_FILE, "blocks:", "bloks:")
    preview.next(refused=True)
    expect(errors).to_be_visible()
    expect(errors.locator(".place").first).to_have_text(f"{SECTION_FILE}:2:1")
    assert errors.locator(".place").first.get_attribute("href") == f"vscode://file{project.folder}/{SECTION_FILE}:2:1"
    expect(errors.locator(".mend").first).to_contain_text("blocks")
    assert page.locator("#page-1").get_attribute("data-key") == key
    page.keyboard.press("Escape")
    expect(errors).to_be_hidden()
    project.section(SECTION)
    preview.next(refused=False)
    expect(errors).to_be_hidden()
    expect(page.locator("#said")).to_contain_text("built in")


def test_click_opens_the_line_that_a_block_comes_from(page: Page, preview: Preview, project: Project) -> None:
    # This machine has no such editor: what would be opened is written down, or Chromium would ask and wait.
    page.evaluate("$('open').addEventListener('click', e => { e.preventDefault(); window.opened = e.target.href; })")
    pdf = (project.folder / "build" / "report.pdf").read_bytes()
    count = len(preview.states[-1]["pages"])
    number = next(n for n in range(1, count + 1) if "avsnitt-7." in text_of(pdf, n))
    click(page, number, point_of(pdf, number, "avsnitt-7."))
    expect(page.locator("#open")).to_have_text("content/avsnitt-7.yaml:5:7")
    address = f"vscode://file{project.folder}/content/avsnitt-7.yaml:5:7"
    assert page.evaluate("opened") == address
    page.locator("#editor").select_option("none")
    page.evaluate("go(1)")
    click(page, number, point_of(pdf, number, "Om avsnitt-7"))
    expect(page.locator("#open")).to_have_text("content/avsnitt-7.yaml:1:8")
    assert page.locator("#open").get_attribute("href") is None
    expect(page.locator("#copy")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "content/avsnitt-7.yaml:1:8"


def text_of(pdf: bytes, number: int) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[number - 1].get_textpage().get_text_range())


def test_caret_in_the_source_moves_the_preview(page: Page, preview: Preview, project: Project) -> None:
    page.evaluate("go(1)")
    last = page.locator("#page-11")
    expect(last).not_to_be_in_viewport()
    assert preview.ask("caret", {"file": str(project.folder / "content/avsnitt-8.yaml"), "line": "5"}).status == 204
    expect(page.locator("#page-11 .caret")).to_be_in_viewport()


def test_other_host_names_that_lead_here_show_nothing(browser: Browser, preview: Preview) -> None:
    page = browser.new_page()
    answer = page.goto(preview.address.replace("127.0.0.1", OTHER_HOST))
    assert answer is not None
    assert answer.status == 421
    assert page.locator("main").count() == 0
    page.close()


def test_other_site_can_neither_read_nor_send(browser: Browser, preview: Preview, page: Page) -> None:
    other = browser.new_page()
    other.route("http://other.example/", lambda route: route.fulfill(body="<p>other</p>", content_type="text/html"))
    other.goto("http://other.example/")
    fields = "new URLSearchParams({choice: 'proof A'})"
    ask = f"url => fetch(url, {{method: 'POST', body: {fields}}}).then(() => 'read', () => 'refused')"
    assert other.evaluate(ask, preview.address + "choose") == "refused"
    assert preview.states[-1]["choice"] == "report"
    other.close()


def test_keys_turn_pages_and_change_their_size(page: Page) -> None:
    page.evaluate("go(1)")
    for key, number in (("ArrowRight", "2"), ("PageDown", "4"), ("End", "12"), ("ArrowLeft", "10"), ("Home", "1")):
        page.keyboard.press(key)
        expect(page.locator("#number")).to_have_value(number)
    width = page.locator("#page-1").bounding_box()["width"]
    page.keyboard.press("-")
    assert page.locator("#page-1").bounding_box()["width"] < width
    page.keyboard.press("0")
    assert page.locator("#page-1").bounding_box()["width"] == width
    page.keyboard.press("s")
    assert page.locator("#page-1").bounding_box()["width"] > width


@pytest.mark.parametrize("width", [360, 480, 720, 960, 1440])
def test_page_fits_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_timeout(300)
    parts = "[...document.querySelectorAll('header, header *, #pages')]"
    too_wide = f"{parts}.filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.id || e.tagName)"
    assert page.evaluate(too_wide) == []
    assert page.evaluate("$('pages').scrollWidth <= $('pages').clientWidth")


def test_proof_is_chosen_in_the_page(page: Page, preview: Preview, project: Project) -> None:
    page.locator("#choice").select_option("proof A")
    state = preview.next()
    assert state["shown"] == "proof A", state["problems"]
    settle(page, preview, 1)
    assert (project.folder / "build" / "proofs" / "bedrift-a.pdf").is_file()
    page.locator("#choice").select_option("report")
    assert preview.next()["shown"] == "report"
