"""The nouns of whipcount, immutable; every step takes and returns these.

Spans are Unicode code points into an article's text, end exclusive. Dates of statements are ISO
strings of the precision that the words give (`2008`, `2023-07`, `2023-07-11`); `whipcount.dates`
compares them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

StatementKind = Literal["direct", "indirect", "mixed"]
ActorKind = Literal["person", "organisation", "state", "group", "anonymous", "outlet"]
Stance = Literal["support", "oppose", "conditional", "undecided", "abstain"]
STANCES: tuple[Stance, ...] = get_args(Stance)
Strength = Literal["plain", "hedged"]
Origin = Literal["statement", "vote", "entered"]
Stand = Literal[
    "yes", "leaning-yes", "conditional", "undecided", "abstain", "leaning-no", "no", "not-on-record"
]
Outcome = Literal["carried", "blocked", "open", "none"]
MemberKind = Literal["states", "people", "organisations"]
Share = float | int | Fraction
"""Of a rule: a part of the whole, or a number."""


class Span(NamedTuple):
    """Where words stand in an article's text: code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Printing:
    """Another page that holds an article's text to the character; empty strings where not known."""

    path: str
    outlet: str
    published: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """One news text, and the page and part that it came from.

    `text` is the decoded file to the character for a plain-text page, else what was extracted.
    `headline`, `teaser` and `body` are the spans of it that are read; the rest is boilerplate.
    `body` has one span a paragraph, the first without its dateline. `offset` is where `text` begins
    in the page's text, where a page holds several articles. `published` is an ISO date or empty.
    `section` and `word_count` are what an export of a database says, empty and 0 where none does.
    `copy_of` is the id of the fuller article that this one is a copy of, and `also_in` are further
    pages with the same text: both empty where nobody looked among other articles for them.
    """

    id: str
    path: str
    part: int | None
    offset: int
    title: str
    outlet: str
    byline: str
    published: str
    url: str
    language: str
    page_sha256: str
    text_sha256: str
    text: str = field(repr=False)
    body: tuple[Span, ...]
    headline: Span | None = None
    teaser: tuple[Span, ...] = ()
    section: str = ""
    word_count: int = 0
    copy_of: str = ""
    also_in: tuple[Printing, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, state or group that a source names, within one article.

    `affiliation` is the organisation, party or state that the role is held in; `country` an
    ISO 3166-1 alpha-2 code; `speaks_for` the member, state, party or institution whose position
    the actor's words are. Empty strings where not known.
    """

    id: str
    name: str
    kind: ActorKind
    role: str = ""
    affiliation: str = ""
    country: str = ""
    speaks_for: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """One actor of many articles.

    `names` are those that articles give, the most frequent first; `reasons` say why they were
    joined, `doubts` which of it a person should look at. `actors` are the articles' actor ids.
    """

    name: str
    kind: ActorKind
    names: tuple[str, ...]
    roles: tuple[str, ...]
    affiliations: tuple[str, ...]
    speaks_for: tuple[str, ...]
    actors: tuple[str, ...]
    articles: int
    mentions: int
    statements: int
    words: int
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution relation (PARC, PolNeAR): a source, a cue and one or more content pieces.

    `content` has one span a piece, in reading order, quotation marks included. `source` is empty
    where the article names none. `actors` and `date` are filled by `actors.identify`.
    `confidence` is between 0 and 1. `utterance` is the id of the earliest statement that reports
    the same words of the same actor, its own where it is alone; empty where nobody looked.
    """

    id: str
    kind: StatementKind
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str
    quote: str
    actors: tuple[Actor, ...] = ()
    date: str = ""
    confidence: float = 1.0
    utterance: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that could be decided: a proposition in plain words, and help for coders."""

    id: str
    label: str
    definition: str = ""
    phrases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """A decision under debate and its options (DNA calls an option a concept)."""

    name: str
    path: str
    body: str
    options: tuple[Option, ...]
    starts: date | None = None
    rule: str = ""

    def option(self, option_id: str) -> Option:
        """Return the option of that id; KeyError where there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


@dataclass(frozen=True, slots=True)
class Report:
    """Another article's report of the utterance that a position is from.

    `article` and `statement` are ids; `stance` is what was coded there, of the words in `quote`.
    """

    article: str
    statement: str
    date: str
    stance: Stance
    quote: str


@dataclass(frozen=True, slots=True)
class Position:
    """One actor's stance on one option, from one piece of one statement, a vote, or entered.

    `article` and `statement` are ids; `piece` is an index into the statement's content. Votes and
    entered positions have no statement and no spans: `record` holds their source, note and link.
    `utterance` is the statement's. `reports` are the other articles that report the utterance, by
    date, where the position stands for all of them, as in a count's evidence.
    """

    origin: Origin
    actor: Actor
    option: str
    stance: Stance
    strength: Strength = "plain"
    reported: bool = False
    reported_by: Actor | None = None
    implied_by: str | None = None
    condition: Span | None = None
    reason: Span | None = None
    date: str = ""
    coder: str = ""
    confidence: float = 1.0
    for_review: bool = False
    article: str | None = None
    statement: str | None = None
    piece: int | None = None
    kind: StatementKind | None = None
    quote: str = ""
    source: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    record: str | None = None
    utterance: str = ""
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Attributed:
    """An article with its statements."""

    article: Article
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """An article with its statements and the positions coded from them.

    `codebook` are the options that were coded, each with a digest of what coders are told of it.
    """

    article: Article
    statements: tuple[Statement, ...]
    positions: tuple[Position, ...]
    codebook: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RollCall:
    """One recorded vote on an option: the positions of those who voted, the names of the rest.

    `absent`, `not_voting` and `present` (which some chambers record beside yes, no and abstention)
    are members who were called and took no side, for that is no stance; `unlisted` are members of
    the day whom the file doesn't have. `not_members` are names that the file itself marks as those
    of no member. `title` is what the file calls the vote, `path` the file.
    """

    path: str
    title: str
    option: str
    date: str
    positions: tuple[Position, ...]
    absent: tuple[str, ...] = ()
    not_voting: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    not_members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One member and one option as of one day: the stand, and the evidence for it.

    `member` is the member's name in the body file. The first of `evidence` decided the stand.
    `since` is the ISO date at which the unbroken stand began, None where not on record.
    """

    member: str
    option: str
    stand: Stand
    confidence: float
    condition: str | None
    since: str | None
    contested: bool
    evidence: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A cell of somebody who is no member: one row a `speaks_for`, or else an actor."""

    actor: Actor
    option: str
    stand: Stand
    confidence: float
    condition: str | None
    since: str | None
    contested: bool
    evidence: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Probability:
    """A chance between 0 and 1 with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Swing:
    """What one member's change of mind would do: the vote it turns to, and the outcome then."""

    member: str
    vote: Literal["yes", "abstain", "no"]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule makes of the count for one option.

    `blockers`: where blocked, the minimal sets of `no` that suffice for it; `needed`: where open,
    the minimal sets of further `yes` that suffice, and `can_stop` those of further `no` that would
    block it. Smallest first, at most 20. `to_turn`: where blocked, the minimal sets of members
    whose `no` would have to become `yes` for it to be open. `conditions`: where open, the members
    on a condition who are in one of `needed`. `swings`: each single change of mind that would
    change the outcome.
    """

    option: str
    outcome: Outcome
    blockers: tuple[tuple[str, ...], ...] = ()
    needed: tuple[tuple[str, ...], ...] = ()
    probability: Probability | None = None
    can_stop: tuple[tuple[str, ...], ...] = ()
    to_turn: tuple[tuple[str, ...], ...] = ()
    conditions: tuple[str, ...] = ()
    swings: tuple[Swing, ...] = ()


@dataclass(frozen=True, slots=True)
class Fallback:
    """One option among the others, as something to fall back on.

    `place` is 1 for the option that is nearest to being carried. `supporters` are the members that
    are for it, firmly or leaning; `red_lines` those that are against it in plain own words, or by
    a vote. `missing` is how many further `yes`, and `turned` how many turned `no`, carry it at
    least; None where the option needs no decision, or no number does. `instead` is the nearest
    option that would carry today: one that this one implies before others, None where there is
    none, or where this one carries.
    """

    option: str
    place: int
    supporters: tuple[str, ...]
    conditional: tuple[str, ...]
    opponents: tuple[str, ...]
    red_lines: tuple[str, ...]
    missing: int | None
    turned: int | None
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Consensus:
    """Carries when nobody is against. `silence`: whether not being on record is consent."""

    silence: Literal["unknown", "consent"] = "unknown"


@dataclass(frozen=True, slots=True)
class Unanimity:
    """Carries when all are for. `abstention`: whether those who abstain are counted as against.

    Where it is allowed, nobody may be against and one at least must be for.
    """

    abstention: Literal["allowed", "counts against"] = "allowed"


@dataclass(frozen=True, slots=True)
class Majority:
    """Carries when the share of yes is larger than `over`, or reaches `at_least` where that is set.

    `base`: `members` counts every member, `seats` vacant seats too; `present` those who vote yes,
    no or abstain; `voting` those who vote yes or no. A tie, where the share is `over` exactly, goes
    as `casting` votes, a member's name: it votes as a member and decides the tie, or has a vote
    only then (`casting_votes`).
    """

    over: Share = 0.5
    base: Literal["members", "seats", "present", "voting"] = "voting"
    at_least: Share | None = None
    casting: str = ""
    casting_votes: Literal["always", "on ties"] = "always"


@dataclass(frozen=True, slots=True)
class Quota:
    """Carries when yes reaches a share or number of members, of seats, or of a weight.

    `weight` names one of the members' weights; empty counts heads, shares of them being of the
    members or of the `seats`. Exactly one of `at_least` (a share where a float or fraction of at
    most 1, else a number) and `all_but` (all but that many) is set.
    """

    weight: str = ""
    at_least: Share | None = None
    all_but: float | int | None = None
    seats: bool = False


@dataclass(frozen=True, slots=True)
class Veto:
    """Carries when none of the members named says no; who isn't a member on the day has no veto."""

    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quorum:
    """Carries when enough take part, whichever way they vote: `present` as in `Quota.at_least`.

    With `more`, more than that must. It is a rule of its own, or a part of `AllOf`.
    """

    present: Share
    more: bool = False
    weight: str = ""
    seats: bool = False


@dataclass(frozen=True, slots=True)
class Reverse:
    """Carries unless a rule holds when those against are counted as those for."""

    of: Rule


@dataclass(frozen=True, slots=True)
class AllOf:
    """Carries when every part carries."""

    of: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Carries when at least one part carries."""

    of: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class NoRule:
    """There is no verdict: what states give one by one needs no decision."""


Rule = Consensus | Unanimity | Majority | Quota | Veto | Quorum | Reverse | AllOf | AnyOf | NoRule


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A rule of a body with its name and the days on which it holds, `until` exclusive."""

    name: str
    rule: Rule
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A time of membership: from `joined` to `left`, the first day that it is no member.

    `party` and `constituency` are those of this time, where they weren't the member's always.
    """

    joined: date | None
    left: date | None = None
    end_reason: str = ""
    party: str = ""
    constituency: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """A member's weights from a day on, by name."""

    since: date | None
    values: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A state, person or organisation that decides, with its times of membership."""

    id: str
    name: str
    terms: tuple[Term, ...]
    code: str = ""
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    party: str = ""
    constituency: str = ""
    weights: tuple[Weights, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """Who decides: members through time, groups of them, and the decision rules.

    `groups` maps a group's name to its members' names; the single entry `members` stands for all.
    """

    id: str
    name: str
    path: str
    members_are: MemberKind
    members: tuple[Member, ...]
    rules: tuple[DatedRule, ...]
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    seats: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyTally:
    """How many members of a party have each stand on an option; those without one have ""."""

    party: str
    option: str
    members: int
    stands: tuple[tuple[Stand, int], ...]


@dataclass(frozen=True, slots=True)
class WhipCount:
    """A body's members x an issue's options as of one day, the verdicts, and the others apart.

    `members` are the names of that day's members in the body file's order; `cells` has every
    member x option, by option within member. `assumed` are positions that nobody took: what if.
    """

    issue: Issue
    body: Body
    as_of: date
    rule: Rule
    members: tuple[str, ...]
    cells: tuple[Cell, ...]
    others: tuple[Other, ...]
    verdicts: tuple[Verdict, ...]
    articles: tuple[Article, ...]
    fallbacks: tuple[Fallback, ...] = ()
    assumed: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that became another on a day: another stand, or contested, or not any more.

    `day` is the one on which newer words began to count, or on which the member joined (`before`
    is None then) or left (`after` is None). `because` decides now, `instead_of` did before;
    `against` is what makes it contested.
    """

    day: date
    member: str
    option: str
    before: Stand | None
    after: Stand | None
    contested: bool = False
    because: Position | None = None
    instead_of: Position | None = None
    against: Position | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A verdict that became another on a day."""

    day: date
    option: str
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class Tally:
    """How many members have each stand on an option from a day on, and the outcome."""

    day: date
    option: str
    stands: tuple[tuple[Stand, int], ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Timeline:
    """The count as of every day of a span, `first` and `last` included, told by what changes.

    `opening` are all cells as they are on the first day, as if they had come on it. `tallies` has
    for each option one on the first day, and one on each day on which any of its cells or its
    outcome changed; between them nothing did.
    """

    issue: Issue
    body: Body
    first: date
    last: date
    changes: tuple[Change, ...]
    turns: tuple[Turn, ...]
    tallies: tuple[Tally, ...]
    opening: tuple[Change, ...] = ()
    articles: tuple[Article, ...] = ()
