"""Train the attribution tagger and export it.

    python train.py POLNEAR WORK [--settings settings.toml] [--export FOLDER]

POLNEAR holds `train` and `dev`. WORK keeps the parsed corpus and a checkpoint after each epoch; the
same command goes on from there after an interruption, and trains on a GPU where there is one.
`--export` writes the files of `whipcount.attribution.trained` when the last round is done.
"""

from __future__ import annotations

import argparse
import importlib
import math
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from batches import Batch, assemble, epoch
from corpus import labels, load
from export import export
from network import Network
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from whipcount.attribution.trained.words import FEATURES

HERE = Path(__file__).parent


def main() -> None:
    """Train what is left to train; print the losses to stderr."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("polnear", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--settings", type=Path, default=HERE / "settings.toml")
    parser.add_argument("--export", type=Path)
    args = parser.parse_args()
    settings = tomllib.loads(args.settings.read_text(encoding="utf-8"))
    torch.set_num_threads(settings["threads"])
    torch.manual_seed(settings["seed"])
    model = Path(str(importlib.import_module(settings["encoder"]).__file__)).parent / "model"
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    documents = load(args.polnear / "train", tokenizer, args.work / "train.pickle")
    known = labels().sizes()
    network = Network({name: known[name] for name in FEATURES}, settings["network"])
    begin(network, load_file(str(model / "model.safetensors")))
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network.to(device)
    averaged = {key: value.detach().clone() for key, value in network.state_dict().items()}
    for number in range(len(settings["rounds"])):
        network.load_state_dict(averaged)
        averaged = train(network, documents, settings, number, args.work)
    if args.export is not None:
        export(averaged, labels(), settings["network"], tokenizer, args.export)


def begin(network: Network, weights: dict[str, Tensor]) -> None:
    """Give a network MiniLM's weights."""
    encoder = network.encoder
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


def train(
    network: Network, documents: list, settings: dict[str, Any], number: int, work: Path
) -> dict[str, Tensor]:
    """Return the averaged weights of a round; from its checkpoint where there is one."""
    one, common = settings["rounds"][number], settings["training"]
    device = next(network.parameters()).device
    groups = parameter_groups(network, one, settings["network"]["layers"])
    optimiser = torch.optim.AdamW(
        groups, weight_decay=common["weight_decay"], betas=(0.9, 0.98), eps=1e-6, fused=True
    )
    averaged = {key: value.detach().clone() for key, value in network.state_dict().items()}
    total = one["epochs"] * sum(int(document.ends[-1]) for document in documents)
    seen = step = done = 0
    checkpoint = work / f"round-{number}.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, map_location=device, weights_only=False)
        network.load_state_dict(kept["network"])
        optimiser.load_state_dict(kept["optimiser"])
        averaged, seen, step, done = kept["averaged"], kept["seen"], kept["step"], kept["done"]
        torch.set_rng_state(kept["random"].cpu())
    network.train()
    for turn in range(done, one["epochs"]):
        rng = np.random.default_rng([settings["seed"], number, turn])
        started, losses = time.monotonic(), []
        for examples in epoch(documents, one["window"], one["batch"], rng):
            rate = schedule(seen / total, common["warm_up"], common["least_rate"])
            for group in optimiser.param_groups:
                group["lr"] = group["most"] * rate
            batch = assemble(examples, common["hidden_pieces"], rng).to(device)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                scores, links = network(*batch.inputs)
            loss = network.crf.loss(scores, batch.tags, batch.real)
            (loss + one["link_weight"] * link_loss(network, links, batch)).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), common["clip"])
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            average(averaged, network, min(common["average"], (1 + step) / (10 + step)))
            seen += batch.pieces
            losses.append(float(loss.detach()))
        print(
            f"round {number + 1} epoch {turn + 1}: loss {np.mean(losses):.4f}, "
            f"{time.monotonic() - started:.0f} s",
            file=sys.stderr,
            flush=True,
        )
        state = {
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
            "averaged": averaged,
            "seen": seen,
            "step": step,
            "done": turn + 1,
            "random": torch.get_rng_state(),
        }
        torch.save(state, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
    return averaged


def parameter_groups(network: Network, one: dict[str, Any], layers: int) -> list[dict[str, Any]]:
    """Return the parameters by how fast they learn: the lower a layer, the slower."""
    encoder = network.encoder
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


@torch.no_grad()
def average(averaged: dict[str, Tensor], network: Network, share: float) -> None:
    """Move averaged weights towards the present ones."""
    state = network.state_dict()
    torch._foreach_lerp_(list(averaged.values()), [state[key] for key in averaged], 1 - share)


def link_loss(network: Network, links: Tensor, batch: Batch) -> Tensor:
    """Return the mean loss of contents' cues plus that of cues' sources."""
    to_cue, to_source = network.link_scores(links)
    to_cue = to_cue.masked_fill(~batch.is_cue[:, None, :], -1e4)
    chosen = F.pad(batch.is_source, (0, 1), value=True)
    to_source = to_source.masked_fill(~chosen[:, None, :], -1e4)
    loss = links.new_zeros((), dtype=torch.float32)
    for scores, right in ((to_cue, batch.cue_of), (to_source, batch.source_of)):
        asked = right >= 0
        if asked.any():
            loss = loss + F.cross_entropy(scores[asked], right[asked])
    return loss


if __name__ == "__main__":
    main()
