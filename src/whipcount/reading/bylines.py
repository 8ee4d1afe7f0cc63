"""Who wrote an article and where it was printed: bylines, credits, names of outlets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


PARTICLES = _words(
    """
    von van de der den da di del della la le du des dos das bin bint ibn al el ter ten zu zur
    y e af av abu san st
    """
)
"""Small words within names."""

NEWS_WORDS = _words(
    """
    times post news herald tribune journal gazette courier mail review observer guardian
    telegraph chronicle ledger mirror star sun globe press wire agency broadcasting radio
    television tv magazine weekly daily daybook bulletin dispatch examiner independent
    standard sentinel register reporter monitor record express echo today online newspaper
    messenger argus advocate advertiser inquirer packet banner citizen beacon leader argosy network
    """
)
"""Words that tell an outlet's name from other names: what newspapers, agencies and broadcasters in
English are called."""

NO_NAME = _words(
    """
    news world politics business sport sports opinion analysis culture europe asia africa
    america americas middle east north south west east home live latest breaking top stories
    story more read photo photos video videos image images editor editors staff reporter
    correspondent desk writer january february march april may june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday the a
    an in on at for with and or but menu search contact about us privacy policy terms
    technology science health climate economy travel weather international national local
    regional interview comment letters minister president summit council
    """
)
"""Words that stand in headings and menus and in no one's name."""

NO_NAME_AFTER_BY = _words(
    """
    the a an staff news editor editors desk correspondent monday tuesday wednesday thursday
    friday saturday sunday in on at for and or press agency agencies newsroom
    """
)
"""The same after "By", where people may well be called West, North, June or Post."""

_NO_OUTLET = NO_NAME | {"online", "today", "radio", "television", "tv"}

_NO_ACRONYM = frozenset({"EU", "UK", "UN", "US", "USA", "UAE", "MP", "MEP", "MD", "PHD", "CEO"})

_BY = re.compile(
    r"^\(?(?:(?:written|words|text|story|report|reported|article)\s+)?(?:by|author:|von)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^[(\[]?(?:(?:additional\s+)?(?:reporting|writing|written|compiled|report|story)\s+by)\s*:?\s+",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\bcontributed (?:\w+ )?to (?:this|the) (?:report|story|article)\W*$|"
    r"^\(with (?:additional )?(?:inputs?|reporting|agency inputs?) (?:from|by) [^()]{2,80}\)$|"
    r"^\(?[a-z]{2,5}(?:/[a-z]{2,5}){1,4}\)?$|"
    r"^[(\[]?(?:(?:additional\s+)?(?:reporting|writing|editing)|edited|compiled|translated|produced|"
    r"fact-checked)\s+by\s*:?\s+\S",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^(?:text|words|story|report|interview|author)(?:\s+by\s+|\s*:\s*)(?=[A-Z])", re.IGNORECASE
)
_OTHERS = re.compile(r"\s*[|·•/;]\s*|,?\s+(?=(?:photos?|pictures?|images?|illustrations?)\b)", re.I)
_SPLIT = re.compile(r"\s*(?:,|;|&|\band\b|\||·|/|\bwith\b)\s*", re.IGNORECASE)
_NAMELESS = re.compile(
    r"(?:our|staff|special|a)\s+(?:\w+\s+)?(?:correspondents?|reporters?|writers?)|"
    r"(?:news\s+)?agenc(?:y|ies)|[A-Z]{2,5}",
    re.IGNORECASE,
)
"""Who stands beside names in a byline and is nobody: "Jane Doe and Our Correspondent"."""

