"""The pages, a module a room: each function takes what was asked and returns the answer."""
