"""Train the network of the `local` coder and export it.

    python -m training.stances.train PERSPECTRUM POLNEAR WORK [--round NAME] [--export FOLDER]

PERSPECTRUM holds `train.jsonl` and `dev.jsonl`, POLNEAR the articles of the labels in `news`. WORK
keeps a checkpoint after each epoch of each of the rounds of `settings.toml`; the same command goes
on from there after an interruption, and trains on a GPU where there is one. After each epoch the
figures on PERSPECTRUM dev and on the developing statements are printed. `--issues N` learns from N
of our issues alone, to see what their number is worth. `--export` writes the network and its
tokenizer.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from benchmarks.news import read_news
from benchmarks.statements import Example, read_statements
from torch import Tensor

from training.minilm import average, begin, mean, minilm, mixed, parameter_groups, schedule
from training.stances.export import export
from training.stances.lessons import OWN, SIDES, Batch, Desk, Lesson, Teacher, as_read, perspectrum
from training.stances.network import Network
from whipcount.coding.trained.pairs import STANCES, PairMaker

HERE = Path(__file__).parent
DEVELOP = tuple(sorted((HERE.parents[1] / "benchmarks" / "stances").glob("develop*.jsonl")))
NEWS_DEVELOP = HERE.parents[1] / "benchmarks" / "stances" / "news" / "develop.jsonl"

SEED = 1
"""Of the order in which lessons are drawn."""


def main() -> None:
    """Train what is left to train; print losses and figures to stderr."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("perspectrum", type=Path)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--settings", type=Path, default=HERE / "settings.toml")
    parser.add_argument("--round", metavar="NAME")
    parser.add_argument("--issues", type=int, metavar="N")
    parser.add_argument("--export", type=Path)
    args = parser.parse_args()
    settings = tomllib.loads(args.settings.read_text(encoding="utf-8"))
    rounds = {one["name"]: one for one in settings["rounds"]}
    asked = args.round or settings["rounds"][-1]["name"]
    if asked not in rounds:
        parser.error(f"no such round: {asked}; there are {list(rounds)}")
    torch.set_num_threads(settings["threads"])
    torch.manual_seed(settings["seed"])
    args.work.mkdir(parents=True, exist_ok=True)
    weights, tokenizer = minilm(settings["encoder"])
    network = Network(settings["network"])
    begin(network.encoder, weights)
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    sides = perspectrum(args.perspectrum / "train.jsonl")
    judge = Judge(
        Desk(PairMaker(tokenizer)),
        perspectrum(args.perspectrum / "dev.jsonl"),
        {path.stem: read_statements(path) for path in DEVELOP}
        | {"news": read_news(NEWS_DEVELOP, args.polnear)},
    )
    order = [rounds[asked]]
    while "from" in order[0]:
        order.insert(0, rounds[order[0]["from"]])
    averaged: dict[str, Tensor] = {}
    made: dict[str, dict[str, Tensor]] = {}
    seen: list[Example] = []
    for one in order:
        if "mean" in one:
            averaged = mean([(made[name], share) for name, share in one["mean"].items()])
            network.load_state_dict(averaged)
            continue
        own = own_statements(one["files"], args.issues)
        chosen = {**settings["lessons"], **one}
        news = [
            example
            for name in one.get("news", ())
            for example in read_news(HERE / "news" / f"{name}.jsonl", args.polnear)
        ]
        teacher = Teacher(own, sides, chosen, seen, news)
        judge.desk.hidden = chosen["hidden_pieces"]
        seen = [*own, *news]
        averaged = train(network, teacher, {**settings["training"], **one}, args.work, judge)
        made[one["name"]] = averaged
        network.load_state_dict(averaged)
    if args.export is not None:
        export(averaged, settings["network"], tokenizer, args.export)


def own_statements(files: Sequence[str] = (), issues: int | None = None) -> list[Example]:
    """Return our statements to train on, of some files or all.

    With `issues`, those on so many issues, drawn once.
    """
    paths = sorted((HERE / "data").glob("*.jsonl"))
    found = [
        one for path in paths if not files or path.stem in files for one in read_statements(path)
    ]
    if issues is None:
        return found
    names = sorted({one.issue for one in found})
    chosen = set(np.random.default_rng(0).permutation(names)[:issues])
    return [one for one in found if one.issue in chosen]


