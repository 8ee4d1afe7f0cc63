"""The files that training made: the network, its tokenizer, its settings, each with a checksum."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from whipcount.attribution.trained.chain import Chain
from whipcount.attribution.trained.words import Labels
from whipcount.model_files import load_files

FOLDER = Path(__file__).parent / "data"
NETWORK = "tagger.onnx"
TOKENIZER = "tokenizer.json"
SETTINGS = "settings.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What the trained tagger is made of.

    `network` is an ONNX model, `tokenizer` the JSON of the `tokenizers` package, `widths` those of
    the network's outputs; `linker` holds the numbers that `linker.Linker` reads, `confidence` the
    weights of `confidence.EVIDENCE`.
    """

    version: str
    network: bytes
    tokenizer: str
    labels: Labels
    chain: Chain
    widths: tuple[int, int, int]
    linker: dict[str, Any]
    confidence: dict[str, float]


def load_weights(folder: Path = FOLDER) -> Weights:
    """Return the weights of a folder.

    Raises ModelError that names the file where one is missing or has the wrong checksum.
    """
    version, files = load_files(folder, "the trained tagger", "--tagger rules")
    settings = json.loads(files[SETTINGS])
    return Weights(
        version=version,
        network=files[NETWORK],
        tokenizer=files[TOKENIZER].decode("utf-8"),
        labels=Labels(**{key: tuple(labels) for key, labels in settings["labels"].items()}),
        chain=Chain(np.array(settings["steps"]), np.array(settings["start"])),
        widths=tuple(settings["widths"]),
        linker=settings["linker"],
        confidence=settings["confidence"],
    )
