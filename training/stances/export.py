"""The trained network as one ONNX graph with eight-bit weights, for one pair at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper
from tokenizers import Tokenizer

from training.graph import MICROSOFT, OPSET, Floats, Graph, encoded


def build(
    state: dict[str, Floats], layers: int, heads: int, quantised: bool = True
) -> onnx.ModelProto:
    """Return the graph of a network's weights.

    Inputs, int64: `pieces` and `segments` (pieces). Outputs, float: `stance` (6), `hedge` (1),
    `marks` (pieces, 3).
    """
    g = Graph(quantised=quantised)
    two = g.weight("two", np.array([2], dtype=np.int64))
    segment = g.lookup("segments", "segments", state["segments.weight"], exact=True)
    x = encoded(g, segment, state, layers, heads)
    said = g.add("Equal", ["segments", two], "said")
    said = g.add("Cast", [said], "said.float", to=TensorProto.FLOAT)
    count = g.add("ReduceSum", [said], "said.count", keepdims=1)
    share = g.add("Div", [said, count], "said.share")
    row = g.add("Unsqueeze", [share, "zero"], "said.row")
    mean = g.add("MatMul", [row, x], "mean")
    first = g.add("Gather", [x, "zero"], "first")
    pooled = g.add("Concat", [first, mean], "joined", axis=1)
    pooled = _linear(g, pooled, "pool", state, "pool.sum")
    pooled = g.add("Gelu", [pooled], "pooled", MICROSOFT)
    for name in ("stance", "hedge"):
        flat = _linear(g, pooled, name, state, f"{name}.sum")
        g.add("Squeeze", [flat, "zero"], name)
    _linear(g, x, "marks", state, "marks")
    graph = helper.make_graph(
        g.nodes,
        "whipcount-stances",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["pieces"])
            for name in ("pieces", "segments")
        ],
        [
            helper.make_tensor_value_info("stance", TensorProto.FLOAT, [None]),
            helper.make_tensor_value_info("hedge", TensorProto.FLOAT, [None]),
            helper.make_tensor_value_info("marks", TensorProto.FLOAT, ["pieces", None]),
        ],
        initializer=g.weights,
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        producer_name="whipcount",
    )
    model.ir_version = 9
    return model


def _linear(g: Graph, x: str, name: str, state: dict[str, Floats], output: str) -> str:
    """Add a layer whose products are not rounded."""
    weight = g.weight(f"{name}.weight", state[f"{name}.weight"].T)
    product = g.add("MatMul", [x, weight], f"{name}.product")
    return g.add("Add", [product, g.weight(f"{name}.bias", state[f"{name}.bias"])], output)


def export(
    state: dict[str, Any], settings: dict[str, Any], tokenizer: Tokenizer, folder: Path
) -> None:
    """Write the network and the tokenizer to a folder."""
    weights = {key: value.detach().float().cpu().numpy() for key, value in state.items()}
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(build(weights, settings["layers"], settings["heads"]), folder / "stances.onnx")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
