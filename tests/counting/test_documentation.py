"""The worked example of `docs/counting.md` and the files of `docs/bodies.md`, run."""

import re
from datetime import date
from pathlib import Path

from whipcount.bodies import load_body, rule_on
from whipcount.counting import count
from whipcount.model import Option, Span

from .cases import DAY, article, council, issue, member, person, said, state

DOCS = Path(__file__).parents[2] / "docs"


def test_the_worked_example_gives_the_cells_that_the_page_has():
    about = issue(Option("dam-now", "A dam now", implies=("dam",)), Option("dam", "A dam"))
    body = council(member("Arvonia"), member("Belmark"), member("Corvia"))
    minister = person("Cy Dane", "Corvia", "Foreign Minister")
    positions = [
        said(person("Ana Vell", "Arvonia", "President"), "support", "2031-05-03", "dam-now"),
        said("Belmark", "conditional", "2031-05-09", "dam", condition=Span(11, 28)),
        said("Belmark", "support", "2031-05-12", "dam", reported=True, reported_by=minister),
        said(minister, "oppose", "2031-05-20", "dam-now"),
    ]
    found = count(
        positions, about, body, date(2031, 5, 31), [article("acceptable if the lake stays")]
    )
    assert {(c.member, c.option): (c.stand, c.since, c.contested) for c in found.cells} == {
        ("Arvonia", "dam-now"): ("yes", "2031-05-03", False),
        ("Arvonia", "dam"): ("yes", "2031-05-03", False),
        ("Belmark", "dam-now"): ("not-on-record", None, False),
        ("Belmark", "dam"): ("conditional", "2031-05-09", True),
        ("Corvia", "dam-now"): ("no", "2031-05-20", False),
        ("Corvia", "dam"): ("not-on-record", None, False),
    }
    blocked, still_open = found.verdicts
    assert (blocked.outcome, blocked.blockers) == ("blocked", (("Corvia",),))
    assert (still_open.outcome, still_open.needed) == ("open", (("Belmark", "Corvia"),))


def test_the_body_file_of_the_page_loads(tmp_path):
    page = (DOCS / "bodies.md").read_text(encoding="utf-8")
    example, rules = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "orc.toml").write_text(example, encoding="utf-8")
    body = load_body(tmp_path / "orc.toml")
    found = count([said(state("Belmark"))], issue(), body, DAY)
    assert found.members == ("Arvonia", "Corvia")
    weights = "[[members.weights]]\npopulation = 5\n"
    members = f'name = "A body"\n[[members]]\nname = "Arvonia"\n{weights}'
    (tmp_path / "dated.toml").write_text(members + rules, encoding="utf-8")
    dated = load_body(tmp_path / "dated.toml")
    assert [rule.name for rule in dated.rules] == ["unanimity-then", "double-majority"]
    assert rule_on(dated, issue(), None, DAY) == dated.rules[1].rule
