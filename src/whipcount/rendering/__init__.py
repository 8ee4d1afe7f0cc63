"""Rendering: the model's types as JSON documents, CSV rows, tables in a terminal and a web page.

Nothing is computed here that the model doesn't hold. One module a form, each with what it needs:
`documents` and `csv_rows` the standard library, `table` rich, `html` jinja2; `words` is what table
and page say in the same words.
"""