_TAIL = re.compile(r"\s+(?:in|for|at|reports?|reporting)\s+(?=\S)")
_TAIL_OF_REPORTER = re.compile(
    r"^for\s+(?:the\s+)?[A-Z]|\b(?:correspondent|reporter|staff writer|columnist)\b"
)
_PLACES = re.compile(r"\s+in\s+[A-Z][\w'.-]*(?:\s[A-Z][\w'.-]*){0,2}(?=\s*(?:,|;|\band\b|&|\||$))")
_TOKEN = re.compile(r"^[^\W\d_][\w'’.-]*$")
_REPORTING = re.compile(
    r"(?P<outlet>(?:[Tt]he\s)?[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){0,3})'s?\s"
    r"(?P<name>[A-Z][\w'.-]+(?:\s(?:[A-Z][\w'.-]+|[a-z]{1,4})){1,4}?)\s"
    r"(?P<verb>reports?|reported|gauged|gauges|spoke|speaks|met|meets|looks|looked|takes|took|asked|"
    r"asks|visited|visits|travell?ed|explains|explained|explores|explored|examines|examined|has|"
    r"finds|found|follows|followed|investigates|investigated|interviewed|interviews|sat|filed|"
    r"files|talks|talked|tells|wraps|analy[sz]es|analy[sz]ed|was|went|sums|rounds)\b"
)
_COPYRIGHT = re.compile(r"©|\(c\)\s|^\W*copyright\b", re.IGNORECASE)
_YEARS = re.compile(r"\b((?:19|20|21)\d\d)(?:\s*[-–]\s*((?:19|20|21)?\d\d))?\b")
_RIGHTS = re.compile(
    r"\b(all rights reserved|this material|no part|may not be|registered|terms|privacy|imprint|"
    r"contact|about|cookies?|a division of|part of|published by)\b.*$",
    re.IGNORECASE,
)
_SHORTENERS = _words(
    """
    bit.ly t.co goo.gl tinyurl.com ow.ly buff.ly is.gd lnkd.in dlvr.it
    """
)
_PLATFORMS = _words(
    """
    facebook twitter x youtube whatsapp linkedin instagram telegram t reddit tiktok google
    apple pinterest threads bsky mastodon archive
    """
)
_SECOND_LEVEL = _words(
    """
    co com org net gov ac edu gob or ne
    """
)
_URL = re.compile(r"https?://[^\s<>\"')\]]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """Names as they are printed ("Jane Doe and John Roe"), and the outlet that the line gives."""

    names: str = ""
    outlet: str = ""


def byline(words: str, *, bare: bool = False) -> Byline | None:
    """Return the byline that a line is; None where it is none.

    A line counts that begins with "By", or names people in or for a place or paper ("Jane Doe in
    Arlen"); with `bare`, also one with nothing but names, as beside a date.
    """
    if len(words) > 160:
        return None
    match = _BY.match(words)
    if match is not None:
        return _names_and_outlet(_PLACES.sub("", words[match.end() :]).strip(" ()|·-"))
    people = _PLACES.sub("", words)
    head, tail = _cut_tail(people, NO_NAME | NEWS_WORDS)
    names = _names(head, NO_NAME | NEWS_WORDS)
    told = bare or people != words or _TAIL_OF_REPORTER.search(tail) or is_outlet(tail)
    if names and told and len(words.split()) <= 14:
        return _with_tail(names, tail)
    return None


def credit(words: str) -> Byline | None:
    """Return who reported, of a line at an article's end such as "(Reporting by Jane Doe; …)"."""
    match = _CREDIT.match(words[:200])
    if match is None:
        return None
    told = re.split(r"[;.)\]](?:\s|$)", words[match.end() :], maxsplit=1)[0]
    return _names_and_outlet(told)


def signature(words: str) -> Byline | None:
    """Return who wrote, of a line such as "Text: Jane Doe · Pictures: John Roe"; None of others.

    Nothing but names may stand beside the label, for "Report: Ice on the Arle" is a title.
    """
    match = _SIGNATURE.match(words) if len(words) <= 160 else None
    if match is None:
        return None
    names = _names(_OTHERS.split(words[match.end() :].strip(" ."), maxsplit=1)[0], NO_NAME)
    return Byline(names) if names else None


def is_credit(words: str) -> bool:
    """Return whether a line tells who reported, edited or translated, and nothing else."""
    return len(words) <= 240 and _EDITED.search(words) is not None and '"' not in words


def reporter_in(words: str, known: frozenset[str] = frozenset()) -> Byline | None:
    """Return outlet and reporter of a teaser such as "HW's Jane Doe took stock in Arlen".

    The outlet must be one of `known` (lower case), or carry a word of news; else "Arlen's Jane
    Doe" may as well be Arlen's minister.
    """
    for match in _REPORTING.finditer(words[:2000]):
        outlet, names = match["outlet"], _names(match["name"], NO_NAME)
        if names and (outlet.lower().removeprefix("the ") in known or is_outlet(outlet)):
            return Byline(names, outlet.removeprefix("the "))
    return None


def is_outlet(words: str) -> bool:
    """Return whether words are an outlet's name: capitalised, with a word of news among them."""
    tokens = words.replace(".", " ").split()
    return (
        0 < len(tokens) <= 6
        and any(token.lower() in NEWS_WORDS for token in tokens)
        and any(token.lower() not in _NO_OUTLET for token in tokens)
        and all(token[0].isupper() or token in {"of", "and", "&"} for token in tokens[1:])
        and (tokens[0][0].isupper() or tokens[0] == "the")
    )


def copyright_outlet(words: str) -> tuple[str, str]:
    """Return the outlet and the last year of a copyright line; both empty where it is none."""
    if len(words) > 300 or not _COPYRIGHT.search(words):
        return "", ""
    years = _YEARS.findall(words)
    year = years[-1][0] if years else ""
    if years and years[-1][1]:
        year = years[-1][1] if len(years[-1][1]) == 4 else year[:2] + years[-1][1]
    name = _RIGHTS.sub("", _YEARS.sub(" ", _COPYRIGHT.sub(" ", words)))
    name = re.split(r"[|·•]|\.(?:\s|$)", " ".join(name.split()).strip(" ,.-–—:;()"), maxsplit=1)[0]
    name = re.sub(r"^by\s+", "", name.strip(" ,.-–—:;()"), flags=re.IGNORECASE)
    name = re.sub(r",?\s+(?:Ltd|Limited|Inc|LLC|GmbH|plc|Corp(?:oration)?|Co|AG)\b\.?", "", name)
    fits = 0 < len(name) <= 60 and name[0].isalnum() and name.count(" ") <= 5
    fits = fits and "copyright" not in name.lower()
    return (name if fits and not re.search(r"\bfrom\b|\bby\b", name) else ""), year


def first_url(words: str) -> str:
    """Return the first web address in words; empty where there is none."""
    match = _URL.search(words)
    return match[0].rstrip(".,;:!?") if match else ""


def is_platform(url: str) -> bool:
    """Return whether an address is a link shortener's or a social network's."""
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.") in _SHORTENERS or _label(host) in _PLATFORMS


def outlet_of(url: str) -> str:
    """Return what an address calls its outlet: "HBC" for hbc.example.

    The last resort; labels of up to three letters are in capitals, others as titles.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    label = _label(host)
    if not label or is_platform(url) or host.replace(".", "").isdigit():
        return ""
    if len(label) <= 3:
        return label.upper()
    return " ".join(part[:1].upper() + part[1:] for part in label.split("-") if part)


def join_names(names: list[str]) -> str:
    """Return names as a byline prints them: "A", "A and B", "A, B and C"."""
    unique = list(dict.fromkeys(names))
    return " and ".join(filter(None, [", ".join(unique[:-1]), *unique[-1:]]))


def _label(host: str) -> str:
    """Return the label of a host that its owner chose: what is before `.com` or `.co.uk`."""
    labels = host.split(".")
    if len(labels) < 2:
        return ""
    second = len(labels) >= 3 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2
    return labels[-3] if second else labels[-2]


def _names_and_outlet(words: str) -> Byline | None:
    """Return names, and an outlet after them; None where neither is there."""
    head, tail = _cut_tail(words, NO_NAME_AFTER_BY)
    names = _names(head, NO_NAME_AFTER_BY)
    if names:
        return _with_tail(names, tail)
    bare = re.sub(r"^the\s+", "", words, flags=re.IGNORECASE)
    if len(words.split()) <= 5 and (bare.isupper() or is_outlet(words)) and len(bare) > 1:
        return Byline("", words.removeprefix("the "))  # "By AFP"
    if re.fullmatch(
        r"(?:[\w.&-]+\s){0,4}(?:staff|staff (?:writers?|reporters?)|editors|desk|newsroom)",
        words,
        re.IGNORECASE,
    ):
        return Byline()
    return None


def _cut_tail(words: str, refused: frozenset[str]) -> tuple[str, str]:
    """Return names and what follows them: a place, a paper, a role."""
    match = _TAIL.search(words)
    if match is not None:
        return words[: match.start()], words[match.start() :].strip()
    pieces = re.split(r"(\s*[,|·(]\s*|\s+[-–—]\s+)", words)
    for index in range(0, len(pieces), 2):
        if index and not _names(pieces[index].removeprefix("and "), refused):
            return "".join(pieces[: index - 1]), "".join(pieces[index:]).strip(" )")
    return words, ""


def _with_tail(names: str, tail: str) -> Byline:
    paper = re.sub(r"^(?:in|for|at|reports?|reporting)\s+", "", tail)
    for piece in re.split(r"\s*[,|·(]\s*|\s+in\s+|\s+[-–—]\s+", paper):
        acronym = re.fullmatch(r"[A-Z]{2,5}", piece) and piece not in _NO_ACRONYM
        if (
            acronym
            or is_outlet(piece)
            or (tail.startswith("for ") and piece and piece[0].isupper())
        ):
            return Byline(names, piece.removeprefix("the "))
    return Byline(names)


def _names(words: str, refused: frozenset[str]) -> str:
    """Return people's names as a byline prints them; empty where words are anything else.

    `refused` are words, in lower case, that are in no one's name here.
    """
    names = []
    pieces = _SPLIT.split(words.strip())
    if len(pieces) > 1:
        pieces = [piece for piece in pieces if not _NAMELESS.fullmatch(piece)]
    for piece in pieces:
        tokens = piece.split()
        if not 2 <= len(tokens) <= 5:
            return ""
        for index, token in enumerate(tokens):
            small = token.lower() in PARTICLES and 0 < index < len(tokens) - 1
            if not _TOKEN.match(token) or not (token[0].isupper() or small):
                return ""
            if token.lower().strip(".") in refused:
                return ""
        names.append(_titled(tokens))
    return join_names(names)


def _titled(tokens: list[str]) -> str:
    """Return a name with capitals where a byline is in capitals throughout."""
    if not all(token.isupper() for token in tokens) or all(len(token) <= 2 for token in tokens):
        return " ".join(tokens)
    return " ".join(
        re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), token) for token in tokens
    )
