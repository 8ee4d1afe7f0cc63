"""Who is who across articles: joined by name, then by what people decided.

An actor of an article belongs to a name key (`person:ilsa torv`). A person may say that a name key,
or one article's actor, is another; and what role somebody held, from a day to a day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from whipcount.dates import first_day, is_date, last_day
from whipcount.errors import ProjectError
from whipcount.model import Actor, ActorKind
from whipcount.project.converting import actor_of, actor_values, name_key
from whipcount.project.files import name_in_directory
from whipcount.project.pages import Page, paged
from whipcount.project.rows import By, changing, digest, end, live, live_rows, put
from whipcount.project.store import Project


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody was from a day to a day, as a person entered it; empty where it is open."""

    id: str
    named: str
    role: str
    affiliation: str
    country: str
    speaks_for: str
    first: str
    last: str
    coder: str

    def held_on(self, iso: str) -> bool:
        """Return whether it was so on all days of a date; undated words are of any day."""
        if not iso:
            return not self.first and not self.last
        return (not self.first or first_day(iso) >= first_day(self.first)) and (
            not self.last or last_day(iso) <= last_day(self.last)
        )


@dataclass(frozen=True, slots=True)
class Named:
    """An actor across articles: its name key, and what the articles say of it.

    `merged` are the name keys and actor ids that people joined to it.
    """

    id: str
    name: str
    kind: str
    articles: int
    statements: int
    roles: tuple[Role, ...]
    merged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Belonging:
    """An article's actor that is one across articles, as the article names it.

    `joined_by` is the name key or actor id that a person joined, empty where it is by its name:
    what `split_actor` takes to part it again.
    """

    article: str
    actor: Actor
    joined_by: str


@dataclass(frozen=True, slots=True)
class Known:
    """What people decided about actors: whom a name key or an actor id is, and who was what."""

    same: Mapping[str, str]
    roles: Mapping[str, tuple[Role, ...]]
    names: Mapping[str, str]

    def key(self, actor: Actor) -> str:
        """Return the name key that an actor belongs to."""
        key = self.same.get(actor.id) or name_key(actor.kind, actor.name)
        seen = {key}
        while key in self.same and self.same[key] not in seen:
            key = self.same[key]
            seen.add(key)
        return key

    def resolved(self, actor: Actor, date: str) -> Actor:
        """Return an actor as people know it on a date."""
        if not self.same and not self.roles:
            return actor
        key = self.key(actor)
        if key != name_key(actor.kind, actor.name):
            kind = key.partition(":")[0]
            actor = replace(actor, name=self.names.get(key, actor.name), kind=_kind(kind))
        for role in self.roles.get(key, ()):
            if role.held_on(date):
                actor = replace(
                    actor,
                    role=role.role or actor.role,
                    affiliation=role.affiliation or actor.affiliation,
                    country=role.country or actor.country,
                    speaks_for=role.speaks_for or actor.speaks_for,
                )
        return actor


def known(project: Project) -> Known:
    """Return all that people decided about actors."""
    same = {key: row["is_named"] for key, row in live_rows(project, "same_actors")}
    found: dict[str, list[Role]] = {}
    for key, row in live_rows(project, "actor_roles"):
        found.setdefault(row["named"], []).append(Role(key, **row))
    names = {key: _name(project, key) for key in {*same.values()}}
    return Known(same, {key: tuple(some) for key, some in found.items()}, names)


def actors(project: Project, words: str = "", *, after: str = "", limit: int = 50) -> Page[Named]:
    """Return the actors whose name has these words, each once, in the order of their name keys."""
    decided = known(project)
    pattern = "%" + words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    joined = "SELECT key FROM same_actors WHERE until IS NULL"
    found = project.connection.execute(
        "SELECT DISTINCT named FROM actors WHERE until IS NULL AND named > ?1 AND name LIKE ?2 "
        f"ESCAPE '\\' AND named NOT IN ({joined}) UNION SELECT is_named FROM same_actors s WHERE "
        f"until IS NULL AND is_named > ?1 AND is_named NOT IN ({joined}) AND EXISTS (SELECT 1 FROM "
        "actors a WHERE a.named = s.key AND a.until IS NULL AND a.name LIKE ?2 ESCAPE '\\') "
        "ORDER BY 1 LIMIT ?3",
        (after, pattern, limit + 1),
    ).fetchall()
    page = paged([key for (key,) in found], limit, lambda key: key)
    return Page(tuple(_named(project, key, decided) for key in page.items), page.next)


