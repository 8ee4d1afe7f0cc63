"""When a statement was made: the date that its words give, else the article's.

A date counts where it belongs to the saying: in the cue's sentence, outside content and source,
and in the parse under the cue, not under another verb or an event that is only mentioned. The
precision is that of the words. ISO dates know no weeks: "last week" is the month that it was in,
once that is over, else the article's date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta, weekday  # type: ignore[import-untyped]

from whipcount.analysis import Analysis, Paragraph
from whipcount.dates import first_day, is_date, last_day
from whipcount.model import Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
} | {"a": 1, "an": 1, "a couple of": 2}
FEASTS = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24),
    "christmas day": (12, 25), "christmas": (12, 25),
}  # fmt: skip
ORDINALS = {
    word: number
    for number, word in enumerate(["first", "second", "third", "fourth", "fifth"], start=1)
}

SAYING = frozenset(
    [
        "interview",
        "statement",
        "speech",
        "conference",
        "briefing",
        "letter",
        "meeting",
        "summit",
        "talk",
        "call",
        "post",
        "tweet",
        "remark",
        "address",
        "session",
        "debate",
        "hearing",
        "visit",
        "event",
        "rally",
        "press",
        "article",
        "note",
        "message",
        "appearance",
        "report",
        "discussion",
        "gathering",
        "forum",
        "conversation",
        "comment",
        "memo",
        "declaration",
        "communique",
        "email",
        "column",
        "campaign",
        "poll",
        "survey",
        "broadcast",
        "show",
        "program",
        "filing",
        "disclosure",
        "release",
        "document",
        "video",
        "editorial",
        "ruling",
        "testimony",
        "study",
    ]
)
"""Nouns of occasions on which things are said: an interview on Monday dates its words."""

SPEAKING = frozenset(
    [
        "speak",
        "write",
        "tell",
        "talk",
        "address",
        "appear",
        "say",
        "ask",
        "post",
        "tweet",
        "add",
        "announce",
        "declare",
        "argue",
        "warn",
    ]
)
"""Verbs whose date is also that of what is said: "Speaking on Monday, X promised …"."""

GIVEN_OUT = frozenset(
    ("release", "publish", "issue", "file", "date", "post", "air", "broadcast", "send", "sign")
)
"""Participles that date what is said: a statement released Tuesday, a letter dated June 3."""

MEANWHILE = frozenset(("when", "while", "as"))
"""Words that begin a clause whose past date is also the saying's: when he met X on Monday."""

TIMES_OF_DAY = frozenset(("hour", "morning", "afternoon", "evening", "night", "day", "eve", "end"))

OTHER_TIMES = frozenset(
    [
        "since",
        "before",
        "until",
        "till",
        "by",
        "for",
        "ahead",
        "from",
        "pending",
        "through",
        "beyond",
    ]
)
"""Prepositions that give a date to something else than the saying."""

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = "|".join(WEEKDAYS)
WORDS_TOO = re.compile(r"\b(?:march|may)\b")
"""Months that are other words in lower case: at the march, this may fail."""

_COUNT = r"(?P<count>\d{1,3}|a couple of|" + "|".join(NUMBERS) + ")"

Found = Callable[[re.Match[str], str], str]


def statement_date(analysis: Analysis, statement: Statement) -> str:
    """Return the ISO date on which a statement was made, in the precision that the words give.

    Never one that ends after the article's date; that date where the words give none, or one that
    is not over. Empty where neither the words nor the article give one.
    """
    published = analysis.article.published
    published = published if is_date(published) else ""
    for found in _said(analysis, statement):
        if not published or last_day(found) <= last_day(published):
            return found
    return published


def resolve(words: str, published: str) -> str:
    """Return the ISO date of an English expression, seen from an article's date; empty if none.

    `published` may be partial or empty; what cannot be told from it then gives nothing. Weekdays
    and months without a year are the last ones before it.
    """
    for pattern, meaning in _GRAMMAR:
        match = pattern.search(words)
        if match is not None:
            try:
                found = meaning(match, published)
            except (ValueError, OverflowError):
                found = ""
            return found if found and is_date(found) else ""
    return ""


