"""Make the pictures of the review page in `docs/images`, from the example debate.

    python docs/make_images.py

Needs Debian's chromium and the extra `dev`. The pictures are of no test: fonts differ by machine.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from tests.app.in_browser import CHROMIUM, QUIET, served  # noqa: E402

from whipcount.cli import main  # noqa: E402

IMAGES = ROOT / "docs" / "images"
PACT = ROOT / "examples" / "pact"
SIZE = {"width": 1280, "height": 860}


def shoot(tab: object, name: str) -> None:
    """Write a picture of what a window shows, with 160 colours: half the bytes."""
    shown = Image.open(io.BytesIO(tab.screenshot()))
    shown.convert("RGB").quantize(160, dither=Image.Dither.NONE).save(
        IMAGES / f"{name}.png", optimize=True
    )


def make() -> None:
    """Write the pictures of board, review queue, reading pane and networks."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "pact.whip"
        main(["init", str(path), "--issue", str(PACT / "accession.toml")])
        main(["add", str(path), str(PACT / "pages")])
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with served(path) as address:
            home = address.partition("/?")[0]
            tab = chromium.new_context(viewport=SIZE).new_page()
            tab.goto(address)
            tab.locator("#grid").wait_for()
            tab.wait_for_timeout(500)
            shoot(tab, "board")
            tab.goto(f"{home}/review")
            tab.locator(".strip").wait_for()
            shoot(tab, "review")
            tab.goto(f"{home}/search?words=promise")
            tab.locator(".list .then a").first.click()
            tab.locator(".cards").wait_for()
            tab.wait_for_timeout(500)
            shoot(tab, "article")
            tab.goto(f"{home}/networks")
            tab.locator("#stage canvas").first.wait_for()
            tab.evaluate("scrollTo(0, 140)")
            tab.wait_for_timeout(800)
            shoot(tab, "networks")
        chromium.close()


if __name__ == "__main__":
    make()
