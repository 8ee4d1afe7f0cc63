"""What a line of a page is: prose, a heading, or one of the kinds of boilerplate.

The rules name kinds of lines that are found on pages of all sites, and nothing of any one site.
Whether a heading belongs to the article is decided by where it stands (`layout`).
"""

from __future__ import annotations

import functools
import re
from typing import Literal

from whipcount.reading import bylines, datelines
from whipcount.reading.paragraphs import is_terminated

Kind = Literal[
    "prose",  # sentences
    "heading",  # words without the end of a sentence: titles, sub-headings, links of menus
    "item",  # a short line with a bullet or number: of a menu, or of a list in the article
    "date",  # when it was published; may hold the byline too
    "byline",
    "url",
    "caption",  # of a picture, with its credit
    "credit",  # who reported or edited, at the end
    "copyright",
    "link",  # to another article: "Read more: …"
    "ender",  # the heading of what isn't the article any more: "Related stories"
    "notice",  # asks the reader for something: newsletter, cookies, sharing, subscription
    "end",  # of a press release: what comes after it says who they are
    "menu",
]

LONGEST = 400
"""Code points up to which a paragraph is looked at for boilerplate; nothing longer is tried against
the patterns, so that a page of one line is read as fast. Chosen, not swept."""

LONGEST_HEADING = 30
"""Words of the longest heading; titles have up to 22 (`layout.MOST_TITLE_WORDS`), standfirsts
without a full stop more. Chosen, not swept."""

