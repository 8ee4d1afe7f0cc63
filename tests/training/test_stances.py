"""The training of the local coder: lessons from statements, and the export beside torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not here: pip install 'whipcount[training]'")
pytest.importorskip("onnx", reason="onnx is not here: pip install 'whipcount[training]'")

import onnxruntime  # noqa: E402
from benchmarks.statements import GuidelineError, read_statements  # noqa: E402
from training.stances.export import build  # noqa: E402
from training.stances.lessons import as_read, denied  # noqa: E402
from training.stances.network import Network  # noqa: E402

SMALL = {
    "vocabulary": 50, "width": 24, "layers": 2, "heads": 2, "inner": 48, "dropout": 0.0,
    "head_dropout": 0.0,
}  # fmt: skip
HEADER = (
    '{"issue": "tram", "name": "x", "options": {"build": "The tram is built", "bus": "It isn\'t"}}'
)
LINE = (
    '{"issue": "tram", "n": 1, "title": "Rails", "before": "", "text": "<s>Ines Marlo</s> '
    '<c>said</c> on Monday: <q>we back it, but only after the vote</q>.", "codes": {"build": '
    '{"stance": "conditional", "condition": "only after the vote"}}, "phenomena": ["condition"]}'
)


def test_the_export_gives_what_torch_gives() -> None:
    torch.manual_seed(1)
    network = Network(SMALL).eval()
    torch.nn.init.normal_(network.segments.weight)
    pieces, segments = np.array([3, 7, 9, 4, 11, 12, 5]), np.array([0, 0, 1, 1, 2, 2, 2])
    with torch.no_grad():
        wanted = network(torch.tensor(pieces)[None], torch.tensor(segments)[None], torch.ones(1, 7))
    state = {key: value.numpy() for key, value in network.state_dict().items()}
    graph = build(state, SMALL["layers"], SMALL["heads"], quantised=False)
    session = onnxruntime.InferenceSession(graph.SerializeToString())
    found = session.run(["stance", "hedge", "marks"], {"pieces": pieces, "segments": segments})
    for one, other in zip(found, wanted, strict=True):
        np.testing.assert_allclose(one, other[0].numpy().reshape(one.shape), atol=1e-4)


def test_a_statement_is_a_lesson_for_each_option(tmp_path: Path) -> None:
    path = tmp_path / "tram.jsonl"
    path.write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    (one,) = read_statements(path)
    lessons = dict(as_read(one))
    assert lessons["bus"].stance == "none"
    lesson = lessons["build"]
    assert lesson.statement == "Ines Marlo said: we back it, but only after the vote"
    condition = lesson.marks[0]
    assert condition is not None
    assert lesson.statement[slice(*condition)] == "only after the vote"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("conditional", "maybe", "no stance 'maybe'"),
        ("only after the vote\"", "never\"", "doesn't have 'never'"),
        ("</q>", "", "is not closed"),
        ('"build": {', '"rail": {', "no option 'rail'"),
        ('["condition"]', '["odd"]', "unknown phenomena: odd"),
    ],
)  # fmt: skip
def test_what_breaks_the_guidelines_is_named_with_its_line(
    old: str, new: str, fault: str, tmp_path: Path
) -> None:
    path = tmp_path / "tram.jsonl"
    assert old in LINE
    path.write_text(f"{HEADER}\n{LINE.replace(old, new)}\n", encoding="utf-8")
    with pytest.raises(GuidelineError, match=rf"tram\.jsonl:2: .*{fault}"):
        read_statements(path)


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        ("Vaccination must be made compulsory", "Vaccination must not be made compulsory"),
        ("Animals should not be eaten", "Animals should be eaten"),
        ("Death to all rules", ""),
    ],
)
def test_a_claim_is_denied_at_its_auxiliary(claim: str, denial: str) -> None:
    assert denied(claim) == denial
