"""Small databases of DNA for tests, invented."""

from __future__ import annotations

from whipcount.dna import Database
from whipcount.dna.database import (
    Coder,
    Document,
    Entity,
    Statement,
    StatementType,
    Variable,
)
from whipcount.dna.schema import APPEARANCE, PERMISSIONS

TEXT = "The ferry \U0001f6a2 is late. Marta Velt says the harbour must close. Ostrand disagrees."
HARBOUR = (TEXT.index("the harbour"), TEXT.index(" Ostrand"))
OSTRAND = (TEXT.index("Ostrand"), len(TEXT))


def settings(size: int, permission: int) -> tuple[tuple[str, int], ...]:
    """Return a coder's settings, with a font size and one permission for all."""
    looks = dict.fromkeys(APPEARANCE, 0) | {"FontSize": size, "PopupWidth": 300}
    return (*looks.items(), *((name, permission) for name in PERMISSIONS))


def small(**changes: object) -> Database:
    """Return a database with two types of statements, one that whipcount knows nothing of."""
    black = (0, 0, 0)
    plain = Variable(
        1,
        "person",
        "short text",
        ("Type", "Notes"),
        (
            Entity(1, "", black),
            Entity(2, "Marta Velt", (255, 0, 51), None, (("Type", "minister"), ("Notes", ""))),
            Entity(3, "M. Velt", black, 2),
        ),
    )
    group = Variable(2, "organization", "short text", (), (Entity(4, ""), Entity(5, "Ostrand")))
    concept = Variable(
        3, "concept", "short text", ("Label",), (Entity(6, ""), Entity(7, "close the harbour"))
    )
    agreement = Variable(4, "agreement", "boolean")
    degree = Variable(5, "degree", "integer")
    mood = Variable(6, "mood", "short text", (), (Entity(8, ""), Entity(9, "stormy")))
    note = Variable(7, "note", "long text")
    database = {
        "coders": (
            Coder(1, "Admin", (255, 255, 0), "x", settings(14, 1)),
            Coder(2, "Ida", (0, 9, 0), "y", settings(12, 0)),
        ),
        "documents": (
            Document(1, "Ferries", TEXT, 2, "Ann Orr", "The Courier", "news", "", "web", 1000000),
            Document(4, "Nothing coded", "No words.", None, "", "", "", "a note", "", -86400),
        ),
        "types": (
            StatementType(1, "DNA Statement", (9, 9, 9), (plain, group, concept, agreement)),
            StatementType(2, "Weather", (1, 2, 3), (degree, mood, note)),
        ),
        "statements": (
            Statement(
                1, 1, 1, *HARBOUR, 2, ((1, "Marta Velt"), (2, ""), (3, "close the harbour"), (4, 1))
            ),
            Statement(
                2, 1, 1, *OSTRAND, 2, ((1, ""), (2, "Ostrand"), (3, "close the harbour"), (4, 0))
            ),
            Statement(3, 2, 1, 0, 9, 1, ((5, -3), (6, "stormy"), (7, "a long\nnote"))),
        ),
        "regexes": (("harbo.r", (1, 1, 1)),),
        "relations": ((1, 2, 1, 0, 1, 0),),
        "links": ((1, 2),),
    }
    return Database(**{**database, **changes})  # type: ignore[arg-type]
