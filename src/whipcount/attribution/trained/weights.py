"""The files that training made: the network, its tokenizer, its settings, each with a checksum."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from whipcount.attribution.trained.chain import Chain
from whipcount.attribution.trained.words import Labels
from whipcount.errors import ModelError

FOLDER = Path(__file__).parent / "data"
MANIFEST = "checksums.json"
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
    manifest = json.loads(_bytes(folder / MANIFEST))
    files = {name: _checked(folder / name, digest) for name, digest in manifest["sha256"].items()}
    settings = json.loads(files[SETTINGS])
    return Weights(
        version=manifest["version"],
        network=files[NETWORK],
        tokenizer=files[TOKENIZER].decode("utf-8"),
        labels=Labels(**{key: tuple(labels) for key, labels in settings["labels"].items()}),
        chain=Chain(np.array(settings["steps"]), np.array(settings["start"])),
        widths=tuple(settings["widths"]),
        linker=settings["linker"],
        confidence=settings["confidence"],
    )


def _checked(path: Path, digest: str) -> bytes:
    data = _bytes(path)
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        raise ModelError(
            f"{path}: is not the file that whipcount was released with (its SHA-256 is "
            f"{found[:12]}…, not {digest[:12]}…); install whipcount again, or use --tagger rules"
        )
    return data


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path}: can't be read ({error.strerror}); it belongs to the trained tagger: install "
            "whipcount again, or use --tagger rules"
        ) from None
