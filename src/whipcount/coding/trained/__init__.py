"""The trained reader of stances: a small network that reads an option and a statement together."""
