"""Statements with dates, read by hand, and the scorer that holds the code against them."""
