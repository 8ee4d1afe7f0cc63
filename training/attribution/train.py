"""Train the attribution tagger and export it.

    python -m training.attribution.train POLNEAR WORK [--round NAME] [--export FOLDER]

POLNEAR holds `train` and `dev`. WORK keeps the parsed corpus and a checkpoint after each epoch; the
same command goes on from there after an interruption, and trains on a GPU where there is one. The
rounds of `settings.toml` are made that the one asked for (the last without `--round`) begins from,
is taught by or is the mean of. `--made NAME=FOLDER` takes a round's weights from files that were
exported in place of making it. `--export` writes the files of `whipcount.attribution.trained`.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from training.attribution.batches import Batch, Example, Lessons, assemble, epoch, in_order
from training.attribution.corpus import Document, labels, load
from training.attribution.export import export
from training.attribution.network import TAGS, Network
from training.attribution.pairs import weigh
from training.attribution.restore import restore
from training.attribution.sureness import calibrate
from training.minilm import average, begin, mean, minilm, mixed, parameter_groups, schedule
from whipcount.attribution.trained.words import FEATURES

HERE = Path(__file__).parent

LONGEST = 384
"""Word pieces of the windows in which a teacher reads."""

TAUGHT_AT_ONCE = 32
"""Windows that a teacher reads at once."""


class Rounds:
    """The rounds of the settings, made when they are asked for."""

    def __init__(
        self,
        network: Network,
        documents: list[Document],
        settings: dict[str, Any],
        work: Path,
        made: dict[str, Path],
    ) -> None:
        self.network, self.documents, self.settings, self.work = network, documents, settings, work
        self.rounds = {one["name"]: one for one in settings["rounds"]}
        self.weights: dict[str, dict[str, Tensor]] = {}
        self.fresh = _copied(network)
        for name, folder in made.items():
            restore(network, folder)
            self.weights[name] = _copied(network)

    def make(self, name: str) -> dict[str, Tensor]:
        """Return a round's weights: those of an epoch where the name ends with `@` and its number.

        Raises:
            KeyError: the settings have no such round.
        """
        if name not in self.weights:
            before, _, turn = name.partition("@")
            one = self.rounds[before]
            if turn:
                self.make(before)
                kept = torch.load(kept_of(self.work, one, int(turn)), weights_only=True)
                self.weights[name] = {k: v.to(self._device()) for k, v in kept.items()}
            elif "mean" in one:
                self.weights[name] = mean([(self.make(of), share) for of, share in one["mean"]])
            else:
                self.weights[name] = self._trained(one)
        return self.weights[name]

    def _trained(self, one: dict[str, Any]) -> dict[str, Tensor]:
        begun = self.make(one["from"]) if "from" in one else self.fresh
        lessons: Lessons | None = None
        if "teachers" in one and not is_done(self.work, one):
            teachers = [self.make(name) for name in one["teachers"]]
            lessons = teach(self.network, self.documents, teachers)
        self.network.load_state_dict(begun)
        return train(self.network, self.documents, self.settings, one, self.work, lessons)

    def _device(self) -> torch.device:
        return next(self.network.parameters()).device


def main() -> None:
    """Train what is left to train; print the losses to stderr."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("polnear", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--settings", type=Path, default=HERE / "settings.toml")
    parser.add_argument("--round", metavar="NAME")
    parser.add_argument("--made", metavar="NAME=FOLDER", action="append", default=[])
    parser.add_argument("--threads", type=int, help="on a CPU; otherwise the settings' number")
    parser.add_argument("--export", type=Path)
    args = parser.parse_args()
    settings = tomllib.loads(args.settings.read_text(encoding="utf-8"))
    names = [one["name"] for one in settings["rounds"]]
    made = dict(one.split("=", 1) for one in args.made if "=" in one)
    asked = (args.round or names[-1]).partition("@")[0]
    unknown = [name for name in (asked, *made) if name not in names]
    if unknown or len(made) < len(args.made):
        parser.error(f"no such round: {', '.join(unknown) or args.made}; there are {names}")
    torch.set_num_threads(args.threads or settings["threads"])
    torch.manual_seed(settings["seed"])
    args.work.mkdir(parents=True, exist_ok=True)
    weights, tokenizer = minilm(settings["encoder"])
    documents = load(args.polnear / "train", tokenizer, args.work / "train.pickle")
    known = labels().sizes()
    network = Network({name: known[name] for name in FEATURES}, settings["network"])
    begin(network.encoder, weights)
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    folders = {name: Path(folder) for name, folder in made.items()}
    rounds = Rounds(network, documents, settings, args.work, folders)
    made_weights = rounds.make(args.round or names[-1])
    if args.export is not None:
        export(made_weights, labels(), settings["network"], tokenizer, args.export)
        weigh(load(args.polnear / "dev", tokenizer, args.work / "dev.pickle"), args.export)
        calibrate(args.polnear / "dev", args.export)


