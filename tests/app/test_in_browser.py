"""What a person does on the page, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app import debate
from tests.app.debate import ID, TEXT, span
from tests.app.in_browser import CHROMIUM, NEEDED, QUIET, served, tab_of
from whipcount import project

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not NEEDED, reason="no chromium here: apt-get install chromium"
)

SELECT = """([start, end]) => {
  const at = (offset) => {
    for (const run of document.querySelectorAll("[data-at]")) {
      const begins = Number(run.dataset.at);
      if (begins <= offset && offset <= begins + run.textContent.length) {
        return [run.firstChild, offset - begins];
      }
    }
  };
  const range = document.createRange();
  range.setStart(...at(start));
  range.setEnd(...at(end));
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    assert CHROMIUM, "WHIPCOUNT_NEEDS_BROWSER is set and there is no chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser, path: Path) -> Iterator[object]:
    with served(path) as address, tab_of(browser, address) as tab:
        yield tab


def select(tab, words: str) -> None:
    """Select words as a person does, in the units that the browser counts."""
    found = span(words)
    units = [len(TEXT[:offset].encode("utf-16-le")) // 2 for offset in found]
    tab.evaluate(SELECT, units)
    tab.wait_for_selector("#mark:not([hidden])")


def statement(path: Path, number: int):
    with project.open_project(path, writing=False) as found:
        return project.statement(found, f"{ID}.{number}")


def reviews(path: Path) -> dict[str, tuple[str, str]]:
    """Return what Ann said of each coding: the verdict and the stance."""
    with project.open_project(path, writing=False) as found:
        return {
            one.id.partition(".")[2]: (review.verdict, review.position and review.position.stance)
            for one in project.codings(found, ID)
            for review in one.reviews
        }


def test_a_cell_opens_its_evidence_beside_the_board(tab):
    tab.locator("#grid a[data-evidence]").first.click()
    drawer = tab.locator("#drawer")
    drawer.get_by_text("prime minister").first.wait_for()
    assert drawer.locator("mark").first.inner_text() == "“We want Isk in the league,”"
    tab.keyboard.press("ArrowRight")
    drawer.get_by_text("Tam Ruhl").first.wait_for()
    tab.keyboard.press("Escape")
    assert not drawer.is_visible()


def test_who_is_not_on_record_is_plainly_visible(tab):
    assert tab.locator("#grid tr", has_text="Ulm").get_by_text("Not on record").first.is_visible()


def test_arrows_walk_the_board_and_enter_opens(tab):
    tab.locator("#grid .stand").first.focus()
    tab.keyboard.press("ArrowDown")
    assert "Brask, entry" in tab.evaluate("document.activeElement.ariaLabel")
    tab.keyboard.press("Enter")
    tab.locator("#drawer").get_by_text("Tam Ruhl").first.wait_for()


def test_the_slider_goes_through_time(tab):
    assert "Conditional" in tab.locator("#grid").inner_text()
    tab.locator("#slot").focus()
    tab.keyboard.press("Home")
    tab.locator("#grid").get_by_text("Conditional").wait_for(state="detached")
    assert tab.url.endswith("day=2031-05-04")
    assert tab.evaluate("document.activeElement.id") == "slot", "the focus stays on the slider"
    tab.keyboard.press("]")
    tab.locator("#grid").get_by_text("Conditional").wait_for()


def test_one_key_accepts_and_goes_on(tab, path):
    tab.goto(f"{tab.home}/review")
    first = tab.locator("[data-item]").get_attribute("data-item")
    tab.keyboard.press("a")
    tab.locator(f"[data-item='{first}']").wait_for(state="detached")
    assert reviews(path)[first.partition(".")[2]][0] == "accepted"


def test_a_corrected_stance_is_one_key(tab, path):
    tab.goto(f"{tab.home}/review?coding={ID}.0/0/entry/a0")
    tab.keyboard.press("o")
    tab.wait_for_selector(".flash")
    assert reviews(path)["0/0/entry/a0"] == ("changed", "oppose")
    tab.keyboard.press("z")
    tab.get_by_text("Undone").wait_for()
    assert "0/0/entry/a0" not in reviews(path)


def test_option_actor_and_strength_are_changed_by_keys(tab, path):
    coding = f"{ID}.0/0/entry/a0"
    tab.goto(f"{tab.home}/review?coding={coding}")
    for keys, place, waited in (
        ("p2", ".proposition", "ferries"),
        ("w2", ".card .who", "Tam Ruhl"),
        ("h", ".card .says", "leans towards it"),
    ):
        for key in keys:
            tab.keyboard.press(key)
        tab.locator(place, has_text=waited).wait_for()
        tab.get_by_text("You changed this").wait_for()
    with project.open_project(path, writing=False) as found:
        said = project.coding(found, coding).position
    assert (said.option, said.actor.name, said.strength) == ("subsidy", "Tam Ruhl", "hedged")
    tab.keyboard.press("a")
    tab.locator(f"[data-item='{coding}']").wait_for(state="detached")


def test_keys_typed_ahead_are_not_lost(tab, path):
    tab.goto(f"{tab.home}/review")
    tab.wait_for_load_state()
    for key in "aaaa":
        tab.keyboard.press(key)
    tab.get_by_text("Nothing is left to review").wait_for()
    assert {verdict for verdict, _ in reviews(path).values()} == {"accepted"}
    assert len(reviews(path)) == 4


def test_a_question_mark_shows_the_keys_of_the_room(tab):
    tab.goto(f"{tab.home}/review")
    tab.keyboard.press("?")
    keys = tab.locator("#keys")
    assert "accept, and go on" in keys.inner_text()
    assert "another option" in keys.inner_text()
    tab.keyboard.press("Escape")
    assert not keys.is_visible()


def test_keys_are_letters_again_where_words_are_written(tab, path):
    tab.goto(f"{tab.home}/search")
    tab.locator("[name=words]").fill("")
    tab.keyboard.type("gax?")
    assert tab.locator("[name=words]").input_value() == "gax?"
    assert reviews(path) == {}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Isk in the league", "after emoji and CRLF"),
        ("Le\u0301na Orlo", "with a combining mark"),
        ("Tam Ruhl said 👩\u200d🔧", "across a joined emoji"),
        ("on Monday. 🚢🚢", "to the end of a line with emoji"),
    ],
)
def test_selected_words_are_the_span_to_the_character(tab, path, words, why):
    tab.goto(f"{tab.home}/articles/{ID}?statement={ID}.0")
    select(tab, words)
    tab.keyboard.press("1")
    tab.wait_for_selector(".flash")
    marked = statement(path, 0).content
    assert [TEXT[one.start : one.end] for one in marked if TEXT[one.start : one.end] == words], why


