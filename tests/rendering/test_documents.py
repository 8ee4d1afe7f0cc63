from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from whipcount import model
from whipcount.rendering import documents

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


def errors(command: str, document: documents.Document) -> list[str]:
    schema = json.loads((SCHEMAS / f"{command}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    # through JSON, as a reader of the output has it
    read = json.loads(json.dumps(document))
    return [error.message for error in Draft202012Validator(schema).iter_errors(read)]


def test_what_read_gives_fits_its_schema(article):
    assert errors("read", documents.read_document([article])) == []
    assert errors("read", documents.read_line(article, with_text=False)) == []


def test_what_statements_gives_fits_its_schema(attributed):
    assert errors("statements", documents.statements_document([attributed])) == []
    assert errors("statements", documents.statements_line(attributed, with_text=True)) == []


def test_what_code_gives_fits_its_schema(coded):
    assert errors("code", documents.code_document([coded])) == []
    assert errors("code", documents.code_line(coded)) == []


def test_a_count_fits_its_schema(whip_count, empty_count):
    assert errors("count", documents.count_document(whip_count)) == []
    assert errors("count", documents.count_document(empty_count, with_text=True)) == []


def test_no_articles_are_a_document_too():
    for command in ("read", "statements", "code"):
        assert errors(command, getattr(documents, f"{command}_document")([])) == []


def test_a_schema_refuses_what_is_not_in_it(whip_count):
    document = documents.count_document(whip_count)
    document["cells"][0]["mood"] = "good"
    assert errors("count", document)


def test_fields_have_the_order_of_the_design(article):
    keys = list(documents.article(article, with_text=True))
    metadata = ["id", "path", "part", "offset", "title", "outlet", "byline", "published", "url"]
    assert keys[: len(metadata)] == metadata
    assert keys[len(metadata) :] == [
        *("language", "page_sha256", "text_sha256", "text", "body", "headline", "teaser"),
        *("section", "word_count", "copy_of", "also_in"),
    ]


def test_the_text_is_left_out_unless_it_is_asked_for(attributed):
    assert "text" not in documents.statements_line(attributed)["article"]
    with_text = documents.statements_line(attributed, with_text=True)["article"]
    assert with_text["text"] == attributed.article.text


def test_what_is_not_known_is_null(article, attributed):
    nothing = replace(article, title="", outlet="", published="", url="", language="")
    document = documents.article(nothing, with_text=False)
    unknown = ("title", "outlet", "byline", "published", "url", "language")
    assert [document[key] for key in unknown] == [None] * len(unknown)
    actor = documents.actor(model.Actor("x.a0", "someone", "anonymous"))
    assert [actor[key] for key in ("role", "affiliation", "country", "speaks_for")] == [None] * 4
    undated = documents.statement(replace(attributed.statements[0], date=""))
    assert undated["date"] is None


def test_spans_are_pairs_that_cut_the_text(attributed):
    document = documents.statements_line(attributed, with_text=True)
    text = document["article"]["text"]
    pieces = [text[start:end] for start, end in document["statements"][0]["content"]]
    assert pieces == ["“We want Isk in the league,”", "“and soon.”"]


RULES = [
    (model.Consensus(), {"kind": "consensus", "silence": "unknown"}),
    (model.Majority(2 / 3, "present"), {"kind": "majority", "over": 2 / 3, "base": "present"}),
    (model.Quota(at_least=0.55), {"kind": "quota", "share": "members", "at_least": 0.55}),
    (model.Quota("people", all_but=3), {"kind": "quota", "weight": "people", "all_but": 3}),
    (model.NoRule(), {"kind": "none"}),
    (
        model.AnyOf((model.AllOf((model.Consensus(),)), model.NoRule())),
        {
            "kind": "any",
            "of": [
                {"kind": "all", "of": [{"kind": "consensus", "silence": "unknown"}]},
                {"kind": "none"},
            ],
        },
    ),
]


@pytest.mark.parametrize(("rule", "document"), RULES)
def test_a_rule_has_the_keys_of_a_body_file(rule, document, whip_count):
    assert documents.rule(rule) == document
    assert errors("count", documents.count_document(replace(whip_count, rule=rule))) == []
