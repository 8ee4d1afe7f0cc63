"""Positions to the whip count: stands, the others, verdicts."""

from whipcount.counting.counting import count, newest_day
from whipcount.counting.timeline import through

__all__ = ["count", "newest_day", "through"]
