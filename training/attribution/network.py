"""The tagger's network: a small BERT encoder, features of the parse, a BiLSTM, a CRF, links.

Encoder: MiniLM (`training.minilm`). Tags: a linear-chain CRF (Lafferty et al., ICML 2001) over a
BiLSTM (Huang et al., 2015). Links: scaled dot products of a content's first word with cues, and of
a cue's with sources, as in biaffine parsing (Dozat and Manning, ICLR 2017).
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.minilm import Encoder

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
DISTANCES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)


class Network(nn.Module):
    """Pieces and features to tag scores and link vectors of words."""

    def __init__(self, sizes: dict[str, int], settings: dict) -> None:  # type: ignore[type-arg]
        super().__init__()
        s = settings
        width = s["width"]
        self.encoder = Encoder(
            s["vocabulary"], width, s["layers"], s["heads"], s["inner"], s["dropout"]
        )
        self.tables = nn.ModuleList(
            nn.Embedding(size, s["feature_width"]) for size in sizes.values()
        )
        features = s["feature_width"] * len(sizes)
        self.into = nn.Linear(features, width)
        self.above = nn.Linear(width, s["head_width"])
        self.govern = nn.Linear(width, s["head_width"])
        inputs = width + features + 2 * s["head_width"]
        self.squeeze = nn.Linear(inputs, width)
        self.lstm = nn.LSTM(width, s["hidden"], batch_first=True, bidirectional=True)
        state = 2 * s["hidden"]
        self.scores = nn.Linear(state, len(TAGS))
        self.links = nn.Linear(state, 4 * s["link_width"])
        self.link_width = s["link_width"]
        self.nobody = nn.Parameter(torch.zeros(s["link_width"]))
        self.near = nn.Parameter(torch.zeros(2, 2 * len(DISTANCES) + 2))
        self.word_dropout = s["word_dropout"]
        self.crf = CRF(len(TAGS))
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)
        nn.init.zeros_(self.into.weight)
        nn.init.zeros_(self.into.bias)

    def forward(
        self,
        pieces: Tensor,
        mask: Tensor,
        owner: Tensor,
        first: Tensor,
        features: Tensor,
        head: Tensor,
        governor: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Return the tags' scores (batch, words, 7) and link vectors (batch, words, 4 x width).

        `pieces` and `mask` are (batch, pieces); `owner` gives each piece's word; `first`, `head`
        and `governor` (batch, words) give each word's first piece and two words of its window.
        """
        found = torch.cat([table(features[..., i]) for i, table in enumerate(self.tables)], dim=-1)
        extra = self.into(found)
        extra = torch.gather(extra, 1, owner[..., None].expand(-1, -1, extra.shape[-1]))
        states = self.encoder(pieces, extra, mask)
        words = torch.gather(states, 1, first[..., None].expand(-1, -1, states.shape[-1]))
        above, govern = self.above(words), self.govern(words)
        above = torch.gather(above, 1, head[..., None].expand(-1, -1, above.shape[-1]))
        govern = torch.gather(govern, 1, governor[..., None].expand(-1, -1, govern.shape[-1]))
        x = torch.cat([words, found, above, govern], dim=-1)
        x = F.gelu(self.squeeze(F.dropout(x, self.word_dropout, self.training)))
        x, _ = self.lstm(x.float())
        x = F.dropout(x, self.word_dropout, self.training)
        return self.scores(x), self.links(x)

    def link_scores(self, links: Tensor) -> tuple[Tensor, Tensor]:
        """Return content → cue (batch, words, words), and cue → source with nobody as last."""
        asks_cue, is_cue, asks_source, is_source = links.float().split(self.link_width, dim=-1)
        scale = 1 / math.sqrt(self.link_width)
        near = self._near(links.shape[1], links.device)
        to_cue = asks_cue @ is_cue.transpose(1, 2) * scale + near[0]
        to_source = asks_source @ is_source.transpose(1, 2) * scale + near[1]
        nobody = (asks_source @ self.nobody * scale)[..., None]
        return to_cue, torch.cat([to_source, nobody], dim=-1)

    def _near(self, words: int, device: torch.device) -> Tensor:
        places = torch.arange(words, device=device)
        offset = places[None, :] - places[:, None]
        edges = torch.tensor(DISTANCES, device=device)
        bucket = torch.bucketize(offset.abs(), edges, right=True)
        bucket = torch.where(offset < 0, bucket, bucket + len(DISTANCES) + 1)
        return self.near[:, bucket]


class CRF(nn.Module):
    """A linear-chain conditional random field whose illegal steps cost a fortune."""

    NEVER = -1e4

    def __init__(self, tags: int) -> None:
        super().__init__()
        self.step = nn.Parameter(torch.zeros(tags, tags))
        self.start = nn.Parameter(torch.zeros(tags))
        illegal = torch.zeros(tags, tags)
        for after, name in enumerate(TAGS):
            if name.startswith("I-"):
                for before, other in enumerate(TAGS):
                    if other[1:] != name[1:]:
                        illegal[before, after] = self.NEVER
        self.register_buffer("illegal", illegal)

    def steps(self) -> Tensor:
        """Return the score of going from one tag (row) to another (column)."""
        return self.step + self.illegal

    def loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Return the mean negative log likelihood of a word's tags."""
        scores = scores.float()
        steps = self.steps()
        m = mask.float()
        gold = scores.gather(2, tags[..., None]).squeeze(2)
        path = (gold * m).sum(1) + self.start[tags[:, 0]]
        path = path + (steps[tags[:, :-1], tags[:, 1:]] * m[:, 1:]).sum(1)
        return (self.total(scores, mask, steps[None, None]) - path).sum() / m.sum()

    def soft_loss(self, scores: Tensor, single: Tensor, double: Tensor, mask: Tensor) -> Tensor:
        """Return the mean cross-entropy of a word with a teacher's distribution over sequences.

        `single` (batch, words, tags) are its tags' probabilities, `double` (batch, words, before,
        after) those of a word's tag together with the tag of the word before.
        """
        scores = scores.float()
        m = mask.float()
        path = ((scores * single).sum(2) * m).sum(1) + single[:, 0] @ self.start
        steps = (self.step * double[:, 1:]).sum((2, 3))
        path = path + (steps * m[:, 1:]).sum(1)
        return (self.total(scores, mask, self.steps()[None, None]) - path).sum() / m.sum()

    def total(self, scores: Tensor, mask: Tensor, steps: Tensor) -> Tensor:
        """Return the log of the sum over all sequences; `steps` may differ by row and word."""
        alpha = scores[:, 0] + self.start
        for t in range(1, scores.shape[1]):
            step = steps[:, min(t, steps.shape[1] - 1)]
            new = torch.logsumexp(alpha[:, :, None] + step, dim=1) + scores[:, t]
            alpha = torch.where(mask[:, t, None], new, alpha)
        return torch.logsumexp(alpha, 1)

    def marginals(self, scores: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the probabilities of each word's tag, and of it with the tag before.

        They are the gradient of the log of the sum over all sequences.
        """
        with torch.enable_grad():
            scores = scores.detach().float().requires_grad_()
            shape = (*scores.shape, scores.shape[2])
            steps = self.steps().detach().expand(shape).clone().requires_grad_()
            total = self.total(scores, mask, steps).sum()
            single, double = torch.autograd.grad(total, (scores, steps))
        return single, double
