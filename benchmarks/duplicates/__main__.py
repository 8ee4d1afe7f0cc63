"""Copies of articles and reports of utterances: how many are found, and in what time.

    python -m benchmarks.duplicates [--sweep] [--articles N]... [--write]

On `stories.toml` and `utterances.toml` (our own writing), as pairs: two articles of one story, two
reports of one utterance. `--sweep` shows how near copies and other stories come to each other with
shingles of other sizes. Then the processor time for N articles, each of 400 words, a quarter of
them copies of others, and for N statements of 20 words, every third a report of another; the k-th
speaker says 1/k as much as the first. `--write` puts the tables into docs/quality.md.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import time
from collections.abc import Hashable, Iterable, Mapping

from benchmarks.duplicates.making import article_of
from benchmarks.duplicates.stories import reports, versions
from benchmarks.quality import write_table
from whipcount.duplicates import Said, copies, utterances
from whipcount.duplicates.shingles import share_within, shingles, words_of
from whipcount.duplicates.speakers import Speaker, speakers
from whipcount.model import Article

ARTICLES = (1_000, 10_000, 100_000)
SEED = 5


def main() -> None:
    """Print the tables, and write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--articles", type=int, action="append")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.sweep:
        sweep()
        return
    rows = ["| pairs | precision | recall | F1 | of |", "|---|---|---|---|---|"]
    rows += [score_line("articles of one story", *story_pairs())]
    for part in ("develop", "measure"):
        rows.append(score_line(f"reports of one utterance, {part}", *utterance_pairs(part)))
    print("\n".join(rows))
    times = ["| articles | seconds | copies found | most memory |", "|---|---|---|---|"]
    for number in args.articles or ARTICLES:
        drawn = list(many(number))
        started = time.process_time()
        found = copies(drawn)
        seconds = time.process_time() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        copied = sum(one.outlet == "copy" for one in drawn)
        times.append(
            f"| {number:,} | {seconds:.1f} | {len(found)} of {copied} | {memory:,.0f} MB |"
        )
        print(times[-1], flush=True)
    said = ["| statements | seconds | utterances found |", "|---|---|---|"]
    for number in args.articles or ARTICLES:
        spoken = list(statements(number))
        started = time.process_time()
        marks = utterances(spoken)
        seconds = time.process_time() - started
        said.append(
            f"| {number:,} | {seconds:.1f} | {len(set(marks.values())):,} of "
            f"{len({one.words.split()[0] for one in spoken}):,} |"
        )
        print(said[-1], flush=True)
    if args.write:
        write_table("duplicates", rows)
        write_table("duplicates speed", [*times, "", *said])


Pair = tuple[Hashable, Hashable]


def score_line(name: str, found: set[Pair], wanted: set[Pair]) -> str:
    """Return a row of a table."""
    right = len(found & wanted)
    precision, recall = right / max(len(found), 1), right / max(len(wanted), 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    figures = " | ".join(f"{100 * one:.1f}" for one in (precision, recall, both))
    return f"| {name} | {figures} | {right} of {len(wanted)} |"


def story_pairs() -> tuple[set[Pair], set[Pair]]:
    """Return the pairs of articles that are found to be one story, and those that are."""
    listed = list(versions())
    copied = copies(one.article for one in listed)
    story = {one.article.id: copied.get(one.article.id, one.article.id) for one in listed}
    return _pairs(story), _pairs({one.article.id: one.story or one.article.id for one in listed})


def utterance_pairs(part: str) -> tuple[set[Pair], set[Pair]]:
    """Return the pairs of reports that are found to be of one utterance, and those that are."""
    listed = [one for one in reports() if one.part == part]
    known = speakers((one.actor.id.partition(".")[0], one.actor) for one in listed)
    said = []
    for one in listed:
        home = one.actor.id.partition(".")[0]
        direct = one.words[0] in "“‘"
        said.append(Said(f"{home}.0", home, one.day, one.words, (known[one.actor.id],), direct))
    wanted = {one.id: each.utterance for one, each in zip(said, listed, strict=True)}
    return _pairs(utterances(said)), _pairs(wanted)


def _pairs(groups: Mapping[str, Hashable]) -> set[Pair]:
    by_group: dict[Hashable, list[str]] = {}
    for one, group in sorted(groups.items()):
        by_group.setdefault(group, []).append(one)
    return {pair for some in by_group.values() for pair in itertools.combinations(some, 2)}


def sweep() -> None:
    """Print the least share of a copy, and the greatest of another story, by shingle size."""
    listed = list(versions())
    wires = {one.story: one for one in listed if one.edit == "wire"}
    for size in range(2, 7):
        made = {one.article.id: shingles(words_of(_body(one.article)), size) for one in listed}
        copied = [
            share_within(made[one.article.id], made[wires[one.story].article.id])
            for one in listed
            if one.story and one.edit != "wire"
        ]
        others = [
            max(share_within(made[a.article.id], made[b.article.id]), 0.0)
            for a, b in itertools.permutations(listed, 2)
            if len(made[a.article.id]) <= len(made[b.article.id])
            and not (a.story and a.story == b.story)
        ]
        print(f"{size} words: copies from {min(copied):.2f}, others up to {max(others):.2f}")


def _body(article: Article) -> str:
    return "\n".join(article.text[span.start : span.end] for span in article.body)


def many(number: int) -> Iterable[Article]:
    """Yield articles of words drawn with the frequencies of language; every tenth one is copied."""
    rng = random.Random(SEED)
    words = [f"w{place}" for place in range(20_000)]
    weights = list(itertools.accumulate(1 / (place + 10) for place in range(len(words))))
    story: list[str] = []
    for place in range(number):
        if place % 10 < 5 and story and (place // 10) % 2:
            cut = rng.randint(len(story) // 3, len(story))
            text = [word if rng.random() > 0.03 else rng.choice(words) for word in story[:cut]]
            yield article_of(" ".join(text), f"Copy {place}", "2031-03-05", "copy")
            continue
        text = rng.choices(words, cum_weights=weights, k=400)
        if place % 20 == 9:
            story = text
        yield article_of(" ".join(text), f"Story {place}", "2031-03-04", "story")


def statements(number: int) -> Iterable[Said]:
    """Yield statements of drawn words; the first word of one is that of all its reports."""
    rng = random.Random(SEED)
    words = [f"w{place}" for place in range(5_000)]
    weights = list(itertools.accumulate(1 / (place + 10) for place in range(len(words))))
    voices = list(itertools.accumulate(1 / (place + 1) for place in range(number // 20 + 1)))
    last = ""
    speaker = Speaker(0, (), True)
    for place in range(number):
        home = f"{place:016x}"
        if place % 3 == 2:
            cut = rng.randint(12, 20)
            yield Said(f"{home}.0", home, "2031-03-05", " ".join(last.split()[:cut]), (speaker,))
            continue
        who = rng.choices(range(len(voices)), cum_weights=voices)[0]
        speaker = Speaker(who, (), True)
        last = " ".join([f"s{place}", *rng.choices(words, cum_weights=weights, k=19)])
        yield Said(f"{home}.0", home, "2031-03-04", last, (speaker,))


if __name__ == "__main__":
    main()
