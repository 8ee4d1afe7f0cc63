"""An exported network's weights as torch keeps them, to train on from.

What the export rounded to eight bits stays rounded. Features that the exported network doesn't
know begin with no weight: the network gives the same until it is trained.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.attribution.network import Network
from whipcount.attribution.trained.weights import NETWORK, load_weights

ENCODER = {"pieces": "encoder.pieces.weight", "positions": "encoder.positions.weight"}


def restore(network: Network, folder: Path) -> None:
    """Give a network the weights of an exported one with the same layers, as far as they reach."""
    found = _weights(folder)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            values = torch.tensor(found[name]) if name in found else None
            if values is None:
                continue  # a feature's table that is new
            if values.shape == parameter.shape:
                parameter.copy_(values)
            else:
                _widened(network, name, parameter, values)


def _widened(network: Network, name: str, parameter: Tensor, values: Tensor) -> None:
    """Fill a matrix over the features of which the last are new."""
    known = values.shape[1]
    if name == "into.weight":
        parameter.zero_()
        parameter[:, :known] = values
        return
    # squeeze: the word, the features, the head's and the governor's vectors
    width = network.encoder.pieces.weight.shape[1]
    rest = network.above.weight.shape[0] + network.govern.weight.shape[0]
    parameter.zero_()
    parameter[:, : known - rest] = values[:, : known - rest]
    parameter[:, -rest:] = values[:, -rest:]
    assert known - rest > width


def _weights(folder: Path) -> dict[str, np.ndarray]:
    model = onnx.load(folder / NETWORK)
    kept = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    found: dict[str, np.ndarray] = {}
    for name, values in kept.items():
        stem, _, kind = name.rpartition(".")
        if kind == "table":
            scale = kept.get(f"{stem}.scale")
            rows = values if scale is None else values.astype(np.float32) * scale
            number = stem.removeprefix("tables")
            found[ENCODER.get(stem, f"tables.{number}.weight")] = rows
        elif name == "positions":
            found[ENCODER[name]] = values
        elif stem == "lstm":
            found |= _lstm(kind, values)
        elif kind == "weight":
            scale = kept.get(f"{stem}.scale")
            whole = values if scale is None else values.astype(np.float32) * scale
            found[_name(stem, "weight")] = np.ascontiguousarray(whole.T)
        elif kind in ("bias", "gamma", "beta"):
            found[_name(stem, "weight" if kind == "gamma" else "bias")] = values
    weights = load_weights(folder)
    found["near"], found["nobody"] = (
        np.array(weights.linker[key], dtype=np.float32) for key in ("near", "nobody")
    )
    found["crf.step"] = np.maximum(weights.chain.steps, -20).astype(np.float32)
    found["crf.start"] = np.maximum(weights.chain.start, -20).astype(np.float32)
    return found


def _name(stem: str, kind: str) -> str:
    if stem.startswith("layer"):
        number, part = stem.removeprefix("layer").split(".")
        return f"encoder.layers.{number}.{part}.{kind}"
    return f"encoder.norm.{kind}" if stem == "norm" else f"{stem}.{kind}"


def _lstm(kind: str, values: np.ndarray) -> dict[str, np.ndarray]:
    """Return an LSTM's weights; ONNX's gates are i o f c, torch's i f c o."""

    def gates(of: np.ndarray) -> np.ndarray:
        i, o, f, c = np.split(of, 4)
        return np.concatenate([i, f, c, o])

    found = {}
    for side, suffix in enumerate(("", "_reverse")):
        if kind == "b":
            inputs, hidden = np.split(values[side], 2)
            found[f"lstm.bias_ih_l0{suffix}"] = gates(inputs)
            found[f"lstm.bias_hh_l0{suffix}"] = gates(hidden)
        else:
            name = "ih" if kind == "w" else "hh"
            found[f"lstm.weight_{name}_l0{suffix}"] = gates(values[side])
    return found
