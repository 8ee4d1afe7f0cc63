# ruff: noqa: E402 (what needs torch is imported where it is known to be here)
"""The training scripts on a corpus of two articles of our own, with a network that learns nothing.

They need torch (`pip install whipcount[training]`) and are skipped where it isn't.
"""

import copy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

torch = pytest.importorskip("torch", reason="torch is not here: pip install 'whipcount[training]'")
pytest.importorskip("onnx", reason="onnx is not here: pip install 'whipcount[training]'")

from training.attribution import train as rooms
from training.attribution.corpus import Document, labels, load
from training.attribution.export import export
from training.attribution.network import Network
from training.attribution.restore import restore
from training.attribution.train import Rounds

from whipcount.analysis import analyse
from whipcount.attribution.rules import tagger as rules
from whipcount.attribution.trained import weights
from whipcount.attribution.trained.encoder import Encoder
from whipcount.attribution.trained.tagger import TrainedTagger
from whipcount.attribution.trained.words import FEATURES, words_of
from whipcount.reading import read_page

ARTICLES = {
    "harvest": (
        "Ilsa Torv said that the harvest was poor.\nNobody in Velt had asked her.\n",
        [("Ilsa Torv", "said", "that the harvest was poor")],
    ),
    "bridge": (
        "“The bridge stays shut,” the mayor told us.\nHis deputy hopes for the spring.\n",
        [("the mayor", "told", "“The bridge stays shut,”")],
    ),
}

SMALL = {
    "vocabulary": 30522,
    "width": 16,
    "layers": 1,
    "heads": 2,
    "inner": 16,
    "feature_width": 4,
    "head_width": 8,
    "hidden": 8,
    "link_width": 4,
    "dropout": 0.1,
    "word_dropout": 0.1,
}
COMMON = {
    "epochs": 2,
    "window": 64,
    "batch": 2,
    "rate": 1e-2,
    "layer_decay": 0.9,
    "head_rate": 1e-2,
    "link_weight": 0.1,
}
SETTINGS: dict[str, Any] = {
    "network": SMALL,
    "training": {
        "hidden_pieces": 0.1,
        "warm_up": 0.1,
        "least_rate": 0.01,
        "weight_decay": 0.01,
        "average": 0.9,
        "clip": 1.0,
    },
    "rounds": [
        {**COMMON, "name": "begun", "seed": 1, "keep": [1]},
        {
            **COMMON,
            "name": "taught",
            "from": "begun",
            "teachers": ["begun"],
            "taught": 0.5,
            "seed": 2,
        },
        {"name": "mean", "mean": [["begun@1", 0.25], ["taught", 0.75]]},
    ],
}


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(weights.FOLDER / weights.TOKENIZER))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the articles as PolNeAR's files are laid out."""
    folder = tmp_path_factory.mktemp("corpus")
    for part in ("text", "attributions"):
        (folder / part).mkdir()
    for name, (text, attributions) in ARTICLES.items():
        (folder / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
        lines, roles = [], ("Source", "Cue", "Content")
        for number, spans in enumerate(attributions):
            keys = [f"T{3 * number + place}" for place in range(3)]
            for key, role, words in zip(keys, roles, spans, strict=True):
                start = text.index(words)
                lines.append(f"{key}\t{role} {start} {start + len(words)}\t{words}")
            members = " ".join(f"{r}:{k}" for r, k in zip(roles, keys, strict=True))
            lines.append(f"E{number}\t{members}")
        path = folder / "attributions" / f"{name}_one.ann"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def documents(corpus: Path, tokenizer: Tokenizer) -> list[Document]:
    return load(corpus, tokenizer, corpus / "corpus.pickle")


def network() -> Network:
    torch.manual_seed(0)
    sizes = labels().sizes()
    return Network({name: sizes[name] for name in FEATURES}, SMALL)


def rounds(documents: list[Document], work: Path, made: dict[str, Path] | None = None) -> Rounds:
    return Rounds(network(), documents, SETTINGS, work, made or {})


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[key], other[key]) for key in one)


