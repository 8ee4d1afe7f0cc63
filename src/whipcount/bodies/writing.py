"""An imported body as the text of its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from whipcount.model import Body, Consensus, Majority, NoRule, Rule, Term, Unanimity
from whipcount.toml_files import quoted

RULES: Mapping[str, Rule] = {
    "majority": Majority(),
    "consensus": Consensus(),
    "unanimity": Unanimity(),
    "none": NoRule(),
}
"""The rules to start from: those that a body file has by their kind alone."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A body made of lists; `notes` are what its file should say beside, a sentence each."""

    body: Body
    notes: tuple[str, ...] = ()


def written(imported: Imported) -> str:
    """Return a body as the text of its file, with what a person should look at as comments."""
    body = imported.body
    lines = ["# Made by whipcount bodies import; correct what you know better."]
    lines += [f"# {note}" for note in imported.notes]
    lines += ["", f"name = {quoted(body.name)}"]
    lines += _texts("aliases", body.aliases) + _texts("weak_aliases", body.weak_aliases)
    lines += ['members_are = "people"']
    lines += [f"seats = {body.seats}"] if body.seats is not None else []
    lines += [
        *_texts("sources", body.sources),
        "",
        "# The lists don't say by which rule they decide: correct this one.",
        "[rule]",
        *(f'kind = "{kind}"' for kind, rule in RULES.items() if rule == body.rules[0].rule),
    ]
    for member in body.members:
        lines += ["", "[[members]]", f"name = {quoted(member.name)}"]
        lines += [f"id = {quoted(member.id)}"] if member.id != member.name else []
        lines += _texts("aliases", member.aliases)
        for term in member.terms:
            lines += ["[[members.terms]]", *_term(term)]
    return "\n".join(lines) + "\n"


def _texts(key: str, words: Sequence[str]) -> list[str]:
    return [f"{key} = [{', '.join(map(quoted, words))}]"] if words else []


def _term(term: Term) -> Iterator[str]:
    if term.joined is not None:
        yield f"joined = {term.joined}"
    if term.left is not None:
        yield f"left = {term.left}"
    for key, words in (
        ("end_reason", term.end_reason),
        ("party", term.party),
        ("constituency", term.constituency),
    ):
        if words:
            yield f"{key} = {quoted(words)}"