def named(project: Project, key: str) -> Named | None:
    """Return the actor of a name key, with all that is joined to it; None where there is none."""
    decided = known(project)
    return _named(project, key, decided) if members_of(project, key) else None


def members_of(project: Project, key: str) -> tuple[Belonging, ...]:
    """Return the articles' actors that belong to a name key, by id."""
    decided = known(project)
    keys = {key, *_merged(decided, key)}
    marks = ", ".join("?" for _ in keys)
    found = []
    for id_, row in live_rows(
        project, "actors", f"named IN ({marks}) OR key IN ({marks})", (*keys, *keys)
    ):
        actor = actor_of(id_, row)
        if decided.key(actor) == key:
            joined_by = next((one for one in (id_, row["named"]) if one in decided.same), "")
            found.append(Belonging(row["article"], actor, joined_by))
    return tuple(found)


def _merged(decided: Known, key: str) -> tuple[str, ...]:
    """Return the name keys and actor ids that are joined to a name key, through others too."""
    found: list[str] = []
    todo = [key]
    while todo:
        more = sorted(one for one, other in decided.same.items() if other == todo[0])
        todo = [*todo[1:], *(one for one in more if one not in found)]
        found += [one for one in more if one not in found]
    return tuple(sorted(found))


def _named(project: Project, key: str, decided: Known) -> Named:
    keys = {key, *_merged(decided, key)}
    count = _count_of_name if len(keys) == 1 and not _has_parted(project, key) else _count_of_keys
    articles, said = count(project, keys)
    kind = key.partition(":")[0]
    roles_ = decided.roles.get(key, ())
    merged = _merged(decided, key)
    return Named(key, _name(project, key), kind, articles, said, roles_, merged)


def _has_parted(project: Project, key: str) -> bool:
    """Return whether people said of one article's actor of a name that it is somebody else."""
    found = project.connection.execute(
        "SELECT 1 FROM same_actors s JOIN actors a ON a.key = s.key AND a.until IS NULL "
        "WHERE s.until IS NULL AND a.named = ? LIMIT 1",
        (key,),
    )
    return found.fetchone() is not None


def _count_of_name(project: Project, keys: Collection[str]) -> tuple[int, int]:
    """Return in how many articles a name is, and how many statements it makes."""
    (key,) = keys
    found: tuple[int, int] = project.connection.execute(
        "SELECT (SELECT COUNT(DISTINCT article) FROM actors WHERE named = ?1 AND until IS NULL), "
        "(SELECT COUNT(DISTINCT statement) FROM said WHERE named = ?1)",
        (key,),
    ).fetchone()
    return found


def _count_of_keys(project: Project, keys: Collection[str]) -> tuple[int, int]:
    """Return the same of several names and actors; those that people parted aren't counted."""
    marks = ", ".join("?" for _ in keys)
    found: tuple[int, int] = project.connection.execute(
        "WITH mine AS MATERIALIZED (SELECT key, article FROM actors WHERE until IS NULL AND key "
        f"IN ({marks}) UNION SELECT key, article FROM actors WHERE until IS NULL AND named IN "
        f"({marks}) AND key NOT IN (SELECT key FROM same_actors WHERE until IS NULL)) "
        "SELECT (SELECT COUNT(DISTINCT article) FROM mine), (SELECT COUNT(DISTINCT statement) "
        "FROM mine JOIN said ON said.actor = mine.key)",
        (*keys, *keys),
    ).fetchone()
    return found


def merge_actors(project: Project, one: str, into: str, by: By) -> int | None:
    """Say that a name key, or one article's actor, is the actor of another name key.

    Raises ProjectError where `into` is no actor's name key, or is joined to `one` itself.
    """
    _check_known(project, one)
    if not project.connection.execute(
        "SELECT 1 FROM actors WHERE named = ?1 AND until IS NULL UNION ALL "
        "SELECT 1 FROM same_actors WHERE is_named = ?1 AND until IS NULL LIMIT 1",
        (into,),
    ).fetchone():
        raise ProjectError(f"{into!r} is no actor's name key; actors() lists them")
    decided = known(project)
    key = into
    while key in decided.same:
        key = decided.same[key]
    if one == key:
        raise ProjectError(f"{into!r} is joined to {one!r} already; split it first")
    with changing(project, by, "merge actors", one, note=key) as draft:
        put(draft, "same_actors", one, {"is_named": key, "coder": by.who})
    return draft.result


