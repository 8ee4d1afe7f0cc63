"""Recorded votes → Positions: who voted how in a roll call, from a CSV file."""

from whipcount.roll_calls.layouts import LAYOUTS, ROLES
from whipcount.roll_calls.reading import read_roll_calls

__all__ = ["LAYOUTS", "ROLES", "read_roll_calls"]
