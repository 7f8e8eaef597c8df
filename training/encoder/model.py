"""The network: MiniLM with features of the words, and one small head a task.

Plain PyTorch, so that the whole network can be read here and exported as it stands; the names of
its parts are those of the shipped file of heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from data import Links
from presslens.nlp.grammar import DEPENDENCIES, PARTS_OF_SPEECH, PENN_TAGS
from presslens.nlp.pieces import FEATURES
from presslens.nlp.tagging import ATTRIBUTION, NAMES, Scheme

WIDTH, DEPTH, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
LINK_WIDTH, ARC_WIDTH, DEP_WIDTH = 128, 256, 64


# Tokens of a target, from and to, and of its sentence.
Ranges = tuple[int, int, int, int]


class Dropout(nn.Module):
    """Dropout whose masks are cut from one pool at random places.

    Drawing 20 million random numbers a step took a tenth of the training time on a processor.
    """

    POOL = 1 << 23

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self._pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """x with a share of its numbers zero and the others scaled up, while training."""
        if not self.training or not self.share:
            return x
        if self._pool is None or self._pool.device != x.device:
            kept = torch.rand(self.POOL, device=x.device) >= self.share
            self._pool = kept.to(x.dtype) / (1 - self.share)
        start = int(torch.randint(self.POOL - x.numel(), ()))
        return x * self._pool[start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One transformer layer as in BERT: attention, then two dense layers, norms after each."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x [batch, pieces, width]; mask [batch, 1, 1, pieces], false for padding."""
        batch, pieces, width = x.shape
        split = self.qkv(x).view(batch, pieces, 3, ATTENTION_HEADS, width // ATTENTION_HEADS)
        q, k, v = split.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).reshape(batch, pieces, width))
        x = self.norm1(x + self.dropout(seen))
        inner = self.down(F.gelu(self.up(x)))
        return self.norm2(x + self.dropout(inner))


class Encoder(nn.Module):
    """Pieces and their features to vectors."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(DEPTH))

    def forward(
        self,
        ids: Tensor,
        features: Tensor,
        mask: Tensor | None = None,
        marks: Tensor | float = 0.0,
    ) -> Tensor:
        """Ids and features [batch, pieces] to vectors [batch, pieces, width].

        mask [batch, 1, 1, pieces] is false for padding; marks are vectors to add to the pieces'.
        """
        positions = self.positions.weight[: ids.shape[1]]
        x = self.words(ids) + positions + self.features(features) + marks
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Tagger(nn.Module):
    """A score of every tag for every token, and of every tag after every other."""

    def __init__(self, scheme: Scheme) -> None:
        super().__init__()
        self.scores = nn.Linear(WIDTH, len(scheme.tags))
        self.transitions = nn.Parameter(torch.zeros(len(scheme.tags), len(scheme.tags)))
        allowed = torch.from_numpy(scheme.allowed)
        self.register_buffer("forbidden", torch.where(allowed, 0.0, -1e4), persistent=False)

    def forward(self, tokens: Tensor) -> Tensor:
        """Scores [tokens, tags] of vectors [tokens, width]."""
        return self.scores(tokens)

    def loss(self, scores: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Negative log-likelihood of the gold tags per token (Lafferty et al. 2001).

        scores and gold, probabilities of tags, [batch, tokens, tags], mask [batch, tokens], its
        first column all true. Where tags are not certain the loss lacks a constant, and nothing
        is learnt of which tag follows which: that would take the probabilities of pairs.
        """
        certain = bool((gold.amax(2) == 1)[mask].all())
        transitions = self.transitions if certain else self.transitions.detach()
        steps = transitions + self.forbidden
        at = (scores * gold).sum(2)
        along = (gold[:, :-1] @ transitions * gold[:, 1:]).sum(2)
        path = (at * mask).sum() + (along * mask[:, 1:]).sum()
        return (self._total(scores, steps, mask).sum() - path) / mask.sum()

    def probabilities(self, scores: Tensor) -> Tensor:
        """How probable every tag of one text is, [tokens, tags], by their scores.

        These are what the logarithm of the sum over all sequences grows by with each score.
        """
        scores = scores.detach()[None].requires_grad_()
        steps = (self.transitions + self.forbidden).detach()
        real = torch.ones(scores.shape[:2], dtype=torch.bool)
        (found,) = torch.autograd.grad(self._total(scores, steps, real).sum(), scores)
        return found[0]

    @staticmethod
    def _total(scores: Tensor, steps: Tensor, mask: Tensor) -> Tensor:
        """Logarithm of the sum over all sequences of tags, [batch]."""
        alpha = scores[:, 0]
        for n in range(1, scores.shape[1]):
            grown = torch.logsumexp(alpha.unsqueeze(2) + steps, dim=1) + scores[:, n]
            alpha = torch.where(mask[:, n, None], grown, alpha)
        return torch.logsumexp(alpha, dim=1)


