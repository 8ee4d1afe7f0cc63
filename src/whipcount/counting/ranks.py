"""How high an office is, by the words of a role (rule 3: who counts more on one date)."""

from __future__ import annotations

import functools
import re

HEAD, MINISTER, SPOKESMAN, ANYBODY = range(4)
"""The ranks, highest first: head of state or government, minister, spokesman, others."""

NOT_IN_OFFICE = (
    r"former|ex-\w|then-|-elect\b|candidate|nominee|designate|shadow\b|hopeful|late\b|retired"
)
"""Who holds the office no more, or not yet, ranks with the others whatever the office."""

SPOKEN_FOR = r"spokes(?:man|woman|person|people)|press (?:secretary|officer|service)|mouthpiece"
"""Comes before the offices: a president's spokesman is a spokesman."""

HELPERS = (
    r"advis[eo]r|aide\b|assistant|envoy|ambassador|chief of staff|secretary[- ]general|secretariat"
    r"|permanent secretary|wife|husband|son of|daughter"
)
"""Words that name somebody beside an office, not its holder."""

OTHER_CHAIRS = (
    r"(?:president|speaker|chair\w*) of (?:the )?(?:[\w'-]+ )*?"
    r"(?:parliament|senate|assembly|bundestag|congress|chamber|house|court|bank|university|party"
    r"|association|federation|union)\b|(?:senate|parliament\w*|bank|party|court|council) president"
)
"""Presidents of something other than a state or government."""

MINISTERS = (
    r"minister(?!-president| president)|chancellor of the exchequer|secretary of state"
    r"|(?:foreign|defen[cs]e|home|treasury|interior|finance|justice|trade|energy|health) secretary"
    r"|attorney general|(?:vice|deputy)[- ](?:president|premier|chancellor|prime minister)"
    r"|deputy head of (?:state|government)"
)
"""Members of a government below its head; deputies of heads among them."""

HEADS = (
    r"president|prime minister|minister[- ]president|premier|chancellor|taoiseach|head of state"
    r"|head of government|king|queen|monarch|emir|sultan|supreme leader|chief executive"
)
"""Heads of state and government, and of an organisation where organisations are the members."""


@functools.cache
def rank(role: str) -> int:
    """Return the rank of a role's words: `HEAD`, `MINISTER`, `SPOKESMAN` or `ANYBODY`.

    The tables above are asked in their order; the first that has a word of the role decides. Their
    words are ours, of the offices that English news name; a role that none of them has is
    `ANYBODY`, and so is an empty one, as of a state that speaks as such.
    """
    words = " ".join(role.casefold().split())
    for pattern, found in _TABLES:
        if pattern.search(words):
            return found
    return ANYBODY


_TABLES = tuple(
    (re.compile(rf"\b(?:{words})"), found)
    for words, found in (
        (NOT_IN_OFFICE.replace(r"-elect\b", r"\w+-elect\b"), ANYBODY),
        (SPOKEN_FOR, SPOKESMAN),
        (HELPERS, ANYBODY),
        (OTHER_CHAIRS, ANYBODY),
        (rf"(?:(?:deputy|vice)[- ])(?:{HEADS})\b", MINISTER),
        (r"prime minister", HEAD),
        (MINISTERS, MINISTER),
        (rf"(?:{HEADS})\b", HEAD),
    )
)
