"""For whom somebody speaks: from roles, and from what a group is said to belong to.

A minister speaks for the state, a spokesman for the institution, a deputy for himself where the
body's members are people, else for the party or chamber that is named; who held an office once, or
may hold it, or knows about it, for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from whipcount.actors.claims import Claim, Mention, Tie
from whipcount.actors.directory import Known
from whipcount.actors.gazetteer import Entry, Gazetteer
from whipcount.actors.lexicon import Lexicon

PARTISAN = frozenset(
    [
        "party",
        "opposition",
        "campaign",
        "union",
        "committee",
        "group",
        "caucus",
        "faction",
        "shadow",
    ]
)
"""Words within a role that keep it from being the state's: the Polish party leader."""


HEADS_OF_STATE = frozenset(
    ("president", "premier", "prime minister", "chancellor", "king", "queen")
)
"""Roles whose holders are their state's rather than their party's."""


def best_claim(claims: Sequence[Claim], lexicon: Lexicon) -> Claim:
    """Return the role by which a person is known in an article, with the affiliation.

    What is held today before what was or may be held, what speaks for somebody before what
    doesn't; what one mention says of a role completes what another says. A role that is once
    called former is former everywhere in the article.
    """
    gone = {claim.head for claim in claims if claim.status & (lexicon.gone | lexicon.not_yet)}
    roles = [claim for claim in claims if claim.role]
    if not roles:
        tied = [claim for claim in claims if claim.tie is not None]
        return tied[0] if tied else Claim()
    order = {"office": 0, "spokesperson": 0, "institution": 1, "delegate": 1, "nobody": 2, None: 3}

    def rank(claim: Claim) -> tuple[bool, int, bool]:
        return claim.head in gone, order[claim.role_class], claim.tie is None

    best = min(roles, key=rank)
    same = [claim for claim in roles if claim.head == best.head]
    fullest = max(same, key=lambda claim: len(claim.role))
    status = frozenset().union(*(claim.status for claim in same))
    tie = best.tie
    bodies = [c.tie for c in claims if not c.role and c.tie is not None and c.tie.entry is not None]
    if best.role_class is None and bodies:
        tie = bodies[0]  # the Reformist candidate who owns a circus
    if tie is None:
        private = ("nobody", None) if best.role_class == "office" else ()
        others = [
            claim.tie
            for claim in (*same, *claims)
            if claim.tie is not None
            and not (claim.role and claim.head != best.head and claim.role_class in private)
        ]  # a president who is somebody's brother is not that brother's
        tie = others[0] if others else None
    if tie is not None and best.role_class == "delegate" and tie.entry is not None:
        parties = [
            c.tie for c in claims if not c.role and c.tie is not None and c.tie.entry is None
        ]
        tie = parties[0] if parties else tie
    return replace(best, role=fullest.role, status=status, tie=tie)


def known_claims(
    known: Known, day: date | None, gazetteer: Gazetteer, lexicon: Lexicon
) -> tuple[Claim, ...]:
    """Return the offices of a directory's actor as of a day, those held first, past ones as former.

    Without a day there is no telling; none are returned.
    """
    if day is None:
        return ()
    found = [
        replace(claim, status=frozenset() if office.held(day) else frozenset({"former"}))
        for office, claim in zip(known.offices, ever_held(known, gazetteer, lexicon), strict=True)
        if office.held(day) or office.over(day)
    ]
    return tuple(sorted(found, key=lambda claim: bool(claim.status)))


def ever_held(known: Known, gazetteer: Gazetteer, lexicon: Lexicon) -> tuple[Claim, ...]:
    """Return all offices of a directory's actor, whenever they were held."""
    found = []
    for office in known.offices:
        words = office.role.lower().split(" of ")[0].split()
        heads = (" ".join(words[at:]) for at in range(len(words)))
        head = next((one for one in heads if lexicon.head(one)), words[-1])
        role_class = lexicon.head(head) or "office"
        found.append(Claim(office.role, head, role_class, tie=_tie(office.of, gazetteer)))
    return tuple(found)


