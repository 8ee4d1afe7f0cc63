"""Disagreements decided and a sample coded by keys, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app import debate
from tests.app.debate import ID, TEXT
from tests.app.in_browser import CHROMIUM, NEEDED, QUIET, served, tab_of
from tests.app.test_in_browser import select
from whipcount import project
from whipcount.project import By

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not NEEDED, reason="no chromium here: apt-get install chromium"
)

BO, CY = (By(name, "2031-06-02T10:00:00Z") for name in ("Bo", "Cy"))
IDS = tuple(f"{ID}.{place}/0/{option}/a{place % 3 if place < 3 else 1}"
            for place, option in enumerate(("entry", "entry", "subsidy", "subsidy")))  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    assert CHROMIUM, "WHIPCOUNT_NEEDS_BROWSER is set and there is no chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def disputed(path: Path) -> Path:
    """A project in which Bo and Cy disagree on three codings, and a sample was drawn."""
    with project.open_project(path) as found:
        for id_ in IDS[:3]:
            project.accept(found, id_, BO)
        project.change(found, IDS[0], CY, stance="oppose")
        project.change(found, IDS[1], CY, option="subsidy")
        project.delete(found, IDS[2], CY)
        one = project.statement(found, f"{ID}.1")
        project.mark(
            found, one.id, CY, content=[one.content[0]._replace(end=one.content[0].end - 4)]
        )
        project.draw_sample(found, "first", debate.ANN, size=9, seed=1)
    return path


@pytest.fixture
def tab(browser, disputed: Path) -> Iterator[object]:
    with served(disputed) as address, tab_of(browser, address) as tab:
        yield tab


def test_all_disagreements_are_listed_and_decided_by_keys(tab, disputed):
    tab.goto(f"{tab.home}/coders/disagreements")
    lines = tab.locator(".disagreements > li")
    assert lines.count() == 3
    assert tab.locator(".current .readings button").all_inner_texts()[0].startswith("1 Bo")
    tab.keyboard.press("j")
    tab.locator(f".current[data-item='{IDS[1]}']").wait_for()
    tab.keyboard.press("k")
    tab.locator(f".current[data-item='{IDS[0]}']").wait_for()
    tab.keyboard.press("2")
    tab.locator(f".current[data-item='{IDS[1]}']").wait_for()
    assert lines.count() == 2
    tab.keyboard.press("1")
    tab.locator(f".current[data-item='{IDS[2]}']").wait_for()
    tab.keyboard.press("z")
    tab.get_by_text("Undone").wait_for()
    assert lines.count() == 2
    tab.keyboard.press("k")
    tab.locator(f".current[data-item='{IDS[1]}']").wait_for()
    tab.keyboard.press("1")
    tab.locator(f".disagreements [data-item='{IDS[2]}']").wait_for()
    tab.keyboard.press("2")
    tab.get_by_text("Nobody disagrees").wait_for()
    with project.open_project(disputed, writing=False) as found:
        assert project.coding(found, IDS[0]).position.stance == "oppose"
        assert project.coding(found, IDS[1]).position.option == "entry"
        assert project.coding(found, IDS[2]).position is None


def test_disagreements_are_filtered_by_option_and_by_what_they_differ_in(tab):
    tab.goto(f"{tab.home}/coders/disagreements")
    tab.locator("[name=variable]").select_option("stance")
    tab.get_by_role("button", name="Show").click()
    tab.wait_for_url("**variable=stance")
    assert tab.locator(".disagreements > li").count() == 1
    tab.locator("[name=variable]").select_option("")
    tab.locator("[name=option]").select_option("subsidy")
    tab.get_by_role("button", name="Show").click()
    tab.wait_for_url("**option=subsidy")
    assert tab.locator(".disagreements > li").count() == 2


def test_each_sees_what_was_corrected_in_theirs(tab):
    tab.goto(f"{tab.home}/coders/disagreements")
    tab.keyboard.press("2")
    tab.locator(f".current[data-item='{IDS[1]}']").wait_for()
    tab.goto(f"{tab.home}/coders/corrected?coder=Bo")
    assert "opposes it" in tab.locator("#main").inner_text()
    tab.goto(f"{tab.home}/coders/corrected?coder=Cy")
    assert "Nothing." in tab.locator("#main").inner_text()


def test_a_sample_is_drawn_coded_blind_and_reported_by_keys(tab, disputed):
    tab.goto(f"{tab.home}/sample")
    tab.locator("[name=name]").last.fill("second")
    tab.locator("[name=size]").fill("9")
    tab.get_by_role("button", name="Draw").click()
    tab.get_by_text("Drew a sample").wait_for()
    tab.goto(f"{tab.home}/sample/second/code")
    tab.keyboard.press("a")
    tab.locator("[data-item]").wait_for()
    tab.goto(f"{tab.home}/review")
    assert tab.url.endswith("/sample/second/code?held=1")
    for left in range(9, 0, -1):
        item = tab.locator("[data-item]").get_attribute("data-item")
        tab.wait_for_load_state()
        assert "lexical" not in tab.content()
        if item == f"{ID}.0":
            tab.keyboard.press("2")
            tab.locator("[aria-current=true]", has_text="subsidy").wait_for()
            tab.keyboard.press("o")
            tab.locator(".said").get_by_text("opposes it").wait_for()
            tab.keyboard.press("x")
            tab.locator(".said").wait_for(state="detached")
            tab.keyboard.press("1")
            tab.locator("[aria-current=true]", has_text="entry").wait_for()
            tab.keyboard.press("s")
            tab.locator(".said").get_by_text("supports it").wait_for()
        tab.keyboard.press("a")
        tab.locator(f"[data-item='{item}']").wait_for(state="detached")
        assert left == 1 or f"{left - 1} of 9 left" in tab.locator(".head").inner_text()
    tab.get_by_text("You have coded all of it").wait_for()
    tab.keyboard.press("a")
    tab.get_by_role("heading", name="What it means for the count").wait_for()
    tab.get_by_text("nobody has judged").first.wait_for()
    assert "9 of 9 coded, by Ann".casefold() in tab.locator(".overline").inner_text().casefold()
    with project.open_project(disputed, writing=False) as found:
        entry = project.judge(found, "second").options[0]
        assert entry.precision.value == 0.5


def test_words_selected_in_a_paragraph_are_a_statement_of_the_sample(tab, disputed):
    tab.goto(f"{tab.home}/sample/first/code")
    tab.keyboard.press("a")
    tab.locator("[data-item]").wait_for()
    with project.open_project(disputed, writing=False) as found:
        unit = next(
            one.unit
            for one in project.to_code(found, "first", "Ann")
            if one.statement is None and TEXT[one.spans[0].start :].startswith("The harbour")
        )
    tab.goto(f"{tab.home}/sample/first/code?unit={unit}")
    select(tab, "The harbour league met in Torvel")
    tab.keyboard.press("6")
    tab.get_by_text("Added a statement").wait_for()
    tab.get_by_text("Say first whose position it is").wait_for()
    tab.locator(".picked").get_by_text("Tam Ruhl").click()
    tab.locator(".stances").wait_for()
    tab.keyboard.press("s")
    tab.locator(".said").get_by_text("supports it").wait_for()
    tab.keyboard.press("a")
    tab.locator(f"[data-item='{unit}']").wait_for(state="detached")
    with project.open_project(disputed, writing=False) as found:
        (made,) = project.found_in(found, "first", unit, "Ann")
        assert project.statement(found, made).quote == "The harbour league met in Torvel"


def rooms(tab) -> Iterator[str]:
    """Go to each room of this file as it looks in use, and tell which it is."""
    for room in ("/coders", "/coders/disagreements", "/sample", "/sample/first"):
        tab.goto(tab.home + room)
        if room == "/coders":
            tab.get_by_text("The words that they mark").wait_for()
        yield room
    tab.goto(f"{tab.home}/sample/first/code")
    tab.keyboard.press("a")
    for _ in range(9):
        tab.locator("[data-item]").wait_for()
        tab.wait_for_load_state()
        yield tab.locator("[data-item]").get_attribute("data-item")
        item = tab.locator("[data-item]").get_attribute("data-item")
        if item == f"{ID}.0":
            tab.keyboard.press("s")
            tab.locator(".said").wait_for()
        tab.keyboard.press("a")
        tab.locator(f"[data-item='{item}']").wait_for(state="detached")
    tab.keyboard.press("a")
    tab.get_by_role("heading", name="What it means for the count").wait_for()
    tab.get_by_text("nobody has judged").first.wait_for()
    tab.wait_for_load_state()
    yield "the report"


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_of_it_scrolls_sideways(tab, width):
    tab.set_viewport_size({"width": width, "height": 800})
    for room in rooms(tab):
        assert tab.evaluate("document.documentElement.scrollWidth") == width, room


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_in_it(tab, scheme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    tab.emulate_media(color_scheme=scheme)
    found = []
    for room in rooms(tab):
        for fault in Axe().run(tab).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                where = [node["html"][:160] for node in fault["nodes"][:3]]
                found.append((room, fault["id"], where))
    assert found == []


def test_without_scripts_a_sample_is_coded_too(browser, disputed):
    with served(disputed) as address, tab_of(browser, address, java_script_enabled=False) as tab:
        tab.goto(f"{tab.home}/sample/first/code")
        tab.get_by_role("button", name="Begin").click()
        tab.goto(f"{tab.home}/sample/first/code?unit={ID}.0")
        tab.get_by_role("button", name="supports").click()
        assert "supports it" in tab.locator(".said").inner_text()
        tab.get_by_role("button", name="That is all").click()
        assert "8 of 9 left" in tab.locator(".head").inner_text()
