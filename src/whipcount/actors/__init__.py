"""Source → Actors: names, roles, pronouns, the gazetteer; the dates of statements."""

from whipcount.actors.dating import statement_date
from whipcount.actors.gazetteer import Entry, Gazetteer, Match, gazetteer
from whipcount.actors.identify import identify
from whipcount.actors.mentions import Mentions, find_mentions

__all__ = [
    "Entry",
    "Gazetteer",
    "Match",
    "Mentions",
    "find_mentions",
    "gazetteer",
    "identify",
    "statement_date",
]
