"""The page in a real browser: Debian's Chromium, driven by playwright, which downloads nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from whipcount.rendering import html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NEEDED = bool(os.environ.get("WHIPCOUNT_NEEDS_BROWSER"))

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not NEEDED, reason="no chromium here: apt-get install chromium"
)

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    assert CHROMIUM, "WHIPCOUNT_NEEDS_BROWSER is set and there is no chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, whip_count, coded, tmp_path: Path) -> Iterator[object]:
    """The report in a fresh window; its console must stay silent."""
    file = tmp_path / "report.html"
    file.write_text(html.page(whip_count, [coded]), encoding="utf-8")
    window = browser.new_context(viewport={"width": 1200, "height": 900})
    tab = window.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: said.append(request.url) if ".html" not in request.url else 0)
    tab.goto(file.as_uri())
    yield tab
    assert [line for line in said if not line.startswith("data:")] == []
    window.close()


def test_a_click_on_a_cell_opens_its_evidence(page):
    page.locator("#grid a.stand").first.click()
    drawer = page.locator("#drawer")
    assert drawer.is_visible()
    assert "Lena Orlo" in drawer.inner_text()
    assert drawer.locator("mark").first.inner_text() == "“We want Isk in the league,”"


def test_a_report_is_opened_at_the_cell_of_its_address(page):
    page.goto(page.url + "#e2")
    page.reload()
    assert "Tam Ruhl" in page.locator("#drawer").inner_text()


def test_arrows_walk_the_board_enter_opens_and_escape_closes(page):
    page.locator("#grid .stand").first.focus()
    page.keyboard.press("ArrowRight")
    focused = "document.activeElement.closest('tr').cells[0].textContent + ': ' + "
    focused += "document.activeElement.closest('td').cellIndex"
    assert page.evaluate(focused) == "Torvel: 2"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    assert page.evaluate(focused) == "Brask: 1"
    page.keyboard.press("Enter")
    assert page.locator("#drawer").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#drawer").is_visible()
    assert page.evaluate(focused) == "Brask: 1", "focus goes back to the cell"


def test_arrows_go_from_evidence_to_evidence(page):
    page.locator("#grid a.stand").first.click()
    page.keyboard.press("ArrowRight")
    assert "Tam Ruhl" in page.locator("#drawer").inner_text()
    page.keyboard.press("ArrowLeft")
    assert "Tam Ruhl" not in page.locator("#drawer").inner_text()


def test_the_board_is_one_stop_for_the_tab_key(page):
    stops = "[...document.querySelectorAll('#grid .stand')].filter(e => e.tabIndex === 0).length"
    assert page.evaluate(stops) == 1


def test_a_question_mark_shows_the_keys(page):
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_members_not_on_record_can_be_hidden(page):
    row = page.locator("#grid tr", has_text="Ulm")
    assert row.is_visible()
    page.locator("#quiet").check()
    assert not row.is_visible()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_never_scrolls_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator("#grid a.stand").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_dark_is_dark(page):
    page.emulate_media(color_scheme="dark")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in colour[4:-1].split(",")) < 60


def test_on_paper_the_board_and_all_evidence_are_there(page):
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#grid").is_visible()
    assert page.evaluate("document.querySelectorAll('main details:not([open])').length") == 0
    assert not page.locator("#show-keys").is_visible()


def test_without_scripts_a_cell_leads_to_its_evidence(browser, page):
    window = browser.new_context(java_script_enabled=False)
    tab = window.new_page()
    tab.goto(page.url)
    tab.locator("#grid a.stand").first.click()
    assert tab.url.endswith("#e0")
    assert tab.locator("#e0 mark").first.is_visible()
    window.close()
