"""Every kind of request that the review page answers, each with something of a project to ask for.

`pages` are those that change nothing, `changes` those that do: each is made of what the project
holds at that moment, so that it really changes something, and undone where what it does is large.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from benchmarks.made_up import BOB, BY, MEMBERS, WORDS
from whipcount import project
from whipcount.model import Statement
from whipcount.project import Coding, Project

Values = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A kind of change: what is sent to `/do/NAME`, where it leads, and whether it is undone.

    `who` makes it. `times` is how often it is measured.
    """

    name: str
    action: str
    values: Callable[[Project], Values]
    then: str = "/review"
    undone: bool = False
    who: str = BY.who
    times: int = 10


def pages(opened: Project) -> dict[str, str]:
    """Return the address of each kind of page, by what a person would call it."""
    articles = _articles(opened)
    (longest,) = opened.connection.execute(
        "SELECT article FROM statements WHERE until IS NULL GROUP BY article "
        "ORDER BY COUNT(*) DESC LIMIT 1"
    ).fetchone()
    member, option = MEMBERS[3], "road-map"
    person = _most(opened, "person")
    state = _most(opened, "state")
    middle, last = articles[len(articles) // 2], articles[-60 if len(articles) > 60 else 0]
    (row,) = opened.connection.execute("SELECT MAX(row) / 2 FROM statements").fetchone()
    (coding,) = opened.connection.execute(
        "SELECT key FROM codings WHERE option = ? AND until IS NULL ORDER BY key DESC "
        "LIMIT 1 OFFSET 100",
        (option,),
    ).fetchone() or ("",)
    after = {"after": str(row)}
    found: dict[str, str] = {
        "board": "/",
        "board, another day": "/?day=2032-03-03",
        "board, a day never asked for": "/?day=2032-TURN-09",
        "evidence of a cell": f"/cell?who={member}&option={option}",
        "evidence of a cell set by hand": f"/cell?who={MEMBERS[0]}&option=membership",
        "evidence of a cell, another day": f"/cell?day=2032-03-03&who={member}&option={option}",
        "verdicts beside": "/verdicts",
        "review": "/review",
        "review on an option": f"/review?option={option}",
        "review, a coding": f"/review?coding={quote(coding)}",
        "review, in the longest article": f"/review?coding={quote(_coding_in(opened, longest))}",
        "accept all, preview": "/accept-all?above=0.9",
        "accept all, preview of nearly all": "/accept-all?above=0",
        "accept all, preview of an option": f"/accept-all?above=0.5&option={option}",
        "articles": "/articles",
        "articles, half-way": f"/articles?after={middle}",
        "articles, the last": f"/articles?after={last}",
        "an article": f"/articles/{middle}",
        "the longest article": f"/articles/{longest}",
        "search, nothing asked": "/search",
        "search, half-way": f"/search?{urlencode(after)}",
        "search, a common word": f"/search?words={WORDS[7]}",
        "search, a common beginning": "/search?words=over*",
        "search, its next page": f"/search?{urlencode(after | {'words': 'over*'})}",
        "search, a rare phrase": f"/search?words=%22{WORDS[0]}+{WORDS[1]}+{WORDS[2]}%22",
        "search, no such word": "/search?words=zebra",
        "search by speaker": f"/search?speaker={member}",
        "search by speaker and option": f"/search?speaker={member}&option={option}",
        "search by option": f"/search?option={option}",
        "search by date": "/search?first=2033-12-01&last=2033-12-20",
        "search by all of it": f"/search?words=over*&speaker={member}&option={option}"
        "&first=2033-06-01&last=2033-12-20",
        "changes": "/changes",
        "changes of some days": "/changes?first=2032-01-01&last=2032-03-01",
        "codebook": "/codebook",
        "an option": f"/codebook/{option}",
        "an option, a later page": f"/codebook/{option}?after={quote(coding)}",
        "actors": "/actors",
        "actors, a later page": f"/actors?after={quote(person)}",
        "actors by name": "/actors?words=Frost",
        "an actor, a person": f"/actors/{quote(person)}",
        "an actor, a state": f"/actors/{quote(state)}",
        "history": "/history",
        "history, a later page": "/history?before=200",
        "history of a person": f"/history?who={BOB.who}",
        "a change": "/history/3",
        "coders": "/coders",
        "disagreements": "/coders/disagreements",
        "what was corrected": f"/coders/corrected?coder={BOB.who}",
        "networks": "/networks",
    }
    questions = {
        "overview": "",
        "articles": "limit=200",
        "article": f"article={longest}",
        "coding": f"coding={quote(coding)}",
        "queue": "limit=200",
        "search": "words=over*&limit=200",
        "actors": "limit=200",
        "quotations": f"option={option}&limit=200",
        "preview": f"option={option}",
        "acceptable": "above=0.5",
        "disagreements": "limit=200",
        "history": "limit=200",
    }
    return found | {f"API: {name}": f"/api/{name}?{given}" for name, given in questions.items()}


def changes(opened: Project) -> Iterator[Change]:
    """Yield each kind of change, the small ones first."""
    (longest,) = opened.connection.execute(
        "SELECT article FROM statements WHERE until IS NULL GROUP BY article "
        "ORDER BY COUNT(*) DESC LIMIT 1"
    ).fetchone()
    yield Change("accept", "accept", _coding)
    yield Change("accept, blind", "accept", lambda debate: _coding(debate, BOB.who), who=BOB.who)
    yield Change("stance", "change", lambda debate: _coding(debate) | {"stance": "abstain"})
    yield Change("option", "change", lambda debate: _coding(debate) | {"option": "observers"})
    yield Change("hedged", "change", lambda debate: _coding(debate) | {"strength": "hedged"})
    yield Change("actor", "change", _other_actor)
    yield Change("no position", "delete", _coding)
    yield Change("take one's own back", "withdraw", _own)
    yield Change("add a coding", "add-coding", _new_coding)
    yield Change("mark words", "remark", lambda debate: _words(debate) | {"part": "content"})
    yield Change("mark words by writing", "remark-words", _written)
    yield Change("split off", "split-off", _words)
    yield Change("split", "split", _halves)
    yield Change("add a statement", "add-statement", _new_statement)
    yield Change(
        "add one to the longest article",
        "add-statement",
        lambda debate: _new_statement(debate, longest),
        f"/articles/{longest}",
    )
    yield Change("delete a statement", "delete-statement", _statement)
    yield Change("add an actor", "add-actor", _actor)
    yield Change("enter a position", "enter", _entry, "/")
    yield Change("withdraw an entry", "withdraw-entry", _entered, "/")
    yield Change("override a cell", "override", _override, "/")
    yield Change("lift it", "lift", _overridden, "/")
    yield Change("undo the last", "undo-last", lambda _: {})
    yield Change("undo a change", "undo", _last, "/history")
    yield Change("decide between coders", "adjudicate", _between, "/coders/disagreements")
    yield Change("a coder", "add-coder", _coder, "/coders")
    yield Change("a role", "set-role", _role, "/actors")
    yield Change("part an actor", "split-actor", _apart, "/actors", undone=True, times=3)
    yield Change("join two people", "merge-actors", _people, "/actors", undone=True, times=3)
    yield Change("join two states", "merge-actors", _states, "/actors", undone=True, times=3)
    yield Change("another label", "rename-option", _label, "/codebook", undone=True, times=3)
    yield Change("split an option", "split-option", _some, "/codebook", undone=True, times=3)
    yield Change("rename an option", "rename-option", _rename, "/codebook", undone=True, times=3)
    yield Change("merge two options", "merge-options", _merge, "/codebook", undone=True, times=3)
    yield Change("accept all above 0.9", "accept-all", lambda _: {"above": "0.9"}, undone=True,
                 times=3)  # fmt: skip
    yield Change("accept all", "accept-all", lambda _: {"above": "0"}, undone=True, times=3)


def _articles(opened: Project) -> list[str]:
    return [
        key
        for (key,) in opened.connection.execute(
            "SELECT key FROM articles WHERE until IS NULL ORDER BY published, key"
        )
    ]


def _most(opened: Project, kind: str) -> str:
    """Return the name key of a kind that most statements are of."""
    (found,) = opened.connection.execute(
        "SELECT named FROM said WHERE named LIKE ? GROUP BY named ORDER BY COUNT(*) DESC, named "
        "LIMIT 1",
        (f"{kind}:%",),
    ).fetchone()
    return str(found)


def _coding_in(opened: Project, article: str) -> str:
    return project.codings(opened, article)[5].id


def _next(opened: Project, who: str = "") -> Coding:
    (item,) = project.next_items(opened, coder=who)
    return item.coding


def _coding(opened: Project, who: str = "") -> Values:
    return {"coding": _next(opened, who).id}


def _any_statement(opened: Project) -> Statement:
    """Return a statement that nobody has marked, another after each change."""
    ((most,),) = opened.connection.execute("SELECT MAX(row) FROM statements").fetchall()
    (key,) = opened.connection.execute(
        "SELECT key FROM statements WHERE row > ? AND until IS NULL AND deleted = 0 AND coder = '' "
        "ORDER BY row LIMIT 1",
        (7919 * project.last_change(opened) % (most // 2),),
    ).fetchone()
    return project.statement(opened, key)


def _statement(opened: Project) -> Values:
    return {"statement": _any_statement(opened).id}


def _other_actor(opened: Project) -> Values:
    coding = _next(opened)
    known = project.actors_in(opened, coding.statement.id.rpartition(".")[0])
    return {"coding": coding.id, "actor": list(known)[-1]}


def _own(opened: Project) -> Values:
    (key,) = opened.connection.execute(
        "SELECT coding FROM reviews WHERE coder = ? AND until IS NULL AND adjudicates = 0 "
        "ORDER BY row DESC LIMIT 1",
        (BY.who,),
    ).fetchone()
    return {"coding": key}


def _new_coding(opened: Project) -> Values:
    return _statement(opened) | {"option": "observers", "stance": "abstain"}


def _words(opened: Project) -> Values:
    """Return half of a statement's words, to mark or to split off."""
    statement = _any_statement(opened)
    (piece,) = statement.content[:1]
    half = [(piece.start + piece.end) // 2, piece.end]
    return {"statement": statement.id, "span": json.dumps(half)}


def _written(opened: Project) -> Values:
    statement = _any_statement(opened)
    words = statement.quote[: len(statement.quote) // 2]
    return {"statement": statement.id, "part": "content", "words": words}


def _halves(opened: Project) -> Values:
    statement = _any_statement(opened)
    (piece,) = statement.content[:1]
    middle = (piece.start + piece.end) // 2
    contents = [[[piece.start, middle]], [[middle, piece.end]]]
    return {"statement": statement.id, "contents": json.dumps(contents)}


def _new_statement(opened: Project, article: str = "") -> Values:
    (number,) = opened.connection.execute(
        "SELECT COUNT(*) FROM statements WHERE coder <> ''"
    ).fetchone()
    article = article or _any_statement(opened).id.rpartition(".")[0]
    return {"article": article, "content": json.dumps([[20, 40 + number]])}


def _actor(opened: Project) -> Values:
    article = _next(opened).statement.id.rpartition(".")[0]
    name = f"Somebody {project.last_change(opened)}"
    return {"article": article, "name": name, "kind": "person"}


def _entry(opened: Project) -> Values:
    note = f"call {project.last_change(opened)}"
    return {"name": MEMBERS[2], "option": "treaty", "stance": "oppose", "date": "2033-05-05",
            "note": note}  # fmt: skip


def _entered(opened: Project) -> Values:
    return {"entry": project.entries(opened)[-1].id}


def _override(opened: Project) -> Values:
    member = MEMBERS[10 + project.last_change(opened) % 20]
    return {"member": member, "option": "treaty", "stand": "yes", "day": "2033-01-01",
            "reason": f"was told {project.last_change(opened)}"}  # fmt: skip


def _overridden(opened: Project) -> Values:
    one = project.overrides(opened)[-1]
    return {"member": one.member, "option": one.option}


def _last(opened: Project) -> Values:
    for one in project.history(opened, who=BY.who, limit=200):
        if not one.undone_by and one.what in ("accept", "change"):
            return {"changes": str(one.number)}
    raise AssertionError("there is something to undo")


def _between(opened: Project) -> Values:
    (one,) = project.disagreements(opened, limit=1).items
    return {"coding": one.id, "review": one.reviews[0].id}


def _coder(opened: Project) -> Values:
    return {"name": f"Coder {project.last_change(opened)}", "blind": "true"}


def _role(opened: Project) -> Values:
    words = f"envoy {project.last_change(opened)}"
    return {"actor": _most(opened, "person"), "role": words, "first": "2031-01-01"}


def _apart(opened: Project) -> Values:
    return {"actor": f"{_articles(opened)[0]}.a0"}


def _people(opened: Project) -> Values:
    found = project.actors(opened, "Frost", limit=2).items
    return {"actor": found[0].id, "into": found[1].id}


def _states(opened: Project) -> Values:
    found = [one for one in project.actors(opened, "mark", limit=50).items if one.kind == "state"]
    return {"actor": found[0].id, "into": found[1].id}


def _label(opened: Project) -> Values:
    label = f"Another label {project.last_change(opened)}"
    return {"option": "treaty", "id": "treaty", "label": label}


def _some(opened: Project) -> Values:
    ids = [one.id for one in project.quotations(opened, "treaty", limit=30).items]
    return {"option": "treaty", "new": "annex", "label": "An annex", "codings": [*ids]}


def _rename(_: Project) -> Values:
    return {"option": "road-map", "id": "plan", "label": "Ostrand is given a plan"}


def _merge(_: Project) -> Values:
    return {"option": "road-map", "into": "membership"}
