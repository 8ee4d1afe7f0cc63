"""ONNX graphs with eight-bit weights.

Matrices are quantised by column, symmetric, with what they meet quantised as it comes (dynamic
quantisation, Jacob et al., CVPR 2018). Seven of the eight bits are used (`LEVELS`), so that
processors that add products in 16 bits give the same sums as those that don't.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

LEVELS = 63
OPSET = 17
MICROSOFT = "com.microsoft"

Floats = NDArray[np.float32]


@dataclass(slots=True)
class Graph:
    """Nodes and weights as they gather."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)
    quantised: bool = True

    def weight(self, name: str, values: NDArray) -> str:  # type: ignore[type-arg]
        """Keep an array and return its name."""
        self.weights.append(numpy_helper.from_array(np.array(values, order="C"), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", **options) -> str:  # type: ignore[no-untyped-def]
        """Add a node of one output and return that output's name."""
        self.nodes.append(
            helper.make_node(kind, inputs, [output], name=output, domain=domain, **options)
        )
        return output

    def linear(self, x: str, name: str, weight: Floats, bias: Floats | None) -> str:
        """Add `x @ weight.T + bias`, weight as torch keeps it: (out, in)."""
        matrix = weight.T
        b = "" if bias is None else self.weight(f"{name}.bias", bias)
        if not self.quantised:
            y = self.add("MatMul", [x, self.weight(f"{name}.weight", matrix)], f"{name}.product")
            return y if bias is None else self.add("Add", [y, b], f"{name}.sum")
        scale = np.maximum(np.abs(matrix).max(0), 1e-8) / LEVELS
        rounded = np.round(matrix / scale).astype(np.int8)
        return self.add(
            "DynamicQuantizeMatMul",
            [
                x,
                self.weight(f"{name}.weight", rounded),
                self.weight(f"{name}.scale", scale.astype(np.float32)),
                self.weight(f"{name}.zero", np.zeros(len(scale), dtype=np.int8)),
                b,
            ],
            f"{name}.sum",
            MICROSOFT,
        )

    def lookup(self, indices: str, name: str, table: Floats, exact: bool = False) -> str:
        """Add rows of a table; kept in eight bits, each row with its scale, unless `exact`."""
        if exact or not self.quantised:
            return self.add("Gather", [self.weight(f"{name}.table", table), indices], f"{name}.row")
        scale = (np.maximum(np.abs(table).max(1), 1e-8) / 127).astype(np.float32)
        rounded = np.round(table / scale[:, None]).astype(np.int8)
        rows = self.add(
            "Gather", [self.weight(f"{name}.table", rounded), indices], f"{name}.rounded"
        )
        scales = self.add(
            "Gather", [self.weight(f"{name}.scale", scale[:, None]), indices], f"{name}.scales"
        )
        return self.add(
            "Mul",
            [self.add("Cast", [rows], f"{name}.float", to=TensorProto.FLOAT), scales],
            f"{name}.row",
        )


def encoded(g: Graph, extra: str, state: dict[str, Floats], layers: int, heads: int) -> str:
    """Add `minilm.Encoder` over the input `pieces`, with `extra` added to their embeddings.

    Returns the name of the states (pieces, width).
    """
    zero = g.weight("zero", np.array([0], dtype=np.int64))
    x = g.lookup("pieces", "pieces", state["encoder.pieces.weight"])
    length = g.add("Shape", ["pieces"], "length")
    positions = g.add(
        "Slice",
        [g.weight("positions", state["encoder.positions.weight"]), zero, length, zero],
        "placed",
    )
    x = g.add("Add", [g.add("Add", [x, positions], "embedded"), extra], "embeddings")
    x = g.add(
        "LayerNormalization",
        [
            x,
            g.weight("norm.gamma", state["encoder.norm.weight"]),
            g.weight("norm.beta", state["encoder.norm.bias"]),
        ],
        "normed",
        axis=-1,
        epsilon=1e-12,
    )
    x = g.add("Unsqueeze", [x, zero], "window")
    for i in range(layers):
        x = layer(g, x, i, state, heads)
    return g.add("Squeeze", [x, zero], "encoded")


def layer(g: Graph, x: str, i: int, state: dict[str, Floats], heads: int) -> str:
    """Add a transformer layer of `minilm.Layer` over (batch, pieces, width)."""

    def at(part: str) -> Floats:
        return state[f"encoder.layers.{i}.{part}"]

    name = f"layer{i}"
    qkv = g.linear(x, f"{name}.qkv", at("qkv.weight"), at("qkv.bias"))
    parts = [f"{name}.{part}" for part in "qkv"]
    g.nodes.append(helper.make_node("Split", [qkv], parts, name=f"{name}.split", axis=2))
    y = g.add("MultiHeadAttention", parts, f"{name}.attended", MICROSOFT, num_heads=heads)
    y = g.linear(y, f"{name}.out", at("out.weight"), at("out.bias"))
    x = _skip(g, f"{name}.norm1", y, x, at("norm1.weight"), at("norm1.bias"))
    y = g.linear(x, f"{name}.up", at("up.weight"), at("up.bias"))
    y = g.add("Gelu", [y], f"{name}.gelu", MICROSOFT)
    y = g.linear(y, f"{name}.down", at("down.weight"), at("down.bias"))
    return _skip(g, f"{name}.norm2", y, x, at("norm2.weight"), at("norm2.bias"))


def _skip(g: Graph, name: str, y: str, x: str, gamma: Floats, beta: Floats) -> str:
    return g.add(
        "SkipLayerNormalization",
        [y, x, g.weight(f"{name}.gamma", gamma), g.weight(f"{name}.beta", beta)],
        name,
        MICROSOFT,
        epsilon=1e-12,
    )
