"""What a stance weighs where a qualifier knows only yes and no: the one place for it.

DNA's agreement is a yes or a no. `support` is its yes and `oppose` its no; `conditional`,
`undecided` and `abstain` have no counterpart. They have no agreement unless somebody gives them
one: aggregations that compare agreement then pass their statements over, while `ignore` counts
them, for it asks who speaks of what. The stance itself is always a variable of its own, `stance`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from whipcount.errors import NetworkError
from whipcount.model import STANCES, Stance

Agreement = Literal["yes", "no", "leave-out"]

AGREEMENTS: Mapping[Stance, Agreement] = {
    "support": "yes",
    "oppose": "no",
    "conditional": "leave-out",
    "undecided": "leave-out",
    "abstain": "leave-out",
}
"""The agreement of each stance, where nobody says otherwise."""

NUMBERS: Mapping[Agreement, int | None] = {"yes": 1, "no": 0, "leave-out": None}
"""An agreement as DNA stores it; None is no value."""


def agreements(settings: Iterable[str]) -> Mapping[Stance, Agreement]:
    """Return the agreement of each stance, changed by settings such as `conditional=yes`.

    Raises NetworkError where a setting is none.
    """
    found = dict(AGREEMENTS)
    for setting in settings:
        stance, _, agreement = setting.partition("=")
        if stance not in STANCES or agreement not in get_args(Agreement):
            raise NetworkError(
                f"{setting!r} sets no stance's agreement; write such as conditional=yes: one of "
                f"{', '.join(STANCES)}, =, and {', '.join(get_args(Agreement))}"
            )
        found[stance] = agreement  # type: ignore[assignment]
    return found