class Pointer(nn.Module):
    """Which of several spans a span belongs to: a biaffine score with the distance's own weight.

    Dozat and Manning (2017), with spans as the vectors of their first and last token.
    """

    def __init__(self, relations: int) -> None:
        super().__init__()
        self.child = nn.Linear(2 * WIDTH, LINK_WIDTH)
        self.parent = nn.Linear(2 * WIDTH, LINK_WIDTH)
        self.mix = nn.Parameter(torch.eye(LINK_WIDTH) / 4)
        self.bias = nn.Linear(LINK_WIDTH, 1)
        self.relation = nn.Embedding(relations, 1)
        self.none = nn.Linear(LINK_WIDTH, 1)
        nn.init.zeros_(self.relation.weight)

    def forward(self, child: Tensor, parents: Tensor, relations: Tensor) -> Tensor:
        """Scores [children, parents + 1]; the last column says that there is none.

        child [children, 2 width], parents [parents, 2 width], relations [children, parents, kinds].
        """
        c, p = torch.tanh(self.child(child)), torch.tanh(self.parent(parents))
        scores = c @ self.mix @ p.T + self.bias(p).T
        scores = scores + self.relation(relations).sum(dim=(2, 3))
        return torch.cat([scores, self.none(c)], dim=1)

    def point(self, tokens: Tensor, links: Links) -> Tensor:
        """Scores for the links of one window, whose tokens' vectors [tokens, width] are given."""

        def ends(spans: list[tuple[int, int]]) -> Tensor:
            at = torch.tensor(spans, dtype=torch.long).reshape(-1, 2)
            return torch.cat([tokens[at[:, 0]], tokens[at[:, 1] - 1]], dim=1)

        return self(ends(links.children), ends(links.parents), links.relations)


class Parser(nn.Module):
    """Trees: which word each depends on and how, its part of speech and its Penn tag.

    The deep biaffine parser of Dozat and Manning (2017). A word that is its own head is the root.
    """

    def __init__(self) -> None:
        super().__init__()
        self.child = nn.Linear(WIDTH, ARC_WIDTH)
        self.parent = nn.Linear(WIDTH, ARC_WIDTH)
        self.root = nn.Linear(ARC_WIDTH, 1)
        self.mix = nn.Parameter(torch.eye(ARC_WIDTH + 1, ARC_WIDTH) / 8)
        self.dependent = nn.Linear(WIDTH, DEP_WIDTH)
        self.governor = nn.Linear(WIDTH, DEP_WIDTH)
        self.kinds = nn.Parameter(torch.zeros(len(DEPENDENCIES), DEP_WIDTH + 1, DEP_WIDTH + 1))
        self.pos = nn.Linear(WIDTH, len(PARTS_OF_SPEECH))
        self.tags = nn.Linear(WIDTH, len(PENN_TAGS))

    def arcs(self, tokens: Tensor) -> Tensor:
        """Scores [sentences, tokens, heads] of vectors [sentences, tokens, width]."""
        child, parent = F.leaky_relu(self.child(tokens), 0.1), self.parent(tokens)
        scores = _with_one(child) @ self.mix @ F.leaky_relu(parent, 0.1).transpose(1, 2)
        alone = torch.eye(tokens.shape[1], dtype=torch.bool)
        return torch.where(alone, self.root(child), scores)

    def labels(self, children: Tensor, heads: Tensor) -> Tensor:
        """Scores [tokens, dependencies] of tokens' vectors [tokens, width] and of their heads'."""
        child = _with_one(F.leaky_relu(self.dependent(children), 0.1))
        parent = _with_one(F.leaky_relu(self.governor(heads), 0.1))
        mixed = child @ self.kinds.permute(1, 0, 2).reshape(DEP_WIDTH + 1, -1)
        mixed = mixed.view(len(child), len(DEPENDENCIES), DEP_WIDTH + 1)
        return (mixed @ parent.unsqueeze(2)).squeeze(2)

    def loss(self, vectors: Tensor, heads: Tensor, real: Tensor, labels: Tensor) -> Tensor:
        """What heads, dependencies, parts of speech and tags cost together, a word.

        vectors [trees, tokens, width], heads and real [trees, tokens], labels [3, real tokens].
        """
        scores = self.arcs(vectors).masked_fill(~real.unsqueeze(1), -1e4)
        words = vectors[real]
        return (
            F.cross_entropy(scores[real], heads[real])
            + F.cross_entropy(self.labels(words, _at(vectors, heads)[real]), labels[0])
            + F.cross_entropy(self.pos(words), labels[1])
            + F.cross_entropy(self.tags(words), labels[2])
        )

    def judge(self, vectors: Tensor, heads: Tensor, real: Tensor, labels: Tensor) -> Tensor:
        """How many heads, heads with their dependencies, and tags are right, heads taken singly."""
        guess = self.arcs(vectors).masked_fill(~real.unsqueeze(1), -1e4).argmax(2)
        words = vectors[real]
        head = (guess == heads)[real]
        label = self.labels(words, _at(vectors, guess)[real]).argmax(1) == labels[0]
        tag = self.tags(words).argmax(1) == labels[2]
        return torch.stack([head.sum(), (head & label).sum(), tag.sum()])


