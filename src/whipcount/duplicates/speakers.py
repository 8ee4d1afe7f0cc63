"""Which actors of different articles may be one speaker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from whipcount.actors import Directory, Seen, join
from whipcount.actors.folding import folded
from whipcount.actors.joining import is_name, without_the
from whipcount.model import Actor


@dataclass(frozen=True, slots=True)
class Speaker:
    """An actor as it is compared.

    `who` is the number of the actor that it is across articles; `voice` for whom it speaks, or its
    own name where it is no person; `named` tells that it is a person of that name, and not, say,
    "the minister".
    """

    who: int
    voice: tuple[str, ...]
    named: bool

    def may_be(self, other: Speaker) -> bool:
        """Return whether two are one actor, or speak for one without being two people by name."""
        if self.who == other.who:
            return True
        return bool(self.voice) and self.voice == other.voice and not (self.named and other.named)


def speakers(
    actors: Iterable[tuple[str, Actor]], directory: Directory | None = None
) -> dict[str, Speaker]:
    """Return the speakers of many articles by their actor ids.

    `actors` come with their articles' ids. Who is one across articles is what `actors.join` says.
    """
    seen = {actor.id: Seen(article, actor, statements=1) for article, actor in actors}
    found: dict[str, Speaker] = {}
    made: dict[Speaker, Speaker] = {}
    for number, joined in enumerate(join(seen.values(), directory)):
        for id_ in joined.actors:
            actor = seen[id_].actor
            person = actor.kind == "person"
            voice = folded(actor.speaks_for or ("" if person else actor.name))
            speaker = Speaker(
                number, without_the(voice) if voice else (), person and is_name(actor)
            )
            found[id_] = made.setdefault(speaker, speaker)
    return found
