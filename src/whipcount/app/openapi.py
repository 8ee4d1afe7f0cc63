"""The OpenAPI description of the JSON API, made of the tables that the API itself is made of."""

from __future__ import annotations

from typing import Any

from whipcount import __version__
from whipcount.app.actions import ACTIONS, Action
from whipcount.app.api import QUESTIONS, Question
from whipcount.app.fields import MOST_ASKED, Field
from whipcount.app.network_document import NETWORK

Document = dict[str, Any]

SHAPES: dict[str, Document] = {
    "schema": {"type": "integer", "const": 1},
    "next": {"type": ["string", "null"]},
    "change": {"type": ["integer", "null"]},
    "made": {"type": "array", "items": {"type": "string"}},
    "left": {"type": "integer", "minimum": 0},
    "number": {"type": "integer", "minimum": 0},
    "coder": {"type": "string"},
    **{name: {"type": "object"} for name in ("overview", "issue", "count", "article", "moves")},
    "network": {"$ref": "#/components/schemas/Network"},
    "coding": {"$ref": "#/components/schemas/Coding"},
    "codings": {"type": "array", "items": {"$ref": "#/components/schemas/Coding"}},
    "items": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["coding", "priority", "why"],
            "properties": {
                "coding": {"$ref": "#/components/schemas/Coding"},
                "priority": {"type": "number", "minimum": 0, "maximum": 1},
                "why": {"type": "string"},
            },
        },
    },
    **{
        name: {"type": "array", "items": {"type": "object"}}
        for name in ("articles", "statements", "actors", "changes")
    },
}
"""What an answer's members are."""

CODING: Document = {
    "type": "object",
    "description": "What counts, what the machine says and what people said of one coding; "
    "positions and statements are as in `docs/schema/`.",
    "required": ["id", "state", "statement", "position", "machine", "reviews"],
    "properties": {
        "id": {"type": "string"},
        "state": {"enum": ["open", "decided", "disagreed"]},
        "statement": {"type": "object"},
        "position": {"type": ["object", "null"]},
        "machine": {"type": ["object", "null"]},
        "reviews": {"type": "array", "items": {"type": "object"}},
    },
}


def description() -> Document:
    """Return the description, OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "whipcount review",
            "version": __version__,
            "description": "What the review page is made of. Send the token of the address that "
            "`whipcount review` shows as `Authorization: Bearer TOKEN`.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{"token": []}],
        "paths": {
            **{f"/api/{question.name}": {"get": _question(question)} for question in QUESTIONS},
            **{f"/api/{action.name}": {"post": _action(action)} for action in ACTIONS},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Coding": CODING,
                "Network": NETWORK,
                "Error": {
                    "type": "object",
                    "required": ["error"],
                    "properties": {"error": {"type": "string"}},
                },
            },
        },
    }


def _question(question: Question) -> Document:
    return {
        "operationId": f"ask-{question.name}",
        "summary": question.about,
        "parameters": [
            {
                "name": field.name,
                "in": "query",
                "required": field.needed,
                "description": field.about,
                "schema": {
                    key: value
                    for key, value in field.schema(MOST_ASKED).items()
                    if key != "description"
                },
            }
            for field in question.fields
        ],
        "responses": _responses(("schema", *question.gives), REFUSED_QUESTION),
    }


def _action(action: Action) -> Document:
    return {
        "operationId": action.name,
        "summary": action.about,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _object(action.fields)}},
        },
        "responses": _responses(("schema", "change", "made"), REFUSED_ACTION),
    }


def _object(fields: tuple[Field, ...]) -> Document:
    found: Document = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: field.schema() for field in fields},
    }
    needed = [field.name for field in fields if field.needed]
    return found | ({"required": needed} if needed else {})


REFUSED = {
    401: "The token is missing or wrong.",
    421: "The page isn't reached under that name.",
    503: "The project can't be read or written, and why.",
}
REFUSED_QUESTION = {
    400: "The question isn't as it is described here.",
    404: "What is asked for isn't there.",
    **REFUSED,
}
REFUSED_ACTION = {
    400: "What is given isn't as it is described here.",
    409: "What is asked for can't be, as the project stands.",
    413: "The request is longer than any may be.",
    415: "The request is no JSON object.",
    **REFUSED,
}
"""What else may be answered, and when."""


def _responses(names: tuple[str, ...], refused: dict[int, str]) -> Document:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "200": {
            "description": "The answer.",
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": list(names),
                        "properties": {name: SHAPES[name] for name in names},
                    }
                }
            },
        },
        **{str(status): {"description": why, "content": error} for status, why in refused.items()},
    }
