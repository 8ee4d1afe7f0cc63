"""Said once, printed twenty times: copies of articles, and the utterances that statements report.

`copies` finds the articles that are copies of others, `utterances` the statements that report one
utterance; `with_utterances` marks what was coded with both, `positions_with_utterances` positions
alone; `one_of_both` keeps the pages that hold one text. `counting` counts what is marked once.
"""

from whipcount.duplicates.copies import copies
from whipcount.duplicates.marking import (
    one_of_both,
    positions_with_utterances,
    statement_utterances,
    with_copies,
    with_utterances,
)
from whipcount.duplicates.utterances import Said, utterances

__all__ = [
    "Said",
    "copies",
    "one_of_both",
    "positions_with_utterances",
    "statement_utterances",
    "utterances",
    "with_copies",
    "with_utterances",
]
