"""The trained network as one ONNX graph with eight-bit weights, for one window at a time.

One window at a time, because what a batch shares a scale with would change its figures
(`training.graph` tells how they are rounded).
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper
from tokenizers import Tokenizer

from training.attribution.files import write_settings
from training.attribution.network import DISTANCES, TAGS
from training.graph import MICROSOFT, OPSET, Floats, Graph, encoded
from whipcount.attribution.trained.confidence import EVIDENCE
from whipcount.attribution.trained.linker import PAIR
from whipcount.attribution.trained.weights import NETWORK, TOKENIZER
from whipcount.attribution.trained.words import FEATURES, Labels

VERSION = "0.2"
FORBIDDEN = -10_000.0


def build(
    state: dict[str, Floats], features: int, layers: int, heads: int, quantised: bool = True
) -> onnx.ModelProto:
    """Return the graph of a network's weights.

    Inputs, all int64: `pieces` and `owner` (pieces), `first`, `head` and `governor` (words),
    `features` (words, features). Outputs, float: `scores` (words, tags), `links` (words, 4 x
    width), `states` (words, 2 x hidden).
    """
    g = Graph(quantised=quantised)
    one = g.weight("one", np.array([1], dtype=np.int64))
    rows = []
    for i in range(features):
        column = g.add(
            "Gather",
            ["features", g.weight(f"column{i}", np.array(i, dtype=np.int64))],
            f"feature{i}",
            axis=1,
        )
        rows.append(g.lookup(column, f"tables{i}", state[f"tables.{i}.weight"], exact=True))
    found = g.add("Concat", rows, "found", axis=1)
    extra = g.linear(found, "into", state["into.weight"], state["into.bias"])
    extra = g.add("Gather", [extra, "owner"], "extra")
    x = encoded(g, extra, state, layers, heads)
    words = g.add("Gather", [x, "first"], "words")
    above = g.linear(words, "above", state["above.weight"], state["above.bias"])
    above = g.add("Gather", [above, "head"], "above.word")
    govern = g.linear(words, "govern", state["govern.weight"], state["govern.bias"])
    govern = g.add("Gather", [govern, "governor"], "govern.word")
    x = g.add("Concat", [words, found, above, govern], "joined", axis=1)
    x = g.linear(x, "squeeze", state["squeeze.weight"], state["squeeze.bias"])
    x = g.add("Gelu", [x], "squeezed", MICROSOFT)
    x = g.add("Unsqueeze", [x, one], "sequence")
    x = _lstm(g, x, state)
    shape = g.weight("flat", np.array([0, -1], dtype=np.int64))
    g.add("Reshape", [x, shape], "states")
    _float_linear(g, "states", "scores", state)
    g.linear("states", "links", state["links.weight"], state["links.bias"])
    g.nodes[-1].output[0] = "links"
    return _model(g, features)


def _lstm(g: Graph, x: str, state: dict[str, Floats]) -> str:
    """Add the BiLSTM; torch's gates are i f g o, ONNX's i o f g."""

    def gates(values: Floats) -> Floats:
        i, f, c, o = np.split(values, 4)
        return np.concatenate([i, o, f, c])

    w, r, b = [], [], []
    for side in ("", "_reverse"):
        w.append(gates(state[f"lstm.weight_ih_l0{side}"]))
        r.append(gates(state[f"lstm.weight_hh_l0{side}"]))
        b.append(
            np.concatenate(
                [gates(state[f"lstm.bias_ih_l0{side}"]), gates(state[f"lstm.bias_hh_l0{side}"])]
            )
        )
    hidden = r[0].shape[1]
    # The LSTM gives (words, directions, 1, hidden).
    return g.add(
        "LSTM",
        [
            x,
            g.weight("lstm.w", np.stack(w)),
            g.weight("lstm.r", np.stack(r)),
            g.weight("lstm.b", np.stack(b)),
        ],
        "lstm",
        hidden_size=hidden,
        direction="bidirectional",
    )


def _float_linear(g: Graph, x: str, name: str, state: dict[str, Floats]) -> None:
    weight = g.weight(f"{name}.weight", state[f"{name}.weight"].T)
    g.add("MatMul", [x, weight], f"{name}.product")
    g.add("Add", [f"{name}.product", g.weight(f"{name}.bias", state[f"{name}.bias"])], name)


def _model(g: Graph, features: int) -> onnx.ModelProto:
    def whole(name: str, *shape: int | str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.INT64, list(shape))

    def floats(name: str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["words", None])

    graph = helper.make_graph(
        g.nodes,
        "whipcount-attribution",
        [
            whole("pieces", "pieces"),
            whole("owner", "pieces"),
            whole("first", "words"),
            whole("features", "words", features),
            whole("head", "words"),
            whole("governor", "words"),
        ],
        [floats("scores"), floats("links"), floats("states")],
        initializer=g.weights,
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        producer_name="whipcount",
    )
    model.ir_version = 9
    return model


def export(
    state: dict[str, Any],
    labels: Labels,
    settings: dict[str, Any],
    tokenizer: Tokenizer,
    folder: Path,
) -> None:
    """Write the files of `whipcount.attribution.trained`, with their checksums."""
    weights = {key: value.detach().float().cpu().numpy() for key, value in state.items()}
    folder.mkdir(parents=True, exist_ok=True)
    graph = build(weights, len(FEATURES), settings["layers"], settings["heads"])
    onnx.save(graph, folder / NETWORK)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    start = weights["crf.start"].copy()
    start[2::2] = FORBIDDEN  # a paragraph begins inside of nothing
    numbers = {
        "labels": asdict(labels),
        "steps": _rounded(weights["crf.step"] + weights["crf.illegal"]),
        "start": _rounded(start),
        "widths": [len(TAGS), 4 * settings["link_width"], 2 * settings["hidden"]],
        "linker": {
            "distances": list(DISTANCES),
            "near": _rounded(weights["near"]),
            "nobody": _rounded(weights["nobody"]),
            # Until `pairs.weigh` has weighed them.
            "pair": 2 * [{name: float(name == "network") for name in PAIR}],
        },
        # Until `sureness.calibrate` has.
        "confidence": {name: float(name == "content's words") for name in EVIDENCE},
    }
    write_settings(folder, numbers, VERSION)


def _rounded(values: NDArray) -> Any:  # type: ignore[type-arg]
    return np.round(values.astype(float), 5).tolist()
