"""How far a coder agrees with the hand coding of a DNA database.

    python -m benchmarks.dna_coding FILE.dna [--coder local|lexical] [--verbose]

FILE is an SQLite file of Discourse Network Analyzer 3 whose statements have the variables `person`,
`concept` and `agreement`. Each coded stretch of text is taken as one statement of its person, every
concept as an option by its words alone. Prints how often the concept that a person coded is among
those found, how often it is the likeliest, and how often agreement is told as coded where the
concept was found (support for yes, oppose for no).
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.staging import judged_by
from benchmarks.statements import Example

TYPE = "DNA Statement"
STANCE = {True: "support", False: "oppose"}


@dataclass(frozen=True, slots=True)
class Coded:
    """A stretch of a document as a person coded it."""

    person: str
    title: str
    before: str
    text: str
    concept: str
    agreement: bool


def read(path: Path) -> Iterator[Coded]:
    """Yield the coded statements of a database; sqlite3.Error where it is none."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        documents = {
            row[0]: row[1:] for row in connection.execute("SELECT ID, Title, Text FROM DOCUMENTS")
        }
        words = """SELECT e.Value FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity
            JOIN VARIABLES v ON v.ID = d.VariableId WHERE d.StatementId = ? AND v.Variable = ?"""
        agreed = """SELECT d.Value FROM DATABOOLEAN d JOIN VARIABLES v ON v.ID = d.VariableId
            WHERE d.StatementId = ? AND v.Variable = 'agreement'"""
        statements = """SELECT s.ID, s.DocumentId, s.Start, s.Stop FROM STATEMENTS s
            JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId WHERE t.Label = ? ORDER BY s.ID"""
        for number, document, start, stop in connection.execute(statements, (TYPE,)).fetchall():
            title, text = documents[document]
            earlier = text[:start].rsplit("\n", 1)[-1].strip()
            yield Coded(
                *(connection.execute(words, (number, "person")).fetchone()),
                title,
                earlier[-300:],
                text[start:stop],
                *(connection.execute(words, (number, "concept")).fetchone()),
                bool(connection.execute(agreed, (number,)).fetchone()[0]),
            )
    finally:
        connection.close()


def main() -> None:
    """Print the agreement."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.dna_coding",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--coder", choices=["local", "lexical"], default="local")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    try:
        coded = list(read(args.file))
    except sqlite3.Error as error:
        sys.exit(f"{args.file}: is no DNA database that can be read ({error})")
    concepts = {one.concept: one.concept for one in coded}
    found = told = beside = 0
    for number, one in enumerate(coded):
        said = f"{one.person} said: {one.text.strip()}"
        lead = len(one.person)
        example = Example(
            "dna", number, concepts, one.title, one.before, said, ((0, lead),),
            ((lead + 1, lead + 5),), ((lead + 7, len(said)),), {},
        )  # fmt: skip
        codes = judged_by(args.coder, example)
        match = codes.get(one.concept)
        found += match is not None
        told += match is not None and match.code.stance == STANCE[one.agreement]
        beside += len(codes) - (match is not None)
        if args.verbose:
            print(f"{one.concept} {STANCE[one.agreement]}: {codes}")
    total = len(coded)
    print(
        f"{total} statements on {len(concepts)} concepts: concept found {found}, "
        f"agreement as coded {told}, codings beside {beside}"
    )
    print(f"concept {found / total:.3f} agreement {told / max(found, 1):.3f}")


if __name__ == "__main__":
    main()
