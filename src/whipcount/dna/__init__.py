"""The files of Discourse Network Analyzer 3 (DNA), read and written (docs/from-dna.md)."""

from whipcount.dna.database import Database
from whipcount.dna.exporting import database_of
from whipcount.dna.importing import Imported, Unplaced, imported
from whipcount.dna.reading import read_database
from whipcount.dna.statements import coded_statements, statement_types
from whipcount.dna.writing import write_database

__all__ = [
    "Database",
    "Imported",
    "Unplaced",
    "coded_statements",
    "database_of",
    "imported",
    "read_database",
    "statement_types",
    "write_database",
]