def test_dragging_over_words_marks_them_anew(tab, path):
    tab.goto(f"{tab.home}/review?coding={ID}.1/0/entry/a1")
    run = tab.locator(".run.content", has_text="Brask would agree")
    box = run.bounding_box()
    tab.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2, steps=8)
    tab.mouse.up()
    tab.wait_for_selector("#mark:not([hidden])")
    said = tab.evaluate("getSelection().toString()")
    assert said
    assert "Brask would agree if the piers are mended".startswith(said)
    tab.locator("#mark [data-mark=content]").click()
    tab.get_by_text("Marked anew").wait_for()
    assert statement(path, 1).quote == said.strip()


def test_source_and_cue_are_marked_and_a_statement_added(tab, path):
    tab.goto(f"{tab.home}/articles/{ID}?statement={ID}.2")
    select(tab, "Ada Rook")
    tab.keyboard.press("3")
    tab.wait_for_selector(".flash")
    assert statement(path, 2).speaker == "Ada Rook"
    select(tab, "The harbour league met in Torvel")
    tab.keyboard.press("6")
    tab.get_by_text("Added a statement").wait_for()
    card = tab.locator(".statement-card.chosen")
    assert "The harbour league met in Torvel" in card.inner_text()
    card.locator("[name=option]").first.select_option("subsidy")
    card.locator("[name=stance]").first.select_option("oppose")
    card.get_by_role("button", name="Add", exact=True).click()
    tab.locator(".statement-card.chosen .coded").get_by_text("opposes it").wait_for()


def test_words_are_split_off(tab, path):
    tab.goto(f"{tab.home}/articles/{ID}?statement={ID}.0")
    select(tab, "“and soon.”")
    tab.keyboard.press("5")
    tab.wait_for_selector(".flash")
    with project.open_project(path, writing=False) as found:
        quotes = [one.quote for one in project.statements(found, ID)]
    assert "“and soon.”" in quotes
    assert "“We want Isk in the league,”" in quotes


def test_words_are_marked_without_a_mouse(tab, path):
    tab.goto(f"{tab.home}/review?coding={ID}.1/0/entry/a1")
    tab.keyboard.press("m")
    tab.locator("[name=words]").fill("if the piers are mended")
    tab.keyboard.press("Enter")
    tab.get_by_text("Marked anew").wait_for()
    assert statement(path, 1).quote == "if the piers are mended"


def test_hovering_ties_a_statement_together_and_to_its_card(tab):
    tab.goto(f"{tab.home}/articles/{ID}")
    tab.locator(".run.content", has_text="We want Isk").hover()
    tied = tab.locator(".run.tied").all_inner_texts()
    assert tied[1:] == ["said", "Le\u0301na Orlo, Torvel’s prime minister", "“and soon.”"]
    assert "We want Isk" in tab.locator(".statement-card.tied").inner_text()


def test_what_is_refused_is_said_and_nothing_lost(tab, path):
    tab.goto(f"{tab.home}/review?coding={ID}.1/0/entry/a1")
    tab.keyboard.press("m")
    tab.locator("[name=words]").fill("words that nobody wrote")
    tab.keyboard.press("Enter")
    tab.locator("#wrong.shown").wait_for()
    assert "copy them from it" in tab.locator("#wrong").inner_text()
    assert tab.locator("[data-item]").is_visible(), "what one was at stays"
    assert "400" in tab.said.pop()