def _said(analysis: Analysis, statement: Statement) -> Iterator[str]:
    """Yield the dates that the words around a statement's cue give, nearest to the cue first."""
    anchors = statement.cue or statement.source
    published = analysis.article.published
    published = published if is_date(published) else ""
    for anchor in anchors:
        paragraph = analysis.paragraph_at(anchor.start)
        if paragraph is None:
            continue
        cue = paragraph.tokens(anchor)
        if not len(cue):
            continue
        if _lies_ahead(cue.root):
            return
        found: list[tuple[int, str]] = []
        for token, words in _expressions(paragraph.doc, cue[0]):
            if _inside(paragraph, token, statement.content):
                continue
            if _inside(paragraph, token, statement.source) and not _given_out(token):
                continue
            if not _belongs(token, cue):
                continue
            resolved = resolve(words, published)
            if resolved:
                found.append((abs(token.i - cue.start), resolved))
        yield from (resolved for _, resolved in sorted(found, key=lambda pair: pair[0]))


def _expressions(doc: Doc, cue: Token) -> Iterator[tuple[Token, str]]:
    """Yield the date expressions of the cue's sentence, with the token by which they hang."""
    sentence = cue.sent
    text = sentence.text
    for match in _ANY.finditer(text):
        if WORDS_TOO.search(match.group()):
            continue
        start = sentence.start_char + match.start()
        span = doc.char_span(start, sentence.start_char + match.end(), alignment_mode="expand")
        if span is None:
            continue
        owned = text[match.end() : match.end() + 2] == "'s" and span.root.dep_ == "poss"
        if not owned or span.root.head.lemma_.lower() in SAYING or " after " in match.group():
            yield span.root, match.group()


def _inside(paragraph: Paragraph, token: Token, spans: tuple[Span, ...]) -> bool:
    at = paragraph.characters(token.idx, token.idx + 1).start
    return any(span.start <= at < span.end for span in spans)


def _lies_ahead(verb: Token) -> bool:
    """Return whether a cue is of the future: X will tell lawmakers on Monday."""
    return any(
        child.dep_ == "aux" and child.lower_ in ("will", "'ll", "shall") for child in verb.children
    )


def _given_out(token: Token) -> bool:
    """Return whether a date hangs on a participle: a poll published on Monday."""
    for _ in range(4):
        if token.pos_ == "VERB":
            return token.dep_ == "acl" and token.lemma_.lower() in GIVEN_OUT
        token = token.head
    return False


def _belongs(token: Token, cue: Tokens) -> bool:
    """Return whether a date's token hangs, in the parse, on the cue and on no other event."""
    for _ in range(14):
        if token.lower_ in OTHER_TIMES and token.dep_ in ("prep", "mark", "advmod", "pcomp"):
            return False
        if cue.start <= token.i < cue.end:
            return True
        if token.dep_ == "ROOT":
            return _past_together(token, cue)
        head = token.head
        if head.pos_ in ("NOUN", "PROPN") and not cue.start <= head.i < cue.end:
            if token.dep_ == "npadvmod" and head.ent_type_ != "DATE":
                return _occasion(head) is not None
            if token.dep_ == "prep" and head.lemma_.lower() not in SAYING:
                occasion = _occasion(head)
                if occasion is None:
                    return head.ent_type_ == "DATE" or _date_only(head)
                head = occasion
        other = token.pos_ in ("VERB", "AUX") and token.dep_ in ("relcl", "acl", "advcl", "pcomp")
        lemma = token.lemma_.lower()
        if other and lemma not in SPEAKING and not (
            (lemma in GIVEN_OUT and token.dep_ == "acl")
            or (token.dep_ == "advcl" and token.tag_ == "VBD" and _begins(token) in MEANWHILE)
        ):  # fmt: skip
            return False
        token = head
    return False


def _occasion(noun: Token) -> Token | None:
    """Return the occasion of saying that a noun stands with: an interview with a radio station."""
    for _ in range(4):
        if noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() in SAYING:
            return noun
        if noun.dep_ not in ("pobj", "conj", "compound") or noun.head.dep_ not in ("prep", "pobj"):
            return None
        noun = noun.head.head if noun.dep_ == "pobj" else noun.head
    return None


