"""Who decides: body files, members through time, decision rules."""

from whipcount.bodies.file import load_body, shipped_bodies
from whipcount.bodies.membership import is_member_on, members_on, term_on, weight_on
from whipcount.bodies.names import BodyNames, folded, group_members, member_named, names_body
from whipcount.bodies.rules import carries, check_can_carry, rule_on

__all__ = [
    "BodyNames",
    "carries",
    "check_can_carry",
    "folded",
    "group_members",
    "is_member_on",
    "load_body",
    "member_named",
    "members_on",
    "names_body",
    "rule_on",
    "shipped_bodies",
    "term_on",
    "weight_on",
]
