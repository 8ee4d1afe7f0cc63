"""Dates as news pages print them: lines that give a page's date, and datelines of agencies."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr, ["", *["?"] * 8, "Sept"])
    for number, name in enumerate(names)
    if name and name != "?"
}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)(?!\d)"
_YEAR_SOMEWHERE = re.compile(r"(?:19|20|21)\d\d")
_FORMS = (
    re.compile(rf"(?<!\d){_DAY}\s+(?:of\s+)?{_MONTH},?(?:\s+|-){_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<!\d){_DAY}-{_MONTH}-{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<!\d){_YEAR}(?P<mark>[-/.])(?P<number>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<one>\d\d?)(?P<mark>[-/.])(?P<two>\d\d?)(?P=mark){_YEAR}"),
)
_WITHOUT_YEAR = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d){_DAY}\s+(?:of\s+)?{_MONTH}", re.IGNORECASE),
)
_WEEKDAYS = "|".join(rf"{name}|{name[:3]}|{name[:4]}" for name in calendar.day_name)
_AROUND = re.compile(
    rf"""\b(?:{_WEEKDAYS}|tues|thurs)\b\.?
    |\b(?:first|last|originally|published|publication|posted|updated|update|modified|issued|filed
        |created|released|debated|date|time|dated|on|at|of|the|is|was)\b
    |\bvolume\s+\d+\b
    |(?:(?<=\d)|\b)T?\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}}(?:\.\d+)?)?\s*(?:[ap]\.?m\b\.?)?
    |\b\d{{1,2}}\s*[ap]\.?m\b\.?
    |(?<=\d)\s*Z\b
    |(?:UTC|GMT|[+-])\s*[+-]?\d{{1,2}}(?::?\d{{2}})?
    |\b(?-i:UTC|GMT|Z|[A-Z]{{1,3}}[SD]T|[CEMW]ET)\b|\b(?:local\ time|hrs|hours)\b
    |\b\d+\s*-?\s*min(?:ute)?s?\s+(?:read|ago)\b|\b\d+\s+(?:hours?|days?)\s+ago\b
    |[\s|·•,;:()/*\[\]–—-]+|\.$""",
    re.IGNORECASE | re.VERBOSE,
)
_UPDATED = re.compile(r"\b(?:updated?|modified|edited|revised)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:published|publication|posted|issued|released|filed|created)\b", re.I)
_PLACE = re.compile(r"^[A-Z][\w'.-]+(?:[ ,]+[A-Z][\w'.-]+){0,3}$")
OCCASION = re.compile(
    r"\b(?:transcript|briefing|remarks|conference|speech|hearing|debate|statement|interview)\b",
    re.IGNORECASE,
)
"""What titles of transcripts have in them, and places have not."""

_DATELINE = re.compile(
    r"""^(?P<place>[A-Z][\w'.-]*(?:[ /]+[A-Z][\w'.-]*){0,4}(?:,\s+[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)??)
    (?:,\s+(?P<date>[^()]{4,30}?))?
    \s*(?:\((?P<agency>[^()]{2,40})\))?\s*(?:-{1,2}|–|—|:)\s+(?=\S)""",
    re.VERBOSE,
)

LONGEST = 160
"""Code points of the longest line that can be a date line: two dates with times, labels and a name
have some 120."""


@dataclass(frozen=True, slots=True)
class Dates:
    """What a line says of dates, as ISO days; empty where it doesn't.

    `published` is also a date without a label. `rest` is what of the line is not about dates.
    """

    published: str = ""
    updated: str = ""
    labelled: bool = False
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Dateline:
    """An agency's dateline, as in "ARLEN, March 4 (HW) - …": empty where a part is missing.

    `month_day` is the ISO date without its year, where the dateline has none; `length` its code
    points, with the dash and the space after it.
    """

    place: str
    agency: str = ""
    published: str = ""
    month_day: str = ""
    length: int = 0


def find_date(words: str) -> str:
    """Return the first date in words as an ISO day; empty where there is no certain one."""
    found = _dates_in(words)
    return found[0][2] if found else ""


def line_dates(words: str) -> Dates | None:
    """Return what a line says of dates; None where it holds none.

    A date in digits that could be read as day or month first ("11/07/2023") counts as a date that
    isn't known: the line is a date line and `published` is empty.
    """
    if len(words) > LONGEST:
        return None
    found = _dates_in(words)
    if not found:
        return None
    published = updated = ""
    labelled = False
    end = 0
    pieces = []
    for start, stop, iso in found:
        label = words[end:start]
        pieces.append(label)
        if _UPDATED.search(label):
            updated = updated or iso
        elif not published:
            published = iso
            labelled = _PUBLISHED.search(label) is not None
        end = stop
    pieces.append(words[end:])
    rest = " ".join(" ".join(_AROUND.sub(" ", piece) for piece in pieces).split())
    return Dates(published, updated, labelled, rest)


def is_place(words: str) -> bool:
    """Return whether words beside a date are no more than where the article was written."""
    is_short = len(words) <= 40 and not OCCASION.search(words)
    return is_short and _PLACE.match(words) is not None


def dateline(words: str) -> Dateline | None:
    """Return the dateline with which a paragraph begins; None where there is none.

    Needs an agency in brackets, a date, or a place in capitals, so that "Arlen - the capital …" is
    no dateline.
    """
    match = _DATELINE.match(words[:200])
    if match is None:
        return None
    place, said = match["place"].strip(), match["date"] or ""
    published = find_date(said)
    month_day = "" if published else _month_day(said)
    if said and not (published or month_day):
        return None
    agency = match["agency"] or ""
    if not agency and not said and (not place.isupper() or match[0].rstrip().endswith(":")):
        return None
    if agency and not re.fullmatch(r"(?:[A-Z][\w.&-]*\s?){1,4}", agency):
        return None
    return Dateline(place, agency, published, month_day, match.end())


def with_year(month_day: str, year: str) -> str:
    """Return an ISO day of a month and day ("03-04") and a year; empty where there is none such."""
    month, day = month_day.split("-")
    return _iso(year, int(month), int(day))


def _dates_in(words: str) -> list[tuple[int, int, str]]:
    """Return where dates stand in words, with the ISO day, which is empty for uncertain ones."""
    found: list[tuple[int, int, str]] = []
    if not _YEAR_SOMEWHERE.search(words):
        return found
    for form in _FORMS:
        for match in form.finditer(words):
            if any(start < match.end() and match.start() < end for start, end, _ in found):
                continue
            parts = match.groupdict()
            if parts.get("one"):
                iso = _day_or_month_first(parts["year"], int(parts["one"]), int(parts["two"]))
            else:
                named = parts.get("month")
                month = _MONTHS[named.lower()] if named else int(parts["number"])
                iso = _iso(parts["year"], month, int(parts["day"]))
            if iso is not None:
                found.append((match.start(), match.end(), iso))
    return sorted(found)


def _day_or_month_first(year: str, one: int, two: int) -> str:
    """Return the day of a date in digits where only one reading is a date, or both are the same."""
    readings = {_iso(year, two, one), _iso(year, one, two)} - {""}
    return readings.pop() if len(readings) == 1 else ""


def _month_day(words: str) -> str:
    for form in _WITHOUT_YEAR:
        match = form.search(words)
        if match is not None:
            iso = _iso("2000", _MONTHS[match["month"].lower()], int(match["day"]))
            return iso[5:]
    return ""


def _iso(year: str, month: int, day: int) -> str:
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return ""
