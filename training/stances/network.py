"""The network that reads an option and a statement together: MiniLM with a head for the stance.

A cross-encoder: option and statement see each other in every layer. Beside the stance it tells
whether the statement hedges, and which of its pieces are the condition, the reason and the holder.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.minilm import Encoder
from whipcount.coding.trained.pairs import MARKS, STANCES


class Network(nn.Module):
    """Pieces of pairs to scores of stances, of hedging, and of each piece's marks."""

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__()
        s = settings
        width = s["width"]
        self.encoder = Encoder(
            s["vocabulary"], width, s["layers"], s["heads"], s["inner"], s["dropout"]
        )
        self.segments = nn.Embedding(3, width)
        self.pool = nn.Linear(2 * width, width)
        self.stance = nn.Linear(width, len(STANCES))
        self.hedge = nn.Linear(width, 1)
        self.marks = nn.Linear(width, len(MARKS))
        self.dropout = s["head_dropout"]
        nn.init.zeros_(self.segments.weight)

    def forward(
        self, pieces: Tensor, segments: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return the scores of stances (batch, 6), of hedging (batch), of marks (batch, pieces, 3).

        `pieces`, `segments` and `mask` are (batch, pieces).
        """
        states = self.encoder(pieces, self.segments(segments), mask)
        statement = ((segments == 2) & mask.bool()).to(states.dtype)[..., None]
        mean = (states * statement).sum(1) / statement.sum(1).clamp(min=1)
        pooled = torch.cat([states[:, 0], mean], dim=-1)
        pooled = F.gelu(self.pool(F.dropout(pooled, self.dropout, self.training)))
        pooled = F.dropout(pooled, self.dropout, self.training)
        return self.stance(pooled), self.hedge(pooled)[:, 0], self.marks(states)