def _copied(network: Network) -> dict[str, Tensor]:
    return {key: value.detach().clone() for key, value in network.state_dict().items()}


@torch.no_grad()
def teach(
    network: Network, documents: list[Document], teachers: list[dict[str, Tensor]]
) -> Lessons:
    """Return the mean of teachers' probabilities of all words' tags."""
    tags = len(TAGS)
    lessons = {
        document.name: tuple(
            np.zeros((len(document.words), *shape), dtype=np.float16)
            for shape in ((tags,), (tags, tags))
        )
        for document in documents
    }
    device = next(network.parameters()).device
    rng = np.random.default_rng(0)  # nothing is drawn from it
    examples = sorted(in_order(documents, LONGEST), key=Example.size)
    network.eval()
    for weights in teachers:
        network.load_state_dict(weights)
        for at in range(0, len(examples), TAUGHT_AT_ONCE):
            some = examples[at : at + TAUGHT_AT_ONCE]
            batch = assemble(some, 0.0, rng).to(device)
            with mixed(device):
                scores, _ = network(*batch.inputs)
            found = network.crf.marginals(scores, batch.real)
            for row, example in enumerate(some):
                window = example.window
                for whole, part in zip(lessons[example.document.name], found, strict=True):
                    words = part[row, : window.end - window.start].cpu().numpy()
                    whole[window.start : window.end] += words / len(teachers)
    return lessons


def kept_of(work: Path, one: dict[str, Any], turn: int) -> Path:
    """Return where a round's averaged weights after an epoch lie, of those that it is to `keep`."""
    return work / f"{one['name']}@{turn}.pt"


def is_done(work: Path, one: dict[str, Any]) -> bool:
    """Whether a round's checkpoint is that of its last epoch."""
    path = work / f"{one['name']}.pt"
    if not path.exists():
        return False
    kept = torch.load(path, map_location="cpu", weights_only=False)
    return bool(kept["done"] == one["epochs"])


def train(
    network: Network,
    documents: list[Document],
    settings: dict[str, Any],
    one: dict[str, Any],
    work: Path,
    lessons: Lessons | None,
) -> dict[str, Tensor]:
    """Return the averaged weights of a round; from its checkpoint where there is one."""
    common = {**settings["training"], **one}
    torch.manual_seed(one["seed"])
    network.word_dropout = one.get("word_dropout", settings["network"]["word_dropout"])
    device = next(network.parameters()).device
    groups = parameter_groups(network, one, settings["network"]["layers"])
    optimiser = torch.optim.AdamW(
        groups, weight_decay=common["weight_decay"], betas=(0.9, 0.98), eps=1e-6, fused=True
    )
    averaged = _copied(network)
    total = one["epochs"] * sum(int(document.ends[-1]) for document in documents)
    seen = step = done = 0
    checkpoint = work / f"{one['name']}.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, map_location=device, weights_only=False)
        network.load_state_dict(kept["network"])
        optimiser.load_state_dict(kept["optimiser"])
        averaged, seen, step, done = kept["averaged"], kept["seen"], kept["step"], kept["done"]
        torch.set_rng_state(kept["random"].cpu())
    network.train()
    for turn in range(done, one["epochs"]):
        rng = np.random.default_rng([one["seed"], turn])
        started, losses = time.monotonic(), []
        for examples in epoch(documents, one["window"], one["batch"], rng):
            rate = schedule(seen / total, common["warm_up"], common["least_rate"])
            for group in optimiser.param_groups:
                group["lr"] = group["most"] * rate
            batch = assemble(examples, common["hidden_pieces"], rng, lessons).to(device)
            with mixed(device):
                scores, links = network(*batch.inputs)
            loss = network.crf.loss(scores, batch.tags, batch.real)
            if batch.taught:
                taught = network.crf.soft_loss(scores, *batch.taught, batch.real)
                loss = one["taught"] * taught + (1 - one["taught"]) * loss
            (loss + one["link_weight"] * link_loss(network, links, batch)).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), common["clip"])
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            average(averaged, network, min(common["average"], (1 + step) / (10 + step)))
            seen += batch.pieces
            losses.append(float(loss.detach()))
        print(
            f"{one['name']}, epoch {turn + 1}: loss {np.mean(losses):.4f}, "
            f"{time.monotonic() - started:.0f} s",
            file=sys.stderr,
            flush=True,
        )
        if turn + 1 in one.get("keep", ()):
            torch.save(averaged, kept_of(work, one, turn + 1))
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
