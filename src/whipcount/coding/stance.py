"""The stance that a clause takes on the thing that it speaks of.

Words of stance, turned and bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whipcount.coding.lexicon import stance_words
from whipcount.coding.phrasebook import Hit, place
from whipcount.model import Stance, Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

WHOLE = frozenset({"undecided", "abstain"})
LIGHT = frozenset(
    {"be", "become", "have", "get", "give", "take", "make", "see", "remain", "present", "adopt"}
    | {
        "come",
        "belong",
        "need",
        "agree",
        "grant",
        "receive",
        "sit",
        "stand",
        "set",
        "show",
        "lie",
        "open",
    }
)
"""Verbs that a modal verb may stand with so that it speaks of what they are done to.

As in `should get a road map`.
"""

NEGATIONS = frozenset(
    {
        "not",
        "n't",
        "no",
        "never",
        "neither",
        "nor",
        "nobody",
        "none",
        "nothing",
        "hardly",
        "without",
    }
)
HOLDERS = frozenset(
    {"support", "support_hedged", "oppose", "oppose_hedged", "undecided", "abstain", "obstruct"}
)
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of stance: its group, whether it is negated, and its place among the tokens."""

    group: str
    entry: str
    negated: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The stance that words take, how strongly, and the words that it was made of."""

    stance: Stance
    strength: Strength
    words: tuple[Word, ...] = field(default=())


def words_of(tokens: Sequence[Token]) -> list[Word]:
    """Return the words of stance among tokens, in order, each with its negation seen."""
    lexicon = stance_words()
    found = []
    for hit in lexicon.stances.hits(tokens):
        if hit.group == "cue_support" or _is_other_use(tokens, hit):
            continue
        negated = _negated(tokens, hit)
        if hit.entry in lexicon.negated_only and not negated:
            continue
        found.append(Word(hit.group, hit.entry, negated, hit.start, hit.end))
    return found


def cue_words_of(tokens: Sequence[Token]) -> list[Word]:
    """Return the words of stance of a cue: among them nouns and verbs that carry one only there."""
    own = [
        Word("support", hit.entry, _negated(tokens, hit), hit.start, hit.end)
        for hit in stance_words().stances.hits(tokens)
        if hit.group == "cue_support"
    ]
    return sorted([*words_of(tokens), *own], key=lambda word: word.start)


def modals_of(tokens: Sequence[Token]) -> list[Word]:
    """Return the modal verbs that take a side: `should`, `will`, and `cannot`."""
    lexicon = stance_words()
    found = []
    for index, token in enumerate(tokens):
        if token.tag_ != "MD" and not (
            token.lower_ in ("ought", "need", "needs") and token.pos_ in ("AUX", "VERB")
        ):
            continue
        lemma = token.lower_
        negated = _negated_at(tokens, index) or _negated_at(
            tokens, _index(tokens, token.head, index)
        )
        if lemma in lexicon.modals or (lemma in lexicon.modals_negated_only and negated):
            found.append(Word("modal", lemma, negated, index, index + 1))
    return found


def stands_alone(word: Word) -> bool:
    """Tell whether a word takes a stance without naming what on.

    As in `undecided`, `will not stand in the way`.
    """
    return (
        word.group in WHOLE
        or (word.group == "obstruct" and word.negated)
        or word.entry.endswith((" yes", " no"))
        or word.entry in ("yes", "open to", "be open")
    )


def judge(cue: Sequence[Word], content: Sequence[Word], modals: Sequence[Word]) -> Judgement | None:
    """Return the stance of a cue's and a content's words together; None where they take none.

    The sides multiply: who `rejects` a `delay` is for it. Indecision and standing aside win over
    sides; who will `not block` stands aside. Modal verbs count where nothing else takes a side.
    """
    words = [*cue, *content]
    decided = [w for w in words if w.group in ("undecided", "abstain")]
    for word in decided:
        if word.group == "abstain" and not word.negated:
            return Judgement("abstain", "plain", (word,))
    if decided and all(w.group == "undecided" for w in decided):
        return Judgement("undecided", "plain", tuple(decided))
    sides = [w for w in words if w.group not in ("undecided", "abstain", "fallback_oppose")]
    obstructing = [w for w in sides if w.group == "obstruct"]
    if obstructing and all(w.negated for w in obstructing) and not _turning(sides, obstructing):
        return Judgement("abstain", "plain", tuple(obstructing))
    against = [
        w
        for w in sides
        if w.group == "oppose"
        and w.negated
        and w.entry in ("oppose", "object", "object to", "raise objection")
    ]
    if against and len(sides) == len(against):
        return Judgement("abstain", "plain", tuple(against))
    speaking = [w for w in sides if w.group != "turn"]
    if not speaking:
        return _by_modals(words, sides, modals)
    turning = [w for w in modals if w.negated and not any(c.negated for c in content)][:1]
    sign = -1 if turning else 1
    for word in sides:
        sign *= _sign(word)
    hedged = all(w.group.endswith("_hedged") for w in speaking) or (
        any(w.group.endswith("_hedged") for w in speaking) and len(speaking) > 1
    )
    return Judgement(
        "support" if sign > 0 else "oppose",
        "hedged" if hedged else "plain",
        (*sides, *turning),
    )


def _by_modals(
    words: Sequence[Word], turns: Sequence[Word], modals: Sequence[Word]
) -> Judgement | None:
    if modals:
        sign = -1 if any(w.negated for w in modals) else 1
        for word in turns:
            sign *= _sign(word)
        return Judgement("support" if sign > 0 else "oppose", "plain", (*turns, *modals))
    warned = [w for w in words if w.group == "fallback_oppose" and not w.negated]
    if warned:
        return Judgement("oppose", "hedged", tuple(warned))
    return None


def _sign(word: Word) -> int:
    sign = 1 if word.group.startswith("support") else -1
    return -sign if word.negated else sign


def _turning(sides: Sequence[Word], apart: Sequence[Word]) -> bool:
    return any(w not in apart and w.group not in ("support",) for w in sides)


def _negated(tokens: Sequence[Token], hit: Hit) -> bool:
    """Tell whether what an entry says is denied.

    On one of its words, or on the verb that it completes.
    """
    entry = hit.entry.split()
    if any(word in NEGATIONS for word in entry[:2]):
        return False
    if any(_negated_at(tokens, index) for index in range(hit.start, hit.end)):
        return True
    head = tokens[hit.start]
    index = _index(tokens, head.head, -1)
    if (
        head.dep_
        in ("acomp", "attr", "xcomp", "prep", "dobj", "pobj", "advmod", "oprd", "ROOT", "aux")
        and index >= 0
    ):
        return _negated_at(tokens, index)
    return False


def _negated_at(tokens: Sequence[Token], index: int) -> bool:
    if not 0 <= index < len(tokens):
        return False
    token = tokens[index]
    for child in token.children:
        if child.lower_ in ("only", "just") and child.i == token.i + 1:
            continue
        if child.dep_ == "neg" or child.lower_ in (
            "never",
            "no",
            "neither",
            "nobody",
            "none",
            "hardly",
            "cannot",
        ):
            if (
                child.lower_ == "not"
                and child.i + 1 < len(token.doc)
                and child.nbor().lower_ in ("only", "just")
            ):
                continue
            if child.dep_ in ("neg", "det", "advmod", "nsubj", "nsubjpass", "preconj", "aux"):
                return True
        if child.dep_ in SUBJECTS and any(
            g.lower_ in ("no", "neither") for g in child.children if g.dep_ == "det"
        ):
            return True
    return False


def _index(tokens: Sequence[Token], token: Token, default: int) -> int:
    """Return the place of a token among tokens that stand side by side in one paragraph."""
    index = place(tokens, token.i)
    return index if index < len(tokens) and tokens[index].i == token.i else default


def _is_other_use(tokens: Sequence[Token], hit: Hit) -> bool:
    """Tell whether a word is not used for a stance.

    A noun that names people, an adjective of time.
    """
    token = tokens[hit.start]
    if (
        hit.entry in ("be for", "be against")
        and hit.end < len(tokens)
        and tokens[hit.end].ent_type_ in ("DATE", "TIME", "CARDINAL")
    ):
        return True
    if hit.entry in ("yes", "no") and any(
        c.dep_ in ("det", "amod", "poss") for c in token.children
    ):
        return True
    if hit.entry == "back" and token.pos_ not in ("VERB",):
        return True
    if hit.entry in (
        "need",
        "want",
        "hope",
        "fail",
        "kill",
        "commit",
        "seek",
        "agree",
        "prefer",
    ) and token.pos_ not in ("VERB", "AUX", "NOUN"):
        return True
    if hit.entry in (
        "support",
        "offer",
        "demand",
        "promise",
        "request",
        "hope",
        "need",
        "risk",
        "threat",
        "veto",
        "vow",
        "benefit",
    ):
        return token.pos_ not in ("VERB", "NOUN", "AUX")
    return hit.entry == "like" and token.pos_ != "VERB"