def _begins(verb: Token) -> str:
    """Return the word that begins a verb's clause."""
    return next((t.lower_ for t in verb.children if t.dep_ in ("mark", "advmod")), "")


def _past_together(verb: Token, cue: Tokens) -> bool:
    """Return whether a date of a sentence's main verb is also that of a cue elsewhere in it.

    Not of one in the present beside a past: "He married last year, and counts himself lucky."
    """
    own = cue.root
    if own.i == verb.i or own.pos_ not in ("VERB", "AUX"):
        return True
    now = own.tag_ in ("VBZ", "VBP") or any(
        child.dep_ == "aux" and child.tag_ in ("VBZ", "VBP") for child in own.children
    )
    return not (now and verb.tag_ == "VBD")


def _date_only(token: Token) -> bool:
    lower = token.lower_
    return lower in MONTHS or lower in WEEKDAYS or token.like_num or token.lemma_ in TIMES_OF_DAY


# The grammar: each expression with what it means, seen from the article's date.


def _full(match: re.Match[str], published: str) -> str:
    """Return the date of "4 March 2023", or of "4 March" the last one before the article."""
    month = MONTHS[match["month"].lower()]
    day = int(match["day"])
    if match["year"]:
        return date(int(match["year"]), month, day).isoformat()
    return _latest(published, lambda year: date(year, month, day).isoformat())


def _month(match: re.Match[str], published: str) -> str:
    month = MONTHS[match["month"].lower()]
    if match.groupdict().get("year"):
        return f"{match['year']}-{month:02d}"
    return _latest(published, lambda year: f"{year}-{month:02d}")


def _latest(published: str, of_year: Callable[[int], str]) -> str:
    """Return the newest of the yearly dates that has begun by the article's date."""
    if not published:
        return ""
    today = last_day(published)
    for year in range(today.year, today.year - 5, -1):
        try:
            found = of_year(year)
        except ValueError:
            continue
        if first_day(found) <= today:
            return found
    return ""


def _on_weekday(match: re.Match[str], published: str) -> str:
    today = _day(published)
    if today is None:
        return ""
    wanted = weekday(WEEKDAYS[match["weekday"].lower()])
    if (match["which"] or "").lower() == "last" and today.weekday() == wanted.weekday:
        today += relativedelta(days=-1)
    day: date = today + relativedelta(weekday=wanted(-1))
    return day.isoformat()


def _after_weekday(match: re.Match[str], published: str) -> str:
    """Return the day of "hours after Monday's vote", "a day after Monday's vote"."""
    today = _day(published)
    if today is None:
        return ""
    count = (match.groupdict().get("count") or "").lower()
    days = 0 if not count else int(count) if count.isdigit() else NUMBERS[count]
    day: date = today + relativedelta(weekday=weekday(WEEKDAYS[match["weekday"].lower()])(-1))
    later: date = day + relativedelta(days=days)
    return later.isoformat()


def _weekend(_match: re.Match[str], published: str) -> str:
    today = _day(published)
    if today is None:
        return ""
    sunday: date = today + relativedelta(weekday=weekday(6)(-1))
    return sunday.isoformat()


def _month_of_year(match: re.Match[str], published: str) -> str:
    if not published:
        return ""
    year = first_day(published).year - (match["which"].lower() == "last")
    return f"{year}-{MONTHS[match['month'].lower()]:02d}"


def _feast(match: re.Match[str], published: str) -> str:
    month, day = FEASTS[match["feast"].lower()]
    return _latest(published, lambda year: date(year, month, day).isoformat())


def _ordinal(match: re.Match[str], published: str) -> str:
    month, day = MONTHS[match["month"].lower()], ORDINALS[match["ordinal"].lower()]
    if match["year"]:
        return date(int(match["year"]), month, day).isoformat()
    return _latest(published, lambda year: date(year, month, day).isoformat())


def _ago(match: re.Match[str], published: str) -> str:
    count = match["count"].lower()
    number = int(count) if count.isdigit() else NUMBERS[count]
    return _back(match["unit"].lower(), number, published)


