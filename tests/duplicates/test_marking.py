"""Articles, statements and positions marked with what they are duplicates of."""

from dataclasses import replace

from benchmarks.duplicates.making import article_of

from whipcount.duplicates import (
    one_of_both,
    positions_with_utterances,
    with_copies,
    with_utterances,
)
from whipcount.model import Actor, Attributed, Coded, Position, Printing, Statement

WORDS = "“We want Isk in the league, and we want it in this year.”"
FILLER = "\n\n".join(
    f"The {place} report on the locks of the lower river says what the one before it said."
    for place in ("first", "second", "third", "fourth")
)


def coded(  # noqa: PLR0917
    title, words=WORDS, published="2031-05-05", outlet="Post", filler="", name="Lena Orlo"
):
    article = article_of(f"{words}\n\n{filler or title}", title, published, outlet)
    actor = Actor(f"{article.id}.a0", name, "person", speaks_for="Torvel")
    statement = Statement(
        f"{article.id}.0", "direct", (), (), article.body[:1], name, words, (actor,), published
    )
    position = Position(
        "statement", actor, "entry", "support", date=published, article=article.id,
        statement=statement.id, piece=0, kind="direct", quote=words,
    )  # fmt: skip
    vote = Position("vote", actor, "entry", "support", date=published, record="a vote")
    return Coded(article, (statement,), (position, vote), (("entry", "0"),))


def test_statements_and_their_positions_have_the_utterance_of_the_earliest():
    first, later = coded("One"), coded("Another", published="2031-05-06")
    marked = with_utterances([later, first])
    assert [one.article.title for one in marked] == ["Another", "One"]
    for one in marked:
        (statement,), (position, vote) = one.statements, one.positions
        assert statement.utterance == position.utterance == first.statements[0].id
        assert vote.utterance == ""
        assert one.article.copy_of == ""


def test_positions_alone_tell_their_utterances_too():
    first, later = coded("One"), coded("Another", published="2031-05-06")
    positions = [*later.positions, *first.positions]
    wanted = [first.statements[0].id, "", first.statements[0].id, ""]
    assert [one.utterance for one in positions_with_utterances(positions)] == wanted
    without = [replace(one, statements=()) for one in (later, first)]
    found = [position for one in with_utterances(without) for position in one.positions]
    assert [one.utterance for one in found] == wanted


def test_the_reporter_is_the_speaker_of_what_is_reported():
    listed = []
    for title, name in (("One", "Torvel"), ("Another", "Ulm")):
        one = coded(title)
        position = replace(
            one.positions[0],
            actor=Actor(f"{one.article.id}.a1", name, "state", speaks_for=name),
            reported=True,
            reported_by=one.positions[0].actor,
        )
        listed.append(position)
    found = positions_with_utterances(listed)
    assert len({one.utterance for one in found}) == 1


def test_a_copy_says_what_it_is_a_copy_of():
    whole, cut = coded("One", filler=FILLER), coded("Another", filler=FILLER[:260])
    marked = with_utterances([cut, whole])
    assert [one.article.copy_of for one in marked] == [whole.article.id, ""]
    articles = with_copies([cut.article, whole.article])
    assert [one.copy_of for one in articles] == [whole.article.id, ""]


def test_attributed_articles_are_marked_as_coded_ones_are():
    one = coded("One")
    (marked,) = with_utterances([Attributed(one.article, one.statements)])
    assert marked.statements[0].utterance == one.statements[0].id


def test_nothing_is_marked_as_nothing():
    assert with_utterances([]) == ()
    assert with_copies([]) == ()
    assert positions_with_utterances([]) == ()


def test_of_pages_with_one_text_the_oldest_is_kept_and_all_are_named():
    first = coded("One")
    pages = [
        replace(first, article=replace(first.article, path=path, outlet=path, published=day))
        for path, day in (("c.html", ""), ("b.html", "2031-05-06"), ("a.html", "2031-05-05"))
    ]
    for order in (pages, pages[::-1], [pages[1], pages[0], pages[2], pages[1]]):
        kept = None
        for page in order:
            kept = one_of_both(kept, page)
        assert kept.article.path == "a.html"
        assert kept.article.also_in == (
            Printing("b.html", "b.html", "2031-05-06", ""),
            Printing("c.html", "c.html", "", ""),
        )