def completed(
    claim: Claim,
    known: Known,
    offices: Sequence[Claim],
    gazetteer: Gazetteer,
    is_named: Callable[[str], bool],
) -> tuple[Claim, Claim]:
    """Return an article's claim of a known person, and the claim by which that person speaks.

    What a user wrote of an actor outweighs the article. What ships with the package fills in what
    the article leaves out: the state of an office, the party of one who holds none where the
    article names that party; it gives no role that the article doesn't. An office that is over by
    the article's day speaks for nobody.
    """
    held = [office for office in offices if not office.status]
    tie = _tie(known.affiliation, gazetteer)
    if known.own:
        shown = held[0] if held else claim
        shown = shown if tie is None else replace(shown, tie=tie)
        return shown, held[0] if held else shown
    if not is_named(known.affiliation):
        tie = None
    same = [office for office in offices if office.head == claim.head and claim.head]
    if same and claim.tie is None:
        claim = replace(claim, tie=same[0].tie)
    if same and same[0].status and _alike(claim.tie, same[0].tie):
        claim = replace(claim, status=claim.status | same[0].status)
    voice = claim
    speaks = held[0] if held and (not claim.role or claim.role_class == "nobody") else claim
    if not claim.role and claim.tie is None:
        claim = replace(claim, tie=held[0].tie if held else tie)
    elif claim.tie is None and not held and claim.head not in HEADS_OF_STATE:
        claim = replace(claim, tie=tie)
    return claim, speaks if speaks.role else voice


def _tie(words: str, gazetteer: Gazetteer) -> Tie | None:
    if not words:
        return None
    match = gazetteer.match(words)
    return Tie(words, match.entry if match is not None and match.how == "name" else None)


def _alike(one: Tie | None, other: Tie | None) -> bool:
    """Return whether two ties are to the same entry, or one of them isn't told."""
    if one is None or other is None or one.entry is None or other.entry is None:
        return True
    return one.entry.name == other.entry.name


def person_speaks_for(
    claim: Claim, gazetteer: Gazetteer, lexicon: Lexicon, of_person: Callable[[str], str]
) -> str:
    """Return whom a person with a role speaks for, empty where nobody.

    `of_person` gives whom a person named in a tie ("Velt's spokesman") speaks for, or his name.
    """
    tie = claim.tie
    if claim.status & (lexicon.gone | lexicon.not_yet | lexicon.against):
        return ""
    if tie is None or claim.role_class in (None, "nobody"):
        return ""
    if claim.role_class == "delegate":
        if tie.entry is None:
            return "" if tie.person else tie.words
        return "" if tie.entry.kind == "state" else tie.entry.name
    if tie.person:
        return of_person(tie.words)
    if tie.entry is None:
        return tie.words
    if tie.entry.kind == "state":
        partisan = not PARTISAN.isdisjoint(claim.role.lower().split())
        return "" if partisan or claim.role_class == "institution" else tie.entry.name
    return institution_speaks_for(tie.entry, gazetteer)


def institution_speaks_for(entry: Entry, gazetteer: Gazetteer) -> str:
    """Return whose word an institution's is: a parliament's the state's, else its own."""
    if entry.kind == "state" or not entry.of:
        return entry.name
    state = gazetteer.match(entry.of)
    return entry.of if state is not None and state.entry.kind == "state" else entry.name


def group_speaks_for(
    mention: Mention, tie: Tie | None, gazetteer: Gazetteer, lexicon: Lexicon
) -> str:
    """Return whom a group, an unnamed official or a body speaks for, empty where nobody.

    Only where the words make them its people: Ukrainian officials, officials in Kyiv, NATO
    leaders, the Polish government; not Ukraine's backers, nor some NATO countries.
    """
    head = mention.unit.head
    if tie is None or mention.quantity == "some":
        return ""
    entry = tie.entry
    if mention.unit.kind == "role":
        return _of_role(mention, tie, gazetteer, lexicon)
    if lexicon.is_noun(head, "governing") and not mention.unit.plural:
        partisan = not PARTISAN.isdisjoint(mention.name.lower().split())
        return "" if partisan else _name(tie, gazetteer)
    if head in lexicon.beside or entry is None:
        return ""
    if lexicon.is_noun(head, "officials"):
        counted = mention.quantity == "several" and entry.kind != "state"
        return "" if counted else _name(tie, gazetteer)
    return ""


def _of_role(mention: Mention, tie: Tie, gazetteer: Gazetteer, lexicon: Lexicon) -> str:
    unit = mention.unit
    status = unit.status & (lexicon.gone | lexicon.not_yet | lexicon.against)
    if status or unit.role_class not in ("office", "spokesperson"):
        return ""
    if unit.head in ("counterpart", "colleague") and unit.plural:
        return ""
    partisan = not PARTISAN.isdisjoint(unit.words.lower().split())
    of_organisation = tie.entry is not None and tie.entry.kind != "state"
    if tie.entry is None and unit.plural:
        return ""
    if partisan or (unit.plural and mention.quantity == "several" and of_organisation):
        return ""
    return _name(tie, gazetteer)


def _name(tie: Tie, gazetteer: Gazetteer) -> str:
    if tie.entry is None:
        return "" if tie.person else tie.words
    return institution_speaks_for(tie.entry, gazetteer)
