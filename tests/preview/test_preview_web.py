"""The web edition in the preview, in Chromium, as an author sees it: changes, the caret, clicks, problems, widths."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect
from support.chromium import chromium
from support.preview import Preview, previewing
from support.projects import Project, small_project

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("browser")]
PATIENCE_MS = 20_000
CHAPTER = """\
title: Om {name}
blocks:
  - text: |
{lines}
"""
LINES = 60


def chapter(name: str) -> str:
    """Write a chapter that is several screens long, each paragraph three lines below the one before."""
    lines = "".join(f"      Avsnitt {number} i {name} står her.\n\n\n" for number in range(1, LINES + 1))
    return CHAPTER.format(name=name, lines=lines.rstrip("\n"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = small_project(tmp_path_factory.mktemp("previewed"))
    for name in ("en", "to"):
        project.write(f"content/{name}.yaml", chapter(name))
    return project.change("content/report.yaml", "    - start\n", "    - start\n    - en\n    - to\n")


@pytest.fixture(scope="module")
def preview(project: Project) -> Iterator[Preview]:
    with previewing(project.folder, "web") as running:
        running.next()
        yield running


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    page = browser.new_context(viewport={"width": 1200, "height": 800}).new_page()
    amiss: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: amiss.append(message.text))
    page.on("pageerror", lambda error: amiss.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(preview.address)
    expect(site(page).locator("main#index")).to_be_visible(timeout=PATIENCE_MS)
    yield page
    page.context.close()
    assert amiss == []
    assert [url for url in asked if not url.startswith(preview.address)] == []


def site(page: Page) -> FrameLocator:
    return page.frame_locator("#site")


def shown(page: Page) -> str:
    """Name the file in the frame."""
    return str(page.evaluate("fileShown()"))


def line_of(number: int) -> int:
    return 1 + 3 * number


def test_saved_words_are_scrolled_to_and_marked_also_on_another_page(
    page: Page, preview: Preview, project: Project
) -> None:
    project.change("content/to.yaml", "Avsnitt 40 i to står", "Nye ord om 40 står")
    state = preview.next(refused=False)
    assert state["blocks"] == [{"file": "to.html", "at": f"content/to.yaml:{line_of(40)}:7"}]
    changed = site(page).locator("[data-mark=changed]")
    expect(changed).to_have_text("Nye ord om 40 står her.")
    expect(changed).to_be_in_viewport()
    assert shown(page) == "to.html"
    expect(page.locator("#said")).to_contain_text("pages, built in")
    assert not (project.folder / "build" / "web").exists()


def test_change_that_is_in_sight_moves_nothing(page: Page, preview: Preview, project: Project) -> None:
    page.evaluate("load('en.html', {})")
    there = site(page).get_by_text("Avsnitt 30 i en")
    there.scroll_into_view_if_needed()
    before = page.evaluate("windowOfSite().scrollY")
    assert before > 500
    project.change("content/en.yaml", "Avsnitt 30 i en står her", "Avsnitt 30 i en er et annet")
    preview.next(refused=False)
    expect(site(page).locator("[data-mark=changed]")).to_have_text("Avsnitt 30 i en er et annet.")
    assert page.evaluate("windowOfSite().scrollY") == before


def test_caret_in_the_source_moves_the_pages(page: Page, preview: Preview, project: Project) -> None:
    named = {"file": str(project.folder / "content/to.yaml"), "line": str(line_of(55) + 1)}
    assert preview.ask("caret", named).status == 204
    caret = site(page).locator("[data-mark=caret]")
    expect(caret).to_contain_text("Avsnitt 55 i to")
    expect(caret).to_be_in_viewport()
    assert preview.ask("caret", {"file": "content/none.yaml", "line": "1"}).status == 404


def test_click_opens_the_line_and_a_link_leads_on(page: Page, project: Project) -> None:
    page.evaluate("$('open').addEventListener('click', e => { e.preventDefault(); window.opened = e.target.href; })")
    site(page).get_by_role("link", name="Om en").first.click()
    site(page).get_by_text("Avsnitt 3 i en").click()
    expect(page.locator("#open")).to_have_text(f"content/en.yaml:{line_of(3)}:7")
    assert page.evaluate("opened") == f"vscode://file{project.folder}/content/en.yaml:{line_of(3)}:7"
    assert shown(page) == "en.html"


def test_problem_stands_over_the_last_good_pages(page: Page, preview: Preview, project: Project) -> None:
    page.evaluate("load('en.html', {})")
    project.change("content/en.yaml", "blocks:", "bloks:")
    preview.next(refused=True)
    expect(page.locator("#errors .place").first).to_have_text("content/en.yaml:2:1")
    expect(site(page).get_by_text("Avsnitt 1 i en")).to_be_visible()
    project.change("content/en.yaml", "bloks:", "blocks:")
    preview.next(refused=False)
    expect(page.locator("#errors")).to_be_hidden()
    assert shown(page) == "en.html"


def test_pages_are_shown_as_wide_as_a_telephone(page: Page) -> None:
    page.locator("#width").select_option("320")
    assert page.evaluate("windowOfSite().innerWidth") == 320
    assert page.locator("#number").is_hidden()


def test_pdf_and_web_edition_are_chosen_in_the_page(page: Page, preview: Preview) -> None:
    page.locator("#choice").select_option("report")
    preview.next(refused=False)
    expect(page.locator("#page-1[data-key]")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("#site")).to_be_hidden()
    assert preview.ask("web/index.html").status == 404
    page.locator("#choice").select_option("web")
    preview.next(refused=False)
    expect(site(page).locator("main#index")).to_be_visible(timeout=PATIENCE_MS)


def test_nothing_but_the_files_of_the_edition_is_served(preview: Preview) -> None:
    answer = preview.ask("web/index.html")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    again = preview.ask("web/index.html", **{"If-None-Match": answer.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    for name in ("../.preview", "%2e%2e/.preview", "..%2f..%2fcontent%2freport.yaml", "/etc/passwd", "web", ""):
        assert preview.ask(f"web/{name}").status == 404, name
    assert preview.ask("", path="/web/index.html").status == 404
    assert preview.ask("web/index.html", Host="evil.example").status == 421
    assert preview.ask("web/index.html", Origin="http://evil.example").status == 403