def test_the_corpus_becomes_tags_and_relations(documents: list[Document]) -> None:
    by_name = {document.name: document for document in documents}
    harvest = by_name["harvest"]
    assert [harvest.words.texts[place] for place in np.flatnonzero(harvest.readings[0].tags)] == (
        ["Ilsa", "Torv", "said", "that", "the", "harvest", "was", "poor"]
    )
    (relation,) = by_name["bridge"].readings[0].relations
    words = by_name["bridge"].words.texts
    assert [[words[a:b] for a, b in relation[r]] for r in ("source", "cue", "content")] == [
        [("the", "mayor")],
        [("told",)],
        [('"', "The", "bridge", "stays", "shut", ",", '"')],
    ]


def test_what_a_round_needs_is_made_and_a_mean_is_one(
    documents: list[Document], tmp_path: Path
) -> None:
    made = rounds(documents, tmp_path)
    whole = made.make("mean")
    for key, values in whole.items():
        parts = 0.25 * made.make("begun@1")[key] + 0.75 * made.make("taught")[key]
        assert torch.allclose(values, parts, atol=1e-6)
    assert not same(made.make("begun@1"), made.make("begun"))
    assert not same(made.make("begun"), made.make("taught"))


def test_training_goes_on_where_it_was_interrupted(
    documents: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    uninterrupted = rounds(documents, tmp_path / "one").make("taught")
    epoch, turns = rooms.epoch, iter(range(100))

    def stops(*args: Any) -> Any:
        if next(turns) == 3:  # the second epoch of the second round
            raise KeyboardInterrupt
        return epoch(*args)

    monkeypatch.setattr(rooms, "epoch", stops)
    with pytest.raises(KeyboardInterrupt):
        rounds(documents, tmp_path / "other").make("taught")
    monkeypatch.setattr(rooms, "epoch", epoch)
    assert same(rounds(documents, tmp_path / "other").make("taught"), uninterrupted)


def test_what_is_exported_reads_as_the_network_does_and_comes_back(
    documents: list[Document], tokenizer: Tokenizer, corpus: Path, tmp_path: Path
) -> None:
    state = rounds(documents, tmp_path).make("begun")
    export(state, labels(), SMALL, tokenizer, tmp_path / "first")
    tagger = TrainedTagger(Encoder(weights.load_weights(tmp_path / "first")))
    analysis = analyse(read_page(corpus / "text" / "bridge.txt")[0])
    tagger.attribute(analysis)
    words = words_of(analysis, labels(), *rules.drafts(analysis))
    read = np.concatenate([one.scores for one in tagger.network.read(words)])

    trained = network()
    trained.load_state_dict(state)
    restored = network()
    restore(restored, tmp_path / "first")
    document = next(one for one in documents if one.name == "bridge")
    for one in (trained, restored):
        one.eval()
        batch = rooms.assemble(list(rooms.in_order([document], 384)), 0.0, np.random.default_rng(0))
        with torch.no_grad():
            scores = one(*batch.inputs)[0][0].numpy()
        assert np.abs(scores - read).max() < 0.01

    export(copy.deepcopy(restored.state_dict()), labels(), SMALL, tokenizer, tmp_path / "second")
    again = network()
    restore(again, tmp_path / "second")
    for (key, values), other in zip(restored.named_parameters(), again.parameters(), strict=True):
        assert torch.allclose(values, other, atol=1e-4), key


def test_files_of_an_export_stand_for_a_round(
    documents: list[Document], tokenizer: Tokenizer, tmp_path: Path
) -> None:
    export(network().state_dict(), labels(), SMALL, tokenizer, tmp_path / "made")
    made = rounds(documents, tmp_path, {"begun": tmp_path / "made"})
    assert "begun" in made.weights
    made.make("taught")
    assert not (tmp_path / "begun.pt").exists()
    with pytest.raises(KeyError, match="nowhere"):
        made.make("nowhere")