def _last(match: re.Match[str], published: str) -> str:
    return _back(match["unit"].lower(), 1, published)


def _this(match: re.Match[str], published: str) -> str:
    return _back(match["unit"].lower(), 0, published)


def _back(unit: str, number: int, published: str) -> str:
    """Return the day, month or year that was so many units before the article's date."""
    if not published:
        return ""
    if unit in ("year", "decade"):
        return str(first_day(published).year - number * (10 if unit == "decade" else 1))
    if unit == "month":
        if len(published) < 7:
            return ""
        return _before(first_day(published), months=number).isoformat()[:7]
    today = _day(published)
    if today is None:
        return ""
    if unit == "week":
        return _before(today, weeks=number).isoformat()[:7]
    days = number if unit in ("day", "night") else 0
    return _before(today, days=days).isoformat()


def _before(day: date, **units: int) -> date:
    earlier: date = day - relativedelta(**units)
    return earlier


def _today(match: re.Match[str], published: str) -> str:
    today = _day(published)
    past = match.group().lower() in ("yesterday", "last night")
    return _before(today, days=int(past)).isoformat() if today is not None else ""


def _iso(match: re.Match[str], _: str) -> str:
    return match.group()


def _year(match: re.Match[str], _: str) -> str:
    return match["year"]


def _nothing(_match: re.Match[str], _: str) -> str:
    return ""


def _day(published: str) -> date | None:
    return first_day(published) if len(published) == 10 else None


_GRAMMAR: tuple[tuple[re.Pattern[str], Found], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), meaning)
    for pattern, meaning in (
        (r"\d{4}-\d\d-\d\d", _iso),
        (rf"(?:hours|minutes|moments) after (?P<weekday>{_WEEKDAY})", _after_weekday),
        (rf"{_COUNT} days? after (?P<weekday>{_WEEKDAY})", _after_weekday),
        (rf"(?P<ordinal>{'|'.join(ORDINALS)}) of {_MONTH}(?:,? {_YEAR})?", _ordinal),
        (rf"(?:in )?{_MONTH},? (?:of )?(?P<which>last|this) year", _month_of_year),
        (rf"{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?", _full),
        (rf"{_MONTH} {_DAY}(?!\d)(?:,? {_YEAR})?", _full),
        (rf"{_MONTH},? (?:of )?{_YEAR}", _month),
        (rf"(?:next|coming|following) (?:week|month|year|{_WEEKDAY}|{_MONTH})|tomorrow", _nothing),
        (
            r"(?:in|last|this|this past|during|throughout|as early as|as late as|(?:end|beginning|"
            rf"start|middle) of)(?: early| late| mid-?)? ?{_MONTH}(?! \d)(?:,? (?:of )?{_YEAR})?",
            _month,
        ),
        (rf"(?:an?|the|his|her|its|their) (?:early-|late-|mid-)?{_MONTH}(?! \d)", _month),
        (rf"(?P<feast>{'|'.join(FEASTS)})", _feast),
        (r"(?:on|over|at|during) the (?:past )?weekend|last weekend", _weekend),
        (r"a week ago", lambda _, published: _back("day", 7, published)),
        (rf"(?:(?P<which>last|this|late|early|on) )?(?P<weekday>{_WEEKDAY})", _on_weekday),
        (
            rf"{_COUNT} (?P<unit>day|night|week|month|year|decade|hour)s? "
            r"(?:ago|earlier|previously)",
            _ago,
        ),
        (r"yesterday|last night|today|tonight|this (?:morning|afternoon|evening)", _today),
        (r"(?:last|the previous|the past) (?P<unit>week|month|year)", _last),
        (r"this (?P<unit>week|month|year)", _this),
        (rf"(?:in|during|throughout|back in)(?: early| late| mid-?)? ?{_YEAR}", _year),
        (rf"(?:winter|spring|summer|autumn|fall) of {_YEAR}", _year),
        (rf"(?:at|during|in) (?:the|a|its|their|his|her) {_YEAR}", _year),
    )
)  # fmt: skip

_ANY = re.compile(
    "|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern) for pattern, _ in _GRAMMAR),
    re.IGNORECASE,
)
