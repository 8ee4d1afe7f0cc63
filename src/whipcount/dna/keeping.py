"""A database of ours together with what else another one holds, so that nothing is dropped.

Statement types, variables, entities with their attributes, coders, regular expressions and links
are those of both; what has the same name is one. A statement of ours that was made of one of the
other's has the values that we know nothing of from it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from whipcount.dna.database import (
    Coder,
    Database,
    Document,
    Entity,
    Statement,
    StatementType,
    Variable,
)
from whipcount.dna.exporting import NOTE

Ids = dict[int, int]
"""The numbers that something has in the database that is made, by those that it had."""


def with_kept(
    ours: Database, kept: Database, origins: Mapping[int, int], along: Collection[int]
) -> Database:
    """Return our database with what else `kept` holds.

    `origins` has the number of the statement in `kept` that one of ours was made of, by ours;
    `along` are the numbers of those of `kept` that come along, where their document is one of ours,
    but for those that are there already.
    """
    coders, people = _coders(ours.coders, kept.coders)
    documents, homes = _documents(ours.documents, kept.documents, people)
    types, variables, type_ids = _types(ours.types, kept.types)
    type_of = {variable.id: one.id for one in types for variable in one.variables}
    known = {one.id: one for one in kept.statements}
    statements = []
    for one in ours.statements:
        made_of = known.get(origins.get(one.id, 0))
        rest = () if made_of is None else _moved(made_of, variables)
        values = {at: value for at, value in rest if type_of[at] == one.type} | dict(one.values)
        statements.append(replace(one, values=tuple(sorted(values.items()))))
    there = Counter(map(_told, statements))
    numbers = itertools.count(max((one.id for one in ours.statements), default=0) + 1)
    for one in kept.statements:
        if one.id not in along or one.document not in homes:
            continue
        moved = replace(
            one,
            type=type_ids[one.type],
            document=homes[one.document],
            coder=people.get(one.coder or 0),
            values=tuple(sorted(_moved(one, variables))),
        )
        if there[_told(moved)]:
            there[_told(moved)] -= 1
        else:
            statements.append(replace(moved, id=next(numbers)))
    links = [(variables[one], variables[other]) for one, other in kept.links]
    return Database(
        coders=coders,
        documents=documents,
        types=types,
        statements=tuple(statements),
        regexes=tuple(dict((*kept.regexes, *ours.regexes)).items()),
        relations=_relations(ours, kept, people),
        links=tuple(dict.fromkeys((*ours.links, *links))),
        settings=ours.settings,
    )


def _documents(
    ours: tuple[Document, ...], kept: tuple[Document, ...], people: Ids
) -> tuple[tuple[Document, ...], Ids]:
    """Return our documents with the kept ones' fields, and the kept ones' numbers among ours.

    Those of the same text are one; title, author, date, … are the kept one's, and its notes stand
    before ours.
    """
    places = {one.text: one for one in ours}
    found = {one.id: one for one in ours}
    homes: Ids = {}
    for one in kept:
        if (own := places.get(one.text)) is not None:
            homes[one.id] = own.id
            before = one.notes.partition(NOTE)[0].rstrip()
            notes = "\n".join(filter(None, (before, own.notes)))
            coder = people.get(one.coder or 0)
            found[own.id] = replace(one, id=own.id, coder=coder, notes=notes)
    return tuple(found[one.id] for one in ours), homes


def _coders(ours: tuple[Coder, ...], kept: tuple[Coder, ...]) -> tuple[tuple[Coder, ...], Ids]:
    """Return the coders of both by name, with the kept ones' passwords, and the kept numbers."""
    own = {one.name: one for one in ours}
    numbers = itertools.count(max((one.id for one in ours), default=0) + 1)
    ids = {one.id: own[one.name].id if one.name in own else next(numbers) for one in kept}
    merged = {one.id: one for one in ours} | {
        ids[one.id]: replace(one, id=ids[one.id]) for one in kept
    }
    return tuple(merged[number] for number in sorted(merged)), ids


def _relations(ours: Database, kept: Database, people: Ids) -> tuple[tuple[int, ...], ...]:
    """Return what coders may do with each other's work: the kept ones' word first."""
    found = {one[:2]: one for one in ours.relations}
    for one in kept.relations:
        if one[0] in people and one[1] in people:
            pair = (people[one[0]], people[one[1]])
            found[pair] = (*pair, *one[2:])
    return tuple(found.values())


def _types(
    ours: tuple[StatementType, ...], kept: tuple[StatementType, ...]
) -> tuple[tuple[StatementType, ...], Ids, Ids]:
    """Return the types of both by label, and the numbers of the kept variables and types."""
    numbers = itertools.count(
        max((variable.id for one in ours for variable in one.variables), default=0) + 1
    )
    type_numbers = itertools.count(max((one.id for one in ours), default=0) + 1)
    entity_numbers = itertools.count(
        max((e.id for one in ours for v in one.variables for e in v.entities), default=0) + 1
    )
    own = {one.label: one for one in ours}
    variables: Ids = {}
    type_ids: Ids = {}
    merged = {one.id: one for one in ours}
    for one in kept:
        home = own.get(one.label)
        if home is None:
            home = replace(one, id=next(type_numbers), variables=())
        type_ids[one.id] = home.id
        there = {variable.name: variable for variable in home.variables}
        for variable in one.variables:
            name = _free(variable, there)
            held = there.get(name)
            id_ = next(numbers) if held is None else held.id
            variables[variable.id] = id_
            entities = _entities(held, variable, entity_numbers)
            names = dict.fromkeys(
                (*variable.attributes, *(held.attributes if held is not None else ()))
            )
            there[name] = Variable(id_, name, variable.kind, tuple(names), entities)
        merged[home.id] = replace(home, color=one.color, variables=tuple(there.values()))
    return tuple(merged.values()), variables, type_ids


def _free(variable: Variable, there: Mapping[str, Variable]) -> str:
    """Return a variable's name, another where one of the name is of another kind."""
    name = variable.name
    while name in there and there[name].kind != variable.kind:
        name += " (kept)"
    return name


def _entities(held: Variable | None, kept: Variable, numbers: Iterator[int]) -> tuple[Entity, ...]:
    """Return the entities of a variable of both, with the kept ones' colours and attributes."""
    found = {one.value: one for one in (held.entities if held is not None else ())}
    ids: Ids = {}
    for one in kept.entities:
        own = found.get(one.value)
        ids[one.id] = next(numbers) if own is None else own.id
        attributes = dict(own.attributes if own is not None else ()) | dict(one.attributes)
        found[one.value] = replace(one, id=ids[one.id], attributes=tuple(attributes.items()))
    parents = {one.value: ids.get(one.child_of or 0) for one in kept.entities}
    return tuple(
        replace(one, child_of=parents[value]) if value in parents else one
        for value, one in found.items()
    )


def _moved(one: Statement, variables: Ids) -> list[tuple[int, int | str]]:
    """Return the values of a kept statement by the numbers that its variables have now."""
    return [(variables[at], value) for at, value in one.values if at in variables]


def _told(one: Statement) -> tuple[object, ...]:
    """Return what a statement says, whatever its number and coder."""
    return (one.type, one.document, one.start, one.stop, one.values)