def train(
    network: Network, teacher: Teacher, s: dict[str, Any], work: Path, judge: Judge
) -> dict[str, Tensor]:
    """Return a round's averaged weights; from its checkpoint where there is one."""
    device = next(network.parameters()).device
    optimiser = torch.optim.AdamW(
        parameter_groups(network, s, len(network.encoder.layers)),
        weight_decay=s["weight_decay"],
        betas=(0.9, 0.98),
        eps=1e-6,
    )
    averaged = {key: value.detach().clone() for key, value in network.state_dict().items()}
    step = done = 0
    checkpoint = work / f"{s['name']}.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, map_location=device, weights_only=False)
        network.load_state_dict(kept["network"])
        optimiser.load_state_dict(kept["optimiser"])
        averaged, step, done = kept["averaged"], kept["step"], kept["done"]
        torch.set_rng_state(kept["random"].cpu())
    for turn in range(done, s["epochs"]):
        rng = np.random.default_rng([SEED, turn])
        started, losses = time.monotonic(), []
        lessons = teacher.epoch(rng)
        seen = 0
        network.train()
        for group, batch in judge.desk.batches(lessons, s["batch"], rng):
            rate = schedule(
                (turn + seen / len(lessons)) / s["epochs"], s["warm_up"], s["least_rate"]
            )
            for parameters in optimiser.param_groups:
                parameters["lr"] = parameters["most"] * rate
            found = loss_of(network, batch.to(device), s)
            found.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), s["clip"])
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            average(averaged, network, min(s["average"], (1 + step) / (10 + step)))
            seen += len(group)
            losses.append(float(found.detach()))
        trained = {key: value.detach().clone() for key, value in network.state_dict().items()}
        network.load_state_dict(averaged)
        print(
            f"{s['name']}, epoch {turn + 1}: loss {np.mean(losses):.4f}, "
            f"{time.monotonic() - started:.0f} s; {judge.figures(network)}",
            file=sys.stderr,
            flush=True,
        )
        network.load_state_dict(trained)
        state = {
            "network": trained,
            "optimiser": optimiser.state_dict(),
            "averaged": averaged,
            "step": step,
            "done": turn + 1,
            "random": torch.get_rng_state(),
        }
        torch.save(state, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
    return averaged


def loss_of(network: Network, batch: Batch, s: dict[str, Any]) -> Tensor:
    """Return a batch's loss: stances of both kinds of lessons, hedging, marks."""
    with mixed(batch.pieces.device):
        stances, hedge, marks = network(batch.pieces, batch.segments, batch.mask)
    stances, hedge, marks = stances.float(), hedge.float(), marks.float()
    total = stances.new_zeros(())
    own = batch.kind == OWN
    if own.any():
        total = total + F.cross_entropy(
            stances[own], batch.stance[own], label_smoothing=s["smoothing"], reduction="sum"
        )
    sides = batch.kind == SIDES
    if sides.any():
        total = total + F.cross_entropy(
            stances[sides, 1:3],
            batch.stance[sides] - 1,
            label_smoothing=s["smoothing"],
            reduction="sum",
        )
    total = total / len(stances)
    asked = batch.hedged >= 0
    if asked.any():
        total = (
            total
            + s["hedge_weight"]
            * F.binary_cross_entropy_with_logits(hedge[asked], batch.hedged[asked].float())
            * asked.float().mean()
        )
    told = batch.marks >= 0
    if told.any():
        total = (
            total
            + s["mark_weight"]
            * F.binary_cross_entropy_with_logits(marks[told], batch.marks[told])
            * asked.float().mean()
        )
    return total


class Judge:
    """Figures of a network on PERSPECTRUM dev and on our statements to develop on, by file."""

    def __init__(
        self, desk: Desk, sides: Sequence[Lesson], develop: Mapping[str, Sequence[Example]]
    ) -> None:
        self.desk, self.sides = desk, sides
        self.develop = {
            name: [lesson for one in examples for _, lesson in as_read(one)]
            for name, examples in develop.items()
        }

    def figures(self, network: Network) -> str:
        """Return accuracy on PERSPECTRUM, and match F1 and stance accuracy on each file."""
        network.eval()
        told = self.scores(network, self.sides)
        right = np.array([STANCES.index(one.stance) for one in self.sides])
        lines = [f"PERSPECTRUM {np.mean(1 + told[:, 1:3].argmax(1) == right):.3f}"]
        for name, lessons in self.develop.items():
            found = self.scores(network, lessons).argmax(1)
            wanted = np.array([STANCES.index(one.stance) for one in lessons])
            both = (found > 0) & (wanted > 0)
            f1 = 2 * both.sum() / max((found > 0).sum() + (wanted > 0).sum(), 1)
            same = (found == wanted)[both].sum() / max(both.sum(), 1)
            lines.append(f"{name} match F1 {f1:.3f}, stance {same:.3f}")
        return ", ".join(lines)

    @torch.no_grad()
    def scores(self, network: Network, lessons: Sequence[Lesson]) -> np.ndarray:
        """Return the stances' scores (lessons, 6)."""
        device = next(network.parameters()).device
        found = np.zeros((len(lessons), len(STANCES)), dtype=np.float32)
        for group, batch in self.desk.batches(lessons, 16_384, None):
            there = batch.to(device)
            with mixed(device):
                stances, _, _ = network(there.pieces, there.segments, there.mask)
            found[group] = stances.float().cpu().numpy()
        return found


if __name__ == "__main__":
    main()
