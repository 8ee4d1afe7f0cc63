"""MiniLM (Wang et al., NeurIPS 2020) as what is trained begins with it, and how it learns.

Written out here so that training and export own every operation.
"""

from __future__ import annotations

import importlib
import math
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        y = self.out(y.transpose(1, 2).reshape(batch, length, width))
        x = self.norm1(x + F.dropout(y, self.dropout, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, self.dropout, self.training))


class Encoder(nn.Module):
    """BERT without pooler; word features are added to the embeddings."""

    def __init__(
        self, vocabulary: int, width: int, layers: int, heads: int, inner: int, dropout: float
    ) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(512, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout) for _ in range(layers))
        self.dropout = dropout

    def forward(self, pieces: Tensor, extra: Tensor, mask: Tensor) -> Tensor:
        length = pieces.shape[1]
        x = self.pieces(pieces) + self.positions.weight[:length] + extra
        x = F.dropout(self.norm(x), self.dropout, self.training)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x


def minilm(package: str) -> tuple[dict[str, Tensor], Tokenizer]:
    """Return MiniLM's weights and its tokenizer, which neither pads nor truncates."""
    model = Path(str(importlib.import_module(package).__file__)).parent / "model"
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return load_file(str(model / "model.safetensors")), tokenizer


def begin(encoder: Encoder, weights: dict[str, Tensor]) -> None:
    """Give an encoder MiniLM's weights; its first segment goes into the positions."""
    with torch.no_grad():
        encoder.pieces.weight.copy_(weights["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(
            weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        for kind in ("weight", "bias"):
            getattr(encoder.norm, kind).copy_(weights[f"embeddings.LayerNorm.{kind}"])
            for number, layer in enumerate(encoder.layers):
                at = f"encoder.layer.{number}"
                parts = [
                    weights[f"{at}.attention.self.{part}.{kind}"]
                    for part in ("query", "key", "value")
                ]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
                for ours, theirs in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm1, "attention.output.LayerNorm"),
                    (layer.up, "intermediate.dense"),
                    (layer.down, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(ours, kind).copy_(weights[f"{at}.{theirs}.{kind}"])


def mixed(device: torch.device) -> torch.autocast:
    """Return a context in which products are of 16 bits, where the machine multiplies them."""
    able = device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=able)


def parameter_groups(network: nn.Module, one: dict[str, Any], layers: int) -> list[dict[str, Any]]:
    """Return the parameters by how fast they learn: the lower a layer, the slower."""
    encoder = network.encoder
    assert isinstance(encoder, Encoder)
    below = [encoder.pieces, encoder.positions, encoder.norm]
    stacks = [below, *([layer] for layer in encoder.layers)]
    groups = [
        {
            "params": [p for module in stack for p in module.parameters()],
            "most": one["rate"] * one["layer_decay"] ** (layers - depth),
        }
        for depth, stack in enumerate(stacks)
    ]
    taken = {id(p) for group in groups for p in group["params"]}
    above = [p for p in network.parameters() if id(p) not in taken]
    return [*groups, {"params": above, "most": one["head_rate"]}]


def schedule(progress: float, warm_up: float, least: float) -> float:
    """Return the share of the highest rate: up in a line, down as a cosine."""
    if progress < warm_up:
        return max(least, progress / warm_up)
    turned = math.pi * (progress - warm_up) / (1 - warm_up)
    return max(least, 0.5 * (1 + math.cos(turned)))


def mean(parts: list[tuple[dict[str, Tensor], float]]) -> dict[str, Tensor]:
    """Return the weighted mean of weights (Wortsman et al., Model soups, ICML 2022)."""
    whole = sum(share for _, share in parts)
    return {
        key: torch.stack([weights[key] * (share / whole) for weights, share in parts]).sum(0)
        for key in parts[0][0]
    }


@torch.no_grad()
def average(averaged: dict[str, Tensor], network: nn.Module, share: float) -> None:
    """Move averaged weights towards the present ones."""
    state = network.state_dict()
    torch._foreach_lerp_(list(averaged.values()), [state[key] for key in averaged], 1 - share)
