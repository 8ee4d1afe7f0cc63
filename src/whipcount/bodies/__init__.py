"""Who decides: body files, members through time, decision rules."""

from whipcount.bodies.checking import check
from whipcount.bodies.differences import difference
from whipcount.bodies.file import load_body, shipped_bodies
from whipcount.bodies.importing import import_body
from whipcount.bodies.membership import (
    actor_kind,
    is_member_on,
    members_on,
    term_on,
    weight_on,
    weights_on,
)
from whipcount.bodies.names import BodyNames, folded, group_members, member_named, names_body
from whipcount.bodies.parties import by_party
from whipcount.bodies.rules import carries, named_rule, rule_on, rules_on

__all__ = [
    "BodyNames",
    "actor_kind",
    "by_party",
    "carries",
    "check",
    "difference",
    "folded",
    "group_members",
    "import_body",
    "is_member_on",
    "load_body",
    "member_named",
    "members_on",
    "named_rule",
    "names_body",
    "rule_on",
    "rules_on",
    "shipped_bodies",
    "term_on",
    "weight_on",
    "weights_on",
]
