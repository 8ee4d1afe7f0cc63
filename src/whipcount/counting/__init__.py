"""Positions to the whip count: stands, the others, verdicts, forecasts, and all through time."""

from whipcount.counting.backtest import backtest
from whipcount.counting.by_party import party_tallies
from whipcount.counting.counting import count, newest_day
from whipcount.counting.forecast import Beliefs, forecast
from whipcount.counting.narrowing import only
from whipcount.counting.supposing import assume
from whipcount.counting.timeline import through

__all__ = [
    "Beliefs",
    "assume",
    "backtest",
    "count",
    "forecast",
    "newest_day",
    "only",
    "party_tallies",
    "through",
]
