"""Source → Actors: names, roles, pronouns, the gazetteer; dates; who is one across articles."""

from whipcount.actors.dating import statement_date
from whipcount.actors.directory import Directory, load_directory
from whipcount.actors.gazetteer import Entry, Gazetteer, Match, gazetteer
from whipcount.actors.identify import identify
from whipcount.actors.joining import SINGLE, Seen, join
from whipcount.actors.mentions import Mentions, find_mentions

__all__ = [
    "SINGLE",
    "Directory",
    "Entry",
    "Gazetteer",
    "Match",
    "Mentions",
    "Seen",
    "find_mentions",
    "gazetteer",
    "identify",
    "join",
    "load_directory",
    "statement_date",
]
