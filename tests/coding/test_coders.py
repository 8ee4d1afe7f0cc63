"""Coders are found by name through their entry point."""

from __future__ import annotations

import pytest

from whipcount.coding import DEFAULT_CODER, coders, load_coder
from whipcount.errors import ModelError


def test_ours_is_among_the_coders() -> None:
    assert DEFAULT_CODER in coders()
    assert load_coder("lexical").name == "lexical"


def test_an_unknown_coder_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match="lexical"):
        load_coder("oracle")
