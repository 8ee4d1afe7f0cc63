"""The files that pages are made with: how many, of what kind, and whose."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from whipcount.app.templates_of import ASSETS

DOCS = Path(__file__).parents[2] / "docs"


def test_the_files_that_are_served_are_as_many_as_is_said(ann):
    said = (DOCS / "review.md").read_text(encoding="utf-8")
    assert len(ASSETS) == 13
    assert "Thirteen files are served: style and scripts" in said
    for name, (*_, kind) in ASSETS.items():
        answer = ann.get(f"/static/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == kind
    assert {kind for *_, kind in ASSETS.values()} == {"text/css", "text/javascript"}


def test_what_is_not_ours_is_as_its_makers_publish_it_with_its_licence():
    static = resources.files("whipcount.app") / "static"
    digest = hashlib.sha256((static / "cytoscape.esm.min.mjs").read_bytes()).hexdigest()
    assert digest in (DOCS / "design-notes.md").read_text(encoding="utf-8")
    licence = (static / "cytoscape.LICENSE.txt").read_text(encoding="utf-8")
    assert "Permission is hereby granted, free of charge" in licence
