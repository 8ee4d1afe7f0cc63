"""The picture of a network in a real browser: what is drawn, what time changes, what a click opens.

`tab_of` fails a test where the console isn't silent, which it isn't where the policy forbids
something, or where a request leaves the machine.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.in_browser import CHROMIUM, NEEDED, QUIET, served, tab_of
from whipcount.app.network_choices import PAGE
from whipcount.cli import main
from whipcount.networks import NetworkOptions, network, to_edges
from whipcount.networks.sources import read_coded_statements

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not NEEDED, reason="no chromium here: apt-get install chromium"
)
PACT = Path(__file__).parents[2] / "examples" / "pact"
CY = "document.getElementById('stage')._cyreg.cy"
DRAWN = (
    f"(() => {{ const cy = {CY}; return {{"
    "nodes: cy.nodes('.spot').not('.gone').map(one => one.data('label')).sort(),"
    "loose: cy.nodes('.loose').map(one => one.data('label')),"
    "ties: cy.edges().map(one => [one.source().data('label'), one.target().data('label'), "
    "one.data('weight'), one.style('line-style'), one.style('line-color')]),"
    "places: Object.fromEntries(cy.nodes('.spot').map(one => [one.id(), one.renderedPosition()]))"
    "}; })()"
)


@pytest.fixture(scope="module")
def pact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("networks") / "pact.whip"
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


@pytest.fixture
def tab(browser, pact: Path) -> Iterator[object]:
    with served(pact) as address, tab_of(browser, address) as tab:
        go(tab, "/networks")
        yield tab


def go(tab, place: str) -> None:
    tab.goto(tab.home + place)
    tab.locator("#stage canvas").first.wait_for()


def arrived(tab, words: str) -> None:
    """Wait until the page and its picture are of some days."""
    tab.locator(".lead", has_text=words).wait_for()
    tab.wait_for_function(
        "() => document.querySelector('#picture #stage') !== null && "
        f"{CY}.edges().length === JSON.parse(document.getElementById('picture').dataset.network)"
        ".ties.length"
    )


def place_of(tab, node: str) -> tuple[float, float]:
    """Return where a node is on the screen."""
    at = tab.evaluate(f"id => {CY}.getElementById(id).renderedPosition()", node)
    tab.locator("#stage").scroll_into_view_if_needed()
    box = tab.locator("#stage").bounding_box()
    return box["x"] + at["x"], box["y"] + at["y"]


def expected(pact: Path, **options: object) -> set[tuple[str, str, float]]:
    found = network(read_coded_statements(pact), NetworkOptions(**options))
    return set(to_edges(found))


def test_the_debates_nodes_and_ties_are_drawn(tab, pact):
    drawn = tab.evaluate(DRAWN)
    found = network(read_coded_statements(pact), NetworkOptions(aggregation="subtract"))
    assert drawn["nodes"] == sorted([*found.rows, *found.columns])
    assert {tuple(one[:3]) for one in drawn["ties"]} == set(to_edges(found))
    styles = {(one[2] > 0): tuple(one[3:]) for one in drawn["ties"]}
    assert [styles[True][0], styles[False][0]] == ["solid", "dashed"]
    assert styles[True][1] != styles[False][1]


def test_the_slider_changes_the_picture_and_moves_no_node(tab, pact):
    before = tab.evaluate(DRAWN)
    stage = tab.evaluate_handle("document.getElementById('stage')")
    tab.locator("#day").fill("2031-04-20")
    arrived(tab, "20 April 2031")
    after = tab.evaluate(DRAWN)
    table = read_coded_statements(pact)
    from datetime import datetime  # noqa: PLC0415

    options = NetworkOptions(aggregation="subtract", stop=datetime(2031, 4, 20, 23, 59, 59))
    assert {tuple(one[:3]) for one in after["ties"]} == set(to_edges(network(table, options)))
    assert set(after["nodes"]) < set(before["nodes"])
    assert after["places"] == before["places"]
    assert tab.evaluate("one => one === document.getElementById('stage')", stage)
    tab.keyboard.press("Escape")
    tab.locator("#slot").focus()
    for _ in range(3):
        tab.keyboard.press("ArrowLeft")
    arrived(tab, "17 April 2031")
    assert tab.evaluate("document.activeElement.id") == "slot"


def test_the_step_keys_go_to_days_on_which_something_was_said(tab):
    tab.locator("#day").fill("2031-04-20")
    arrived(tab, "20 April 2031")
    days = tab.locator("#slot").get_attribute("data-moves").split()
    tab.locator("#main").focus()
    tab.keyboard.press("[")
    before = max(day for day in days if day < "2031-04-20")
    tab.wait_for_function("day => document.getElementById('day').value === day", arg=before)


def test_a_window_of_days_counts_only_those(tab, pact):
    tab.locator("#day").fill("2031-04-20")
    arrived(tab, "20 April 2031")
    tab.locator("#choose-length").select_option("30")
    arrived(tab, "of the 30 days until")
    command = tab.locator("#command").inner_text()
    assert "--from 2031-03-22 --to 2031-04-20" in command


def test_play_goes_on_by_itself_until_it_is_stopped(tab):
    tab.locator("#play").click()
    tab.locator("#play[aria-pressed=true]").wait_for()
    tab.wait_for_function("() => Number(document.getElementById('slot').value) > 5")
    shown = tab.evaluate(DRAWN)["nodes"]
    tab.keyboard.press("p")
    tab.locator("#play[aria-pressed=false]").wait_for()
    assert shown
    assert tab.locator("#slot").input_value() != tab.locator("#slot").get_attribute("max")


def test_a_click_on_a_node_shows_its_statements_and_one_more_the_article(tab):
    tab.mouse.click(*place_of(tab, "row Dorland"))
    drawer = tab.locator("#drawer")
    drawer.locator("h2", has_text="Dorland").wait_for()
    links = drawer.get_by_role("link", name="Read it in the article")
    statement = re.search(r"#s-(.*)$", links.first.get_attribute("href"))[1]
    quote = drawer.locator(".said blockquote").first.inner_text()
    links.first.click()
    tab.locator(f"#s-{statement.replace('.', chr(92) + '.')}.chosen").wait_for()
    assert quote.split()[-1] in tab.locator(".run.chosen.content").first.inner_text()


FREE = (
    f"() => {{ const cy = {CY}; const spots = cy.nodes('.spot').map(one => one.renderedPosition());"
    "const middles = cy.edges().map(one => { const [a, b] = [one.source(), one.target()].map("
    "end => end.renderedPosition()); return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, "
    "row: one.source().data('label'), column: one.target().data('label'), a, b }; });"
    "const far = (p, q) => Math.hypot(p.x - q.x, p.y - q.y);"
    "const off = (p, line) => { const [x, y] = [line.b.x - line.a.x, line.b.y - line.a.y];"
    "const t = Math.max(0, Math.min(1, ((p.x - line.a.x) * x + (p.y - line.a.y) * y) / "
    "(x * x + y * y))); return far(p, { x: line.a.x + t * x, y: line.a.y + t * y }); };"
    "const room = (one) => Math.min(...spots.map(spot => far(one, spot)), ...middles.filter("
    "other => other !== one).map(other => off(one, other)));"
    "return middles.sort((one, other) => room(other) - room(one))[0]; }"
)
"""The tie whose middle is farthest from all else that could be hit."""


def test_a_click_on_a_tie_shows_what_makes_it(tab, pact):
    tie = tab.evaluate(FREE)
    x, y = place_of(tab, f"row {tie['row']}")
    tab.mouse.click(
        x + (tie["b"]["x"] - tie["a"]["x"]) / 2, y + (tie["b"]["y"] - tie["a"]["y"]) / 2
    )
    drawer = tab.locator("#drawer")
    drawer.locator("h2", has_text=f"{tie['row']} on {tie['column']}").wait_for()
    table = read_coded_statements(pact)
    columns = [table.column(name) for name in ("organization", "concept", "agreement")]
    said = [
        [column.labels[column.codes[place]] for column in columns]
        for place in range(len(table))
        if all(column.codes[place] >= 0 for column in columns)
    ]
    behind = [one for one in said if one[:2] == [tie["row"], tie["column"]]]
    assert drawer.locator(".said .who").count() == len(behind) >= 1


def test_pointing_at_a_node_ties_it_to_its_neighbours(tab, pact):
    ties = expected(pact, aggregation="subtract")
    tab.mouse.move(*place_of(tab, "column road-map"))
    tab.locator("#about", has_text="road-map:").wait_for()
    words = tab.locator("#about").inner_text()
    ties = {row: weight for row, column, weight in ties if column == "road-map"}
    first = max(sorted(ties), key=ties.__getitem__)
    assert f"For it, on balance: {first} ({ties[first]:.0f})" in words
    bright = tab.evaluate(f"{CY}.nodes('.spot').not('.dim').map(one => one.data('label')).sort()")
    tied = tab.evaluate(
        f"{CY}.getElementById('column road-map').neighborhood('.spot').map(one => "
        "one.data('label'))"
    )
    assert bright == sorted([*tied, "road-map"])
    tab.mouse.move(5, 5)
    tab.wait_for_function(f"() => {CY}.elements('.dim').length === 0")


def test_the_picture_is_walked_and_read_by_keyboard_alone(tab):
    tab.locator("#stage").focus()
    tab.keyboard.press("ArrowRight")
    tab.locator("#about", has_text="membership:").wait_for()
    tab.keyboard.press("ArrowRight")
    first = tab.locator("#about").inner_text().partition(":")[0]
    assert first != "membership"
    tab.keyboard.press("Enter")
    tab.locator("#drawer h2", has_text=first).wait_for()
    tab.keyboard.press("Escape")
    tab.wait_for_function("() => document.activeElement.id === 'stage'")
    tab.keyboard.press("+")
    assert tab.evaluate(f"{CY}.zoom()") > 0
    tab.keyboard.press("Escape")
    tab.wait_for_function(f"() => {CY}.elements('.dim').length === 0")


def boxes(tab) -> list[dict[str, float]]:
    return tab.evaluate(
        f"{CY}.nodes('.name').not('.unnamed').map(one => one.renderedBoundingBox({{"
        "includeOverlays: false, includeNodes: false}))"
    )


@pytest.mark.parametrize("size", [(1280, 900), (375, 740)])
@pytest.mark.parametrize("place", ["/networks", "/networks?mode=one&aggregation=congruence"])
def test_names_lie_on_no_other_name(tab, size, place):
    tab.set_viewport_size({"width": size[0], "height": size[1]})
    go(tab, place)
    found = boxes(tab)
    assert len(found) >= 12
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            across = min(one["x2"], other["x2"]) - max(one["x1"], other["x1"])
            along = min(one["y2"], other["y2"]) - max(one["y1"], other["y1"])
            assert across < 5 or along < 5, "the boxes have some air of their own"


def test_colours_are_the_schemes_and_change_with_it(tab):
    ties = {one[4] for one in tab.evaluate(DRAWN)["ties"]}
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_function(
        f"old => !old.includes({CY}.edges()[0].style('line-color'))", arg=sorted(ties)
    )
    tab.locator("#colour").select_option("stance")
    letters = set(tab.evaluate(f"{CY}.nodes('.spot').map(one => one.style('label'))"))
    assert letters <= {"+", "−", "±"}
    assert {"+", "−"} <= letters


def test_another_kind_is_chosen_and_its_table_is_the_commands(tab, capsys):
    tab.get_by_role("link", name="Who agrees").click()
    arrived(tab, " nodes, ")
    tab.locator("#all-choices summary").click()
    tab.locator("#choose-duplicates").focus()
    tab.locator("#choose-duplicates").select_option("document")
    tab.wait_for_function("() => location.search.includes('duplicates=document')")
    arrived(tab, " nodes, ")
    assert tab.locator("#all-choices").get_attribute("open") is not None
    assert tab.evaluate("document.activeElement.id") == "choose-duplicates"
    found = set()
    while True:
        for row in tab.locator("table.ties tbody tr").all():
            cells = row.locator("td")
            found.add(
                (
                    *cells.nth(0).all_inner_texts(),
                    *cells.nth(1).all_inner_texts(),
                    float(cells.nth(2).get_attribute("title")),
                )
            )
        more = tab.get_by_role("link", name="Weaker ties")
        if not more.count():
            break
        before = tab.locator("#ties h2").inner_text()
        more.click()
        tab.wait_for_function(
            "words => document.querySelector('#ties h2').innerText !== words", arg=before
        )
    words = shlex.split(tab.locator("#command").inner_text())
    assert main([*words[1:], "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)["networks"][0]
    assert found == {
        (printed["rows"][row], printed["columns"][column], weight)
        for row, column, weight in printed["ties"]
        if row < column
    }


def test_without_scripts_there_are_the_same_ties_and_choices(browser, pact):
    with (
        served(pact) as address,
        tab_of(browser, address, java_script_enabled=False) as tab,
    ):
        tab.goto(f"{tab.home}/networks")
        made(tab)
        assert tab.get_by_text("The picture needs scripts").is_visible()
        ties = expected(pact, aggregation="subtract")
        assert tab.locator("table.ties tbody tr").count() == min(len(ties), PAGE)
        tab.locator("#all-choices summary").click()
        tab.locator("#choose-mode").select_option("one")
        tab.get_by_role("button", name="Show").click()
        tab.wait_for_url("**/networks?*mode=one*")
        made(tab)
        assert tab.locator("h1").inner_text() == "Who agrees and who disagrees"
        tab.locator("table.ties td a", has_text="statements").first.click()
        tab.get_by_text("on what both speak of").wait_for()
        tab.get_by_role("link", name="Read it in the article").first.click()
        tab.locator("[data-text]").wait_for()


def made(tab) -> None:
    """Load the page again, as a person without scripts does, until the network is there."""
    tab.wait_for_load_state()
    while tab.locator("[data-again]").count():
        tab.reload()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_no_fault_with_a_picture_and_its_statements(tab, scheme, width):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 800})
    for place in ("/networks?day=2031-04-20&length=30", "/networks?nodes=6"):
        go(tab, place)
        tab.locator("#all-choices summary").click()
        assert tab.evaluate("document.documentElement.scrollWidth") == width
        assert faults(Axe().run(tab)) == []
    tab.locator("table.ties td a").first.click()
    tab.locator("#drawer .said").first.wait_for()
    tab.wait_for_function("() => document.getAnimations().length === 0")
    assert faults(Axe().run(tab)) == []


def faults(found) -> list[tuple[str, list[str]]]:
    return [
        (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found.response["violations"]
    ]


def test_nothing_fades_for_those_who_want_that(tab):
    durations = f"{CY}.nodes('.spot')[0].style('transition-duration')"
    assert tab.evaluate(durations) != "0s"
    tab.emulate_media(reduced_motion="reduce")
    tab.wait_for_function(f"() => parseFloat({durations}) === 0")
