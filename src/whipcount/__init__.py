"""whipcount reads the news about a decision and tells where every member of the body stands.

The functions mirror the commands: `read`, `statements`, `code`, `count`, `changes` and
`actors_of` (`whipcount.pipeline` and `whipcount.counted_pages` have what each takes); they give the
immutable types of `whipcount.model`. Everything is loaded when it is first used, so that importing
the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whipcount.actors import Directory, load_directory
    from whipcount.bodies import load_body
    from whipcount.coding import load_issue
    from whipcount.counted_pages import changes, count
    from whipcount.errors import (
        ActorsError,
        BodyError,
        CountError,
        IssueError,
        ModelError,
        PageError,
        ProjectError,
        VotesError,
        WhipcountError,
    )
    from whipcount.model import (
        Actor,
        Article,
        Attributed,
        Body,
        Cell,
        Change,
        Coded,
        Issue,
        Joined,
        Member,
        Option,
        Other,
        Position,
        Probability,
        RollCall,
        Span,
        Statement,
        Tally,
        Timeline,
        Turn,
        Verdict,
        WhipCount,
    )
    from whipcount.pipeline import actors_of, code, read, statements
    from whipcount.roll_calls import read_roll_calls

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "ActorsError",
    "Article",
    "Attributed",
    "Body",
    "BodyError",
    "Cell",
    "Change",
    "Coded",
    "CountError",
    "Directory",
    "Issue",
    "IssueError",
    "Joined",
    "Member",
    "ModelError",
    "Option",
    "Other",
    "PageError",
    "Position",
    "Probability",
    "ProjectError",
    "RollCall",
    "Span",
    "Statement",
    "Tally",
    "Timeline",
    "Turn",
    "Verdict",
    "VotesError",
    "WhipCount",
    "WhipcountError",
    "__version__",
    "actors_of",
    "changes",
    "code",
    "count",
    "load_body",
    "load_directory",
    "load_issue",
    "read",
    "read_roll_calls",
    "statements",
]

_FUNCTIONS = {
    "Directory": "actors",
    "actors_of": "pipeline",
    "changes": "counted_pages",
    "code": "pipeline",
    "count": "counted_pages",
    "load_body": "bodies",
    "load_directory": "actors",
    "load_issue": "coding",
    "read": "pipeline",
    "read_roll_calls": "roll_calls",
    "statements": "pipeline",
}


def __getattr__(name: str) -> object:
    """Return a public name from the module that has it, loaded now (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'whipcount' has no attribute {name!r}")
    home = _FUNCTIONS.get(name) or ("errors" if name.endswith("Error") else "model")
    found: object = getattr(importlib.import_module(f"whipcount.{home}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names, those not loaded yet too."""
    return sorted(__all__)