def split_actor(project: Project, one: str, by: By) -> int | None:
    """Take back that a name key or an actor is another; an article's actor stands by itself then.

    An actor id that no merge names is taken out of its name key: it gets one of its own.
    """
    _check_known(project, one)
    with changing(project, by, "split actors", one) as draft:
        if not end(draft, "same_actors", one):
            row = live(draft, "actors", one)
            if row is None:
                raise ProjectError(f"{one!r} is joined to nobody; name one of its actors' ids")
            alone = f"{row['named']} ({one})"
            put(draft, "same_actors", one, {"is_named": alone, "coder": by.who})
    return draft.result


def set_role(
    project: Project,
    key: str,
    by: By,
    *,
    role: str = "",
    affiliation: str = "",
    country: str = "",
    speaks_for: str = "",
    first: str = "",
    last: str = "",
) -> int | None:
    """Say what an actor was from a day to a day; empty days are open, empty words say nothing.

    With no words at all the role of these days is taken back. Raises ProjectError where a day is
    none, or nobody has that name key.
    """
    for day in (first, last):
        if day and not is_date(day):
            raise ProjectError(f"{day!r} is no day; write it as 2023-07-11")
    if first and last and last_day(last) < first_day(first):
        raise ProjectError(f"the role ends on {last}, before it begins on {first}")
    _check_known(project, key)
    row = f"{key}|{first}|{last}"
    with changing(project, by, "role", key) as draft:
        if not (role or affiliation or country or speaks_for):
            end(draft, "actor_roles", row)
        else:
            values = {
                "named": key,
                "role": role,
                "affiliation": affiliation,
                "country": country,
                "speaks_for": speaks_for,
                "first": first,
                "last": last,
                "coder": by.who,
            }
            put(draft, "actor_roles", row, values)
    return draft.result


def roles(project: Project, key: str) -> tuple[Role, ...]:
    """Return what people entered of an actor's roles, by their days."""
    return tuple(
        Role(id_, **row) for id_, row in live_rows(project, "actor_roles", "named = ?", (key,))
    )


def add_actor(
    project: Project,
    article: str,
    name: str,
    kind: ActorKind,
    by: By,
    *,
    role: str = "",
    affiliation: str = "",
    country: str = "",
    speaks_for: str = "",
) -> str:
    """Add an actor to an article and return its id; one that is the same is that one."""
    name = name.strip()
    if not name or kind not in get_args(ActorKind):
        raise ProjectError(
            f"an actor needs a name and a kind, one of {', '.join(get_args(ActorKind))}"
        )
    if live(project, "articles", article) is None:
        raise ProjectError(f"there is no article {article}")
    id_ = f"{article}.m{digest(name, kind, role, affiliation, country, speaks_for)[:8]}"
    actor = Actor(id_, name, kind, role, affiliation, country, speaks_for)
    with changing(project, by, "add actor", id_) as draft:
        put(draft, "actors", id_, actor_values(actor, article))
    return id_


def _check_known(project: Project, key: str) -> None:
    found = project.connection.execute(
        "SELECT 1 FROM actors WHERE (named = ?1 OR key = ?1) AND until IS NULL UNION ALL "
        "SELECT 1 FROM same_actors WHERE is_named = ?1 AND until IS NULL LIMIT 1",
        (key,),
    ).fetchone()
    if found is None:
        raise ProjectError(f"{key!r} is neither an actor's id nor a name key; actors() lists them")


def _name(project: Project, key: str) -> str:
    found = project.connection.execute(
        "SELECT name, COUNT(*) FROM actors WHERE named = ? AND until IS NULL GROUP BY name "
        "ORDER BY COUNT(*) DESC, name LIMIT 1",
        (key,),
    ).fetchone()
    return found[0] if found else name_in_directory(project, key) or key.partition(":")[2]


def _kind(word: str) -> ActorKind:
    return next((kind for kind in get_args(ActorKind) if kind == word), "person")