def _at(vectors: Tensor, heads: Tensor) -> Tensor:
    """The vectors of tokens' heads, [trees, tokens, width]."""
    return vectors.gather(1, heads.unsqueeze(2).expand(-1, -1, vectors.shape[2]))


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)


class Model(nn.Module):
    """The encoder with its heads."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        from presslens.nlp.links import RELATIONS

        self.encoder = Encoder(dropout)
        self.drop = Dropout(dropout)
        self.attribution = Tagger(ATTRIBUTION)
        self.names = Tagger(NAMES)
        self.cue_of_content = Pointer(RELATIONS)
        self.source_of_cue = Pointer(RELATIONS)
        self.parser = Parser()
        self.target = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 3))
        self.sentence = nn.Linear(WIDTH, WIDTH)
        with torch.no_grad():
            self.sentence.weight.copy_(torch.eye(WIDTH))
            self.sentence.bias.zero_()

    def tones(
        self, tokens: Sequence[Tensor], targets: Sequence[Sequence[tuple[int, int, int, int]]]
    ) -> Tensor:
        """Scores [targets, 3] of the tones towards all targets, one window after another.

        tokens: vectors [tokens, width] of each window; targets: those of each window.
        """
        pooled = [
            torch.cat([own[start:end].mean(0), own[low:high].mean(0)])
            for own, some in zip(tokens, targets, strict=True)
            for start, end, low, high in some
        ]
        return self.target(torch.stack(pooled))


def load_model(path: Path) -> Model:
    """The model whose weights a run left at `path`, for reading with it."""
    model = Model(0.0).eval()
    model.load_state_dict(torch.load(path, weights_only=True))
    return model


def load_base(encoder: Encoder, path: Path) -> None:
    """Fill the encoder with MiniLM's weights (all-MiniLM-L6-v2, model.safetensors)."""
    given = load_file(path)
    own = encoder.state_dict()

    def put(name: str, value: Tensor) -> None:
        assert own[name].shape == value.shape, name
        own[name].copy_(value)

    put("words.weight", given["embeddings.word_embeddings.weight"])
    kind = given["embeddings.token_type_embeddings.weight"][0]
    put("positions.weight", given["embeddings.position_embeddings.weight"] + kind)
    own["features.weight"].zero_()
    for end in ("weight", "bias"):
        put(f"norm.{end}", given[f"embeddings.LayerNorm.{end}"])
        for n in range(DEPTH):
            at = f"encoder.layer.{n}."
            parts = [given[f"{at}attention.self.{x}.{end}"] for x in ("query", "key", "value")]
            put(f"layers.{n}.qkv.{end}", torch.cat(parts))
            put(f"layers.{n}.out.{end}", given[f"{at}attention.output.dense.{end}"])
            put(f"layers.{n}.norm1.{end}", given[f"{at}attention.output.LayerNorm.{end}"])
            put(f"layers.{n}.up.{end}", given[f"{at}intermediate.dense.{end}"])
            put(f"layers.{n}.down.{end}", given[f"{at}output.dense.{end}"])
            put(f"layers.{n}.norm2.{end}", given[f"{at}output.LayerNorm.{end}"])
