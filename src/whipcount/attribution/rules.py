"""The rule-based tagger: quotations, clauses, attitudes, nouns and layouts, joined into statements.

Published rule-based systems read PolNeAR at 5.6 to 17.5 F1 on exact content (Wang et al., COLING
2022, Table 6); how this one does stands in docs/quality.md.
"""

from __future__ import annotations

from whipcount.analysis import Analysis
from whipcount.attribution.direct import direct_drafts, led_draft
from whipcount.attribution.drafts import Draft
from whipcount.attribution.indirect import indirect_drafts
from whipcount.attribution.layouts import interview_speakers, layout_drafts
from whipcount.attribution.lexicon import lexicon
from whipcount.attribution.linking import link, made
from whipcount.attribution.making import make_statements
from whipcount.attribution.nominal import according_drafts, nominal_drafts
from whipcount.attribution.quotations import Quotation, quotations
from whipcount.attribution.transcripts import transcript_drafts
from whipcount.model import Statement


class RuleTagger:
    """Finds statements by rules over the parse; needs no trained weights of its own."""

    name = "rules"
    version = "1.0"

    def attribute(self, analysis: Analysis) -> tuple[Statement, ...]:
        """Return an article's statements in reading order, without actors and dates."""
        drafts, marks = self.drafts(analysis)
        return make_statements(analysis, [made(draft) for draft in drafts], marks)

    def drafts(self, analysis: Analysis) -> tuple[list[Draft], list[list[Quotation]]]:
        """Return an article's drafts in reading order, and the quotations of its paragraphs.

        They are made once an analysis.
        """
        return analysis.once(self._drafts)

    def _drafts(self, analysis: Analysis) -> tuple[list[Draft], list[list[Quotation]]]:
        words = lexicon()
        drafts: list[Draft] = []
        marks: list[list[Quotation]] = []
        speakers = interview_speakers(analysis)
        turns = transcript_drafts(analysis)
        for index, paragraph in enumerate(analysis.paragraphs):
            doc = paragraph.doc
            quotes = quotations(doc.text, paragraph.plain.written(analysis.article.text))
            marks.append(quotes)
            if index in turns:
                drafts += turns[index]
                continue
            found = layout_drafts(index, analysis, quotes, speakers)
            for draft in found:
                draft.layout = True
            if not found:
                found, left_over = direct_drafts(index, doc, quotes, words)
                if index and left_over and not doc.text[: left_over[0].start].strip():
                    led = led_draft(
                        (index - 1, analysis.paragraphs[index - 1].doc), index, left_over, words
                    )
                    found += [led] if led is not None else []
            blocked = {
                token.i
                for token in doc
                if any(token.idx in quote for quote in quotes if quote.detached)
                or any(
                    d.cue and d.paragraph == index and d.cue[0] <= token.idx < d.cue[1]
                    for d in found
                )
            }
            found += according_drafts(index, doc, blocked)
            found += indirect_drafts(index, doc, blocked, words)
            found += nominal_drafts(index, doc, blocked, words)
            drafts += found
        return link(analysis, drafts, marks), marks


tagger = RuleTagger()