def test_accepting_all_is_shown_before_and_undone_after(tab, path):
    tab.goto(f"{tab.home}/accept-all?above=0.65")
    tab.get_by_role("button", name="Accept 2 codings").click()
    tab.wait_for_selector(".flash")
    assert len(reviews(path)) == 2
    tab.keyboard.press("z")
    tab.get_by_text("Undone").wait_for()
    assert reviews(path) == {}


def test_a_corrected_stance_moves_the_board(tab):
    tab.goto(f"{tab.home}/review?coding={ID}.1/0/entry/a1")
    tab.keyboard.press("o")
    tab.wait_for_selector(".flash")
    tab.locator(".strip").get_by_text("blocked").first.wait_for()
    tab.goto(f"{tab.home}/")
    tab.locator("#grid tr", has_text="Brask").get_by_text("No", exact=True).wait_for()
    assert (
        tab.locator(".verdict", has_text="entry")
        .locator(".outcome")
        .inner_text()
        .startswith("BLOCKED")
    )


def test_two_coders_blind_to_each_other_and_somebody_decides(tab, path):
    coding = f"{ID}.0/0/entry/a0"
    with project.open_project(path) as found:
        for name in ("Bo", "Cy"):
            project.add_coder(found, name, debate.ANN, blind=True)
    for name, key in (("Bo", "s"), ("Cy", "o")):
        tab.goto(f"{tab.home}/coders")
        tab.locator("form[action='/work-as'] input[name=name]").fill(name)
        tab.get_by_role("button", name="Go on as").click()
        tab.locator(f".who-am-i >> text={name}").wait_for()
        tab.goto(f"{tab.home}/review?coding={coding}")
        assert "Bo" not in tab.locator(".card").inner_text(), "blind to the other"
        tab.keyboard.press(key)
        tab.wait_for_selector(".flash")
    tab.goto(f"{tab.home}/coders")
    tab.locator("form[action='/work-as'] input[name=name]").fill("Ann")
    tab.get_by_role("button", name="Go on as").click()
    tab.locator(".who-am-i >> text=Ann").wait_for()
    tab.get_by_role("link", name="1 disagreement").click()
    tab.locator(".readings").wait_for()
    tab.wait_for_load_state()
    readings = tab.locator(".readings button").all_inner_texts()
    assert ["Bo" in readings[0], "Cy" in readings[1]] == [True, True]
    tab.keyboard.press("2")
    tab.get_by_text("Nobody disagrees").wait_for()
    with project.open_project(path, writing=False) as found:
        assert project.coding(found, coding).position.stance == "oppose"
    tab.goto(f"{tab.home}/coders/corrected?coder=Bo")
    assert "opposes it" in tab.locator("#main").inner_text()


def test_without_scripts_a_person_can_review_too(browser, path):
    with (
        served(path) as address,
        tab_of(browser, address, java_script_enabled=False) as tab,
    ):
        tab.goto(f"{tab.home}/review?coding={ID}.0/0/entry/a0")
        tab.get_by_role("button", name="opposes").click()
        assert tab.locator(".flash").inner_text().startswith("Changed")
        tab.get_by_role("button", name="Undo").click()
        assert reviews(path) == {}
        tab.goto(f"{tab.home}/")
        tab.locator("#grid a[data-evidence]").first.click()
        assert "We want Isk" in tab.locator("#main").inner_text()


ROOMS = (
    *("/", "/review", "/articles", f"/articles/{ID}", "/search?words=Isk", "/changes", "/codebook"),
    *("/codebook/entry", "/actors", "/coders", "/sample", "/networks", "/history"),
    "/accept-all?above=0.5",
    *("/cell?who=Torvel&option=entry", "/history/2", "/actors/person:tam%20ruhl"),
)


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_room_scrolls_sideways(tab, width):
    tab.set_viewport_size({"width": width, "height": 800})
    for room in ROOMS:
        tab.goto(tab.home + room)
        assert tab.evaluate("document.documentElement.scrollWidth") == width, room


def test_dark_is_dark_and_readable(tab):
    tab.emulate_media(color_scheme="dark")
    for selector in ("body", ".rooms"):
        colour = tab.evaluate(
            "name => getComputedStyle(document.querySelector(name)).backgroundColor", selector
        )
        assert max(int(part) for part in colour[4:-1].split(",")) < 60


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_in_any_room(tab, scheme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    tab.emulate_media(color_scheme=scheme)
    found = []
    for room in ROOMS:
        tab.goto(tab.home + room)
        tab.wait_for_load_state()
        for fault in Axe().run(tab).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                where = [node["html"][:160] for node in fault["nodes"][:3]]
                found.append((room, fault["id"], where))
    assert found == []


def test_nothing_moves_for_those_who_want_that(tab):
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(f"{tab.home}/articles/{ID}")
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('.run')).transitionDuration") == "0s"
    )
