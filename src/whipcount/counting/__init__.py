"""Positions to the whip count: stands, the others, verdicts."""

from whipcount.counting.counting import count, newest_day

__all__ = ["count", "newest_day"]
