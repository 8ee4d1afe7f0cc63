"""Make the word pieces' vectors of `whipcount.coding.trained.topics`.

    python -m training.stances.topics TEXT_DIR PERSPECTRUM FOLDER

TEXT_DIR holds articles in plain text (PolNeAR train's), PERSPECTRUM `train.jsonl`. MiniLM reads
their sentences and our own statements and options; the vectors are fitted so that a sentence's sum
of vectors points where MiniLM's mean state does, reduced to its main directions, without the first.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.minilm import Encoder, begin, minilm, mixed
from training.stances.lessons import perspectrum
from training.stances.train import HERE, own_statements
from whipcount.coding.trained.topics import save_topics

TOPICS = "topics.npz"
WIDTH = 128
"""Directions that are kept."""

RARE = 1e-3
"""Smoothing of the inverse frequency that the vectors begin with (Arora et al., ICLR 2017)."""

LONGEST = 96
"""Word pieces of a sentence that are read."""

EPOCHS = 12
RATE = 2e-3
SENTENCE = re.compile(r"(?<=[.!?”\"])\s+|\n+")


def main() -> None:
    """Write FOLDER's topics."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("perspectrum", type=Path)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    settings = tomllib.loads((HERE / "settings.toml").read_text(encoding="utf-8"))
    torch.set_num_threads(settings["threads"])
    torch.manual_seed(settings["seed"])
    weights, tokenizer = minilm(settings["encoder"])
    s = settings["network"]
    encoder = Encoder(s["vocabulary"], s["width"], s["layers"], s["heads"], s["inner"], 0.0)
    begin(encoder, weights)
    encoder.to("cuda" if torch.cuda.is_available() else "cpu").eval()
    sentences = _numbers(tokenizer, _texts(args.texts, args.perspectrum))
    read = _read(encoder, tokenizer, sentences)
    read -= read.mean(0)
    _, _, directions = torch.linalg.svd(read, full_matrices=False)
    targets = F.normalize(read @ directions[1 : WIDTH + 1].T)
    vectors = _fitted(sentences, targets, _begun(sentences, s["vocabulary"]))
    args.folder.mkdir(parents=True, exist_ok=True)
    (args.folder / TOPICS).write_bytes(save_topics(vectors.numpy()))


def _texts(folder: Path, pairs: Path) -> list[str]:
    """Return the sentences to read, each once."""
    texts = [
        sentence
        for path in sorted(folder.glob("*.txt"))
        for sentence in SENTENCE.split(path.read_text(encoding="utf-8"))
    ]
    for one in own_statements():
        texts += [one.text, one.title, one.before, *one.options.values()]
    for lesson in perspectrum(pairs / "train.jsonl"):
        texts += [lesson.option, lesson.statement]
    return [text for text in dict.fromkeys(texts) if len(text) > 15]


def _numbers(tokenizer: Tokenizer, texts: list[str]) -> list[Tensor]:
    found = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [torch.tensor(one.ids[:LONGEST]) for one in found if one.ids]


@torch.no_grad()
def _read(encoder: Encoder, tokenizer: Tokenizer, sentences: list[Tensor]) -> Tensor:
    """Return the mean of MiniLM's states for each sentence."""
    opening, closing = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
    device = encoder.pieces.weight.device
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    means = torch.zeros(len(sentences), encoder.pieces.weight.shape[1])
    for at in range(0, len(order), 128):
        some = order[at : at + 128]
        longest = len(sentences[some[-1]]) + 2
        rows = torch.zeros((len(some), longest), dtype=torch.long)
        mask = torch.zeros(len(some), longest)
        for row, index in enumerate(some):
            ids = torch.tensor([opening, *sentences[index].tolist(), closing])
            rows[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        with mixed(device):
            states = encoder(rows.to(device), torch.zeros(1, device=device), mask.to(device))
        weights = mask.to(device)[..., None]
        means[some] = ((states.float() * weights).sum(1) / weights.sum(1)).cpu()
    return F.normalize(means)


def _begun(sentences: list[Tensor], vocabulary: int) -> Tensor:
    """Return what the pieces weigh at first: the rarer, the more."""
    counts = torch.bincount(torch.cat(sentences), minlength=vocabulary)
    return RARE / (RARE + counts / counts.sum())


def _fitted(sentences: list[Tensor], targets: Tensor, weights: Tensor) -> Tensor:
    """Return vectors whose sums point where the targets do."""
    bag = nn.EmbeddingBag(len(weights), targets.shape[1], mode="sum")
    totals = torch.zeros(len(weights), targets.shape[1])
    seen = torch.zeros(len(weights), 1)
    for numbers, target in zip(sentences, targets, strict=True):
        totals.index_add_(0, numbers, target.expand(len(numbers), -1))
        seen.index_add_(0, numbers, torch.ones(len(numbers), 1))
    with torch.no_grad():
        bag.weight.copy_(F.normalize(totals / (seen + 1)) * weights[:, None] * (seen > 0))
    optimiser = torch.optim.Adam(bag.parameters(), lr=RATE)
    random = torch.Generator().manual_seed(1)
    for turn in range(EPOCHS):
        losses = []
        for some in torch.randperm(len(sentences), generator=random).split(1024):
            lengths = torch.tensor([len(sentences[i]) for i in some])
            offsets = torch.cat([torch.zeros(1, dtype=torch.long), lengths.cumsum(0)[:-1]])
            made = F.normalize(bag(torch.cat([sentences[i] for i in some]), offsets))
            near = made @ targets[some].T
            away = F.mse_loss(near, targets[some] @ targets[some].T)
            loss = (1 - near.diagonal()).mean() + 10 * away
            loss.backward()
            optimiser.step()
            optimiser.zero_grad()
            losses.append(float(loss.detach()))
        print(f"epoch {turn + 1}: loss {np.mean(losses):.4f}", file=sys.stderr, flush=True)
    return bag.weight.detach()


if __name__ == "__main__":
    main()