_URL_LINE = re.compile(r"^(?:[\w ]{2,20}:\s*)?<?(?:https?://|www\.)\S+>?$", re.IGNORECASE)
_RULE = re.compile(r"^[\W_]+$")
_ITEM = re.compile(r"^(?:\(?\d{1,2}[.)]|[*•‣▪●○◦·+>»–—-])\s+(?=\S)")
_CAMEL = re.compile(
    r"^(?:[A-Z][a-z]+ )?(?:[A-Z][a-z]+|[A-Z]{2,4})(?:[A-Z][a-z]{2,}){1,3}(?: [A-Z][a-z]+){0,2}$"
)
# plain words have a straight quotation mark for the guillemet between breadcrumbs
_SHORT_PIECES = re.compile(r"\s*(?:[|·•›→>]|\s/\s|\s\"\s)\s*")
_END = re.compile(
    r"^(?:[\W_]*(?:ENDS?|-30-|- ?ends? ?-|# ?# ?#(?: ?#)*)[\W_]*"
    r"|(?i:notes? (?:to|for) (?:the )?editors?):?"
    r"|(?i:media|press) (?i:contacts?|enquiries|inquiries|relations)\b.{0,80}"
    r"|About (?:the )?[A-Z\d].{2,60}[^.?!:,])$"
)
_RELEASE = re.compile(
    r"^(?:for immediate release|(?:press|news|media) (?:release|statement)|"
    r"(?:strictly )?embargoed\b.{0,80}|"
    r"(?:contact|tel(?:ephone)?|phone|fax|e-?mail)\s*:\s*\S.{0,80})[:.]?$",
    re.IGNORECASE,
)
_MENU = re.compile(
    r"""^(?:skip\ to\b.{0,40}|jump\ to\b.{0,40}|go\ to\b.{0,30}
    |(?:main\ |toggle\ |open\ |close\ |site\ )?(?:menu|navigation|search)|home(?:\ ?page)?
    |log\ ?[io]n(?:\ or\ .{0,20})?|log\ ?out|sign\ ?(?:in|up|out)|subscribe(?:\ now)?|register
        |my\ account
    |close|live(?:\ tv|\ now|\ blog|stream)?|(?:watch|listen)\ live|newsletters?|podcasts?
        |e-?paper
    |donate|contact(?:\ us)?|about(?:\ us)?|help|faqs?|advertise(?:\ with\ us)?|imprint
        |legal(?:\ notice)?
    |privacy(?:\ (?:policy|notice|settings))?|terms(?:\ (?:of|and)\ .{0,20})?
    |cookies?(?:\ (?:policy|settings|preferences))?|accessibility|careers|jobs|sitemap|rss
    |back\ to\ .{0,20}|(?:scroll\ to\ )?top|next|previous|(?:show\ |load\ |see\ |view\ )?(?:more
        |all)
    |read\ (?:more|on)|continue\ reading|expand|print|share|tweet|save|bookmark|comments?
    |(?:\d+|no|view|show)\ comments?|facebook|twitter|x|whatsapp|linkedin|reddit|telegram
        |instagram
    |youtube|e-?mail|pdf|copy(?:\ link)?|link\ copied.{0,20}|advert(?:isement)?|ads?
        |sponsored(?:\ content)?
    |paid\ post|promoted|(?:story|article)\ continues\ (?:below|after).{0,30}
    |scroll\ (?:down\ )?(?:to|for)\ .{0,30}|published|updated|posted|last\ updated|by|text|image
        |photos?
    |video|audio|gallery|abstract|full\ text|in\ pictures|exclusive|breaking(?:\ news)?|opinion
        |analysis|interview|explainer
    |\d+\s*-?\s*min(?:ute)?s?(?:\ read)?|reading\ time:?\ .{0,20}|\d+\ shares?
    |(?:tags?|topics|keywords|filed\ under|categor(?:y|ies)|sections?|related\ topics):.{0,200}
    |\d{1,2}[:.]\d{2}(?:\s*/\s*\d{1,2}:\d{2})?|\d+\ (?:seconds|minutes|hours|days)\ ago
    |\#\w+(?:\s+\#\w+)*)[.:!]?$""",
    re.IGNORECASE | re.VERBOSE,
)
_SHARE = re.compile(
    r"^(?:share|tweet|pin|post|send|e-?mail|print|save|follow|like|copy|listen|watch|play|"
    r"hear|view)\b"
    r"(?=.*\b(?:facebook|twitter|x|whatsapp|linkedin|reddit|telegram|instagram|friends?|"
    r"article|story|"
    r"page|link|e-?mail|us|video|audio|podcast|youtube|google|gallery|print|min(?:ute)?s?|"
    r"\d+:\d+)\b)"
    r".{0,60}$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^(?:read (?:more|also|next|on|here)|also read|see also|also see|more on this|more|related|"
    r"related (?:stor(?:y|ies)|articles?|news|coverage|reading|links?|content)|"
    r"watch(?: (?:more|now|also))?|"
    r"listen(?: now| also)?|don't miss|further reading|recommended(?: reading)?|explore more|"
    r"you (?:may|might) also like|click here|opinion|in pictures|in depth|up next|"
    r"next up|our standards)\s*[:|>–—-]\s*\S",
    re.IGNORECASE,
)
_ENDER = re.compile(
    r"""^(?:(?:related|recommended|more|most|top|latest|other|popular|trending|editors?'?s?
        |further|similar
        |sponsored|featured|must)\ (?:(?:\w+\ ){0,2}(?:stor(?:y|ies)|articles?|news|reading
        |reads?|picks
        |coverage|headlines|videos|posts|topics|links|content|viewed|commented|shared|popular
        |watched|choices?)
        |(?:on|from|in|about|by)\ .{1,50})
    |you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested).{0,20}|read\ (?:next|also|this\ next)
    |recommended(?:\ for\ you)?|trending(?:\ now)?|what\ (?:to\ )?(?:else|read|others).{0,40}
    |(?:leave|post|add|write)\ a\ (?:comment|reply)|join\ the\ (?:conversation|discussion)
        |reader\ comments
    |(?:\d+\ )?comments?(?:\ \(\d+\))?|about\ the\ authors?|up\ next|explore\ more
        |also\ on\ this\ site
    |(?:the\ )?authors?|(?:foot|end)?notes|references|end\ of\ article
    |from\ (?:our|the)\ (?:archives?|partners)|around\ the\ web|also\ in\ the\ news)\s*:?$""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS = re.compile(
    r"^(?:sign[ -]?up|signing up|subscribe|register|log in|get|receive|join|follow|download|"
    r"support|"
    r"donate|become|click|tap|swipe|accept|manage|enable|please|we use|we and our|we value|this "
    r"(?:web)?site|this page|this (?:article|story) (?:was|is) (?:first|originally)|"
    r"this content|by "
    r"(?:clicking|continuing|subscribing|signing|using|entering|submitting)|"
    r"you can (?:unsubscribe|also|"
    r"find|change)|you have|your (?:e-?mail|privacy|subscription|browser|free|support|ad|"
    r"choices)|"
    r"already|want|do you have|have you|got a|don't miss|never miss|stay|keep up|like what|enjoy|"
    r"want|thank you for|thanks for|send|contact|email|e-mail|report an?|to (?:continue|read|"
    r"view|"
    r"comment|enable|display)|javascript|our (?:weekly|daily|journalists|newsletter)|create|"
    r"unlock|"
    r"the (?:views|opinions) expressed|all (?:rights|content|times)|read our|view our|see our|"
    r"listen to this|watch (?:this|the) video|share this|for more|find (?:out )?more|try|cookies|"
    r"unsubscribe|copyright|some of|loading|(?:\w+ ){1,4}(?:is|are) (?:only )?available to "
    r"subscribers)\b",
    re.IGNORECASE,
)
_DISCLAIMS = re.compile(
    r"\b(?:views|opinions)\b.{0,60}\b(?:of|by) the authors?\b.{0,60}\b(?:not necessarily|nor|alone|"
    r"only)\b|\bdo(?:es)? not necessarily (?:reflect|represent)\b.{0,40}\b(?:views|opinions|polic|"
    r"position)",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:newsletters?|inbox|cookies?|subscri\w+|sign(?:ed|ing)? (?:up|in)|log in|free account|"
    r"privacy (?:policy|settings|notice)|terms (?:of|and)|rights reserved|reproduced|"
    r"republished|follow us|"
    r"follow (?:him|her|them) on|on (?:facebook|twitter|instagram|whatsapp|telegram|youtube|"
    r"x)|our app|"
    r"the app|app store|our journalism|independent journalism|javascript|ad ?blocker|advertis\w+|"
    r"personali[sz]ed|partners|unsubscribe|podcasts?|free articles?|tips?@?|typo|newsroom|click|"
    r"expressed|notifications?|alerts?|this article|this story|our (?:readers|website|site|"
    r"live blog|"
    r"coverage|team|desk)|e-?mail address|@\w+|browser|video)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^[(\[]?(?:(?:file )?(?:photo(?:graph)?s?|image|picture|pic|foto|illustration|graphic|"
    r"video|map|"
    r"infographic|caption)(?: (?:by|credits?|courtesy|source|caption|from))?|credits?|"
    r"source)\s*[:©|/]\s*\S"
    r"|^(?:image|photo|picture) (?:source|caption|credit)\s*,"
    r"|^(?:photo(?:graph)?s?|image|picture|illustration) (?:by|courtesy(?: of)?) [A-Z]"
    r"|\b(?:image|photo|picture|credit|foto|copyright|illustration)s?(?: (?:by|credit|"
    r"source))?\s*:\s*[^.]{2,60}$"
    r"|[(\[](?:(?:ap|file|handout|stock|archive|pool)\s+)?(?:photo|image|picture|file|credit|"
    r"illustration)s?\b[^()]{0,80}[)\]]\.?$"
    r"|[\[(](?:[A-Z][\w .'-]{1,40}/)+\s?[A-Z][\w .'-]{1,40}[\])]\.?$"
    r"|©\s?[A-Z][\w .'-]{1,30}(?:/\s?[A-Z][\w .'-]{1,30})+$",
    re.IGNORECASE,
)
_AGENCY_CREDIT = re.compile(r"[\[(](?:[A-Z][\w .'-]{1,40}/\s?){1,3}[A-Z][\w .'-]{1,40}[\])]\.?$")
_SAYING = re.compile(r"\b(?:said|says|told|tells|added)\b")
_BOUNDARY = re.compile(r"[.!?…][\"')\]]*\s")


def kind_of(words: str) -> Kind:
    """Return what a paragraph of plain words (`paragraphs.plain_words`) is."""
    return "prose" if len(words) > LONGEST else _kind_of(words)


@functools.lru_cache(maxsize=4096)  # a reader asks several times, and menus are alike
def _kind_of(words: str) -> Kind:
    if _URL_LINE.match(words):
        return "url"
    if _END.match(words):
        return "end"
    if _RELEASE.match(words):
        return "menu"
    if _RULE.match(words) or _MENU.match(words) or _SHARE.match(words):
        return "menu"
    if bylines.copyright_outlet(words) != ("", "") and len(words) < 200 and '"' not in words:
        return "copyright"
    if _is_caption(words):
        return "caption"
    if _ENDER.match(words):
        return "ender"
    if _LINK.match(words):
        return "link"
    if bylines.is_credit(words):
        return "credit"
    if _is_notice(words):
        return "notice"
    dates = datelines.line_dates(words)
    if dates is not None and (
        not dates.rest or bylines.byline(dates.rest, bare=True) or datelines.is_place(dates.rest)
    ):
        return "date"
    if not is_terminated(words) and bylines.byline(words) is not None:
        return "byline"
    return _by_form(words)


def is_prose_like(words: str) -> bool:
    """Return whether words hold a sentence's end, or are too long for a heading."""
    return (
        is_terminated(words)
        or _BOUNDARY.search(words) is not None
        or words.count(" ") >= LONGEST_HEADING
    )


def is_section(words: str) -> bool:
    """Return whether a line is a section's name run into another's, as in "WorldAsia"."""
    return len(words) <= 60 and _CAMEL.match(words) is not None


def without_bullet(words: str) -> str:
    """Return an item's words without its bullet or number."""
    return _ITEM.sub("", words, count=1)


def _by_form(words: str) -> Kind:
    if _ITEM.match(words):
        rest = without_bullet(words)
        if _MENU.match(rest) or _SHARE.match(rest):
            return "menu"
        return "prose" if is_prose_like(rest) and rest.count(" ") >= 6 else "item"
    if is_section(words) or _is_row(words):
        return "menu"
    return "prose" if is_prose_like(words) else "heading"


def _is_row(words: str) -> bool:
    """Return whether a line is a row of links or a breadcrumb: short pieces with marks between."""
    if is_terminated(words):
        return False
    pieces = [piece for piece in _SHORT_PIECES.split(words) if piece]
    if len(pieces) < 2:
        return False
    return all(piece.count(" ") <= 2 for piece in pieces) and not any('"' in p for p in pieces)


def _is_caption(words: str) -> bool:
    match = _CAPTION.search(words) if words.count(" ") <= 40 and '"' not in words else None
    if match is None:
        return False
    # a pair of names in brackets is a credit only with capitals; the pattern takes any case
    bracketed = match[0].startswith(("[", "(")) and "/" in match[0]
    return not bracketed or _AGENCY_CREDIT.search(words) is not None or ":" in match[0]


def _is_notice(words: str) -> bool:
    """Return whether words ask the reader for something, and aren't what somebody said."""
    if _DISCLAIMS.search(words):
        return True
    asks = _ASKS.match(words)
    if asks is None or '"' in words or _SAYING.search(words):
        return False
    return _ASKED_FOR.search(words, asks.end() if asks[0].lower() == "subscribe" else 0) is not None
