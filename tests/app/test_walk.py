"""A newcomer's walk: from `init` and `add` in a terminal to a corrected count on the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.in_browser import CHROMIUM, NEEDED, QUIET, served, tab_of
from whipcount import project
from whipcount.cli import main

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not NEEDED, reason="no chromium here: apt-get install chromium"
)
PACT = Path(__file__).parents[2] / "examples" / "pact"


@pytest.fixture(scope="module")
def debate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("walk") / "pact.whip"
    assert main(["init", str(path), "--issue", str(PACT / "accession.toml")]) == 0
    assert main(["add", str(path), str(PACT / "pages")]) == 0
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    assert CHROMIUM, "WHIPCOUNT_NEEDS_BROWSER is set and there is no chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


def test_from_pages_to_a_corrected_count(debate, browser):
    with served(debate, "Ann") as address, tab_of(browser, address) as tab:
        cell = tab.locator("#grid tr", has_text="Corvale").locator("td").first
        cell.get_by_text("Abstains").wait_for()
        cell.locator("a").click()
        drawer = tab.locator("#drawer")
        drawer.get_by_role("link", name="Review this coding").first.click()
        tab.locator("[data-item]").wait_for()
        tab.wait_for_load_state()
        tab.keyboard.press("o")
        tab.locator(".flash").wait_for()
        tab.goto(f"{tab.home}/")
        cell.get_by_text("No", exact=True).wait_for()
        blocked = tab.locator(".verdict", has_text="membership").first.locator(".outcome")
        assert "BLOCKED" in blocked.inner_text()
        tab.goto(f"{tab.home}/history")
        assert tab.locator(".history li").first.inner_text().count("Ann change")


def test_twenty_codings_by_the_keyboard_alone(debate, browser):
    with project.open_project(debate, writing=False) as found:
        before = project.overview(found).reviewed
    with served(debate, "Ann") as address, tab_of(browser, address) as tab:
        tab.wait_for_load_state()
        for key in "gr":
            tab.keyboard.press(key)
        tab.locator("[data-item]").wait_for()
        tab.wait_for_load_state()
        pressed = 0
        for key in "aaoaasacaxaaauaaanaa":
            item = tab.locator("[data-item]").get_attribute("data-item")
            tab.keyboard.press(key)
            pressed += 1
            tab.locator(f"[data-item='{item}']").wait_for(state="detached")
    with project.open_project(debate, writing=False) as found:
        assert project.overview(found).reviewed - before == pressed == 20
        assert project.check(found) == ()
