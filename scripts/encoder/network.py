"""The encoder as it is trained: twelve layers, of which the lower ones stay as they were, and a head.

It begins as multilingual-e5-small (Wang et al., 2024), cut to the pieces that we keep. That encoder reads one
text; what was said around the message enters above the frozen layers, as a mark on its pieces.
"""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from scripts.encoder.weights import INNER_WIDTH, LAYERS, WIDTH, Pretrained
from sopgen.language.encoder import TYPES

FROZEN = 4
"""Layers that are not trained, counted from below: what they say of a text is worked out once."""

HEADS = 12
PLACES = 192
"""Pieces that an input may have; the product's have at most 189."""

DROPOUT = 0.1
NORM_EPSILON = 1e-12
HIDDEN = -1e4
"""What is added to the attention on padding."""


class Layer(nn.Module):
    """One layer of attention and of a network over each piece, each followed by its normalisation."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, NORM_EPSILON)
        self.widen = nn.Linear(WIDTH, INNER_WIDTH)
        self.narrow = nn.Linear(INNER_WIDTH, WIDTH)
        self.narrow_norm = nn.LayerNorm(WIDTH, NORM_EPSILON)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the vectors (batch x length x width) after this layer; `bias` is added to the attention."""
        batch, length, _ = x.shape
        split = self.attention(x).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind()
        scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + bias
        heard = (torch.softmax(scores, -1) @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.attended_norm(x + self.drop(self.attended(heard)))
        return self.narrow_norm(x + self.drop(self.narrow(functional.gelu(self.widen(x)))))


class Network(nn.Module):
    """Inputs as the product gives them, out come the log odds of every label (batch x labels)."""

    def __init__(self, pieces: int, labels: int) -> None:
        super().__init__()
        self.piece = nn.Embedding(pieces, WIDTH)
        self.place = nn.Embedding(PLACES, WIDTH)
        self.own = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, NORM_EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.part = nn.Embedding(len(TYPES), WIDTH)
        self.drop = nn.Dropout(DROPOUT)
        self.register_buffer("centre", torch.zeros(2 * WIDTH))
        self.register_buffer("spread", torch.ones(2 * WIDTH))
        self.head = nn.Linear(2 * WIDTH, labels)
        for fresh in (self.part.weight, self.head.weight, self.head.bias):
            nn.init.zeros_(fresh)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return the log odds; `types` is 0 in the message, `mask` 0 in padding."""
        return self.judge(self.pooled(self.lower(ids, mask), types, mask))

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors above the frozen layers."""
        x = self.norm(self.piece(ids) + self.place.weight[: ids.shape[1]] + self.own)
        return _through(self.layers[:FROZEN], x, mask)

    def pooled(self, x: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return one vector a text from those above the frozen layers: the message's mean, and its start."""
        x = _through(self.layers[FROZEN:], self.drop(x + self.part(types)), mask)
        said = (mask * (types == 0))[..., None].to(x.dtype)
        return torch.cat([(x * said).sum(1) / said.sum(1), x[:, 0]], -1)

    def judge(self, pooled: Tensor) -> Tensor:
        """Return the log odds. The vectors lie in a narrow cone, so they are spread out before the head."""
        return self.head(self.drop((pooled - self.centre) / self.spread))


def make_network(source: Pretrained, pieces: Sequence[str], labels: int) -> Network:
    """Return the network as it was pre-trained, with the kept pieces alone and a head that knows nothing."""
    numbers = {piece: number for number, piece in enumerate(source.pieces.pieces)}
    network = Network(len(pieces), labels)
    held = {
        "piece.weight": _matrix(source, "emb.word", 250_037)[[numbers[piece] for piece in pieces]],
        "place.weight": _matrix(source, "emb.pos", 512)[:PLACES],
        "own": _matrix(source, "emb.type", 2)[0],
        "norm.weight": _vector(source, "emb.ln.w"),
        "norm.bias": _vector(source, "emb.ln.b"),
    }
    for layer in range(LAYERS):
        held |= {f"layers.{layer}.{name}": kept for name, kept in _layer(source, f"l{layer}").items()}
    _, unexpected = network.load_state_dict(held, strict=False)
    assert not unexpected
    return network


def _through(layers: Iterable[nn.Module], x: Tensor, mask: Tensor) -> Tensor:
    bias = (1 - mask[:, None, None, :].to(x.dtype)) * HIDDEN
    for layer in layers:
        x = layer(x, bias)
    return x


def _layer(source: Pretrained, layer: str) -> dict[str, Tensor]:
    return {
        "attention.weight": torch.cat([_matrix(source, f"{layer}.{part}.w", WIDTH) for part in "qkv"]),
        "attention.bias": torch.cat([_vector(source, f"{layer}.{part}.b") for part in "qkv"]),
        "attended.weight": _matrix(source, f"{layer}.ao.w", WIDTH),
        "attended.bias": _vector(source, f"{layer}.ao.b"),
        "attended_norm.weight": _vector(source, f"{layer}.aln.w"),
        "attended_norm.bias": _vector(source, f"{layer}.aln.b"),
        "widen.weight": _matrix(source, f"{layer}.fi.w", INNER_WIDTH),
        "widen.bias": _vector(source, f"{layer}.fi.b", INNER_WIDTH),
        "narrow.weight": _matrix(source, f"{layer}.fo.w", WIDTH, INNER_WIDTH),
        "narrow.bias": _vector(source, f"{layer}.fo.b"),
        "narrow_norm.weight": _vector(source, f"{layer}.oln.w"),
        "narrow_norm.bias": _vector(source, f"{layer}.oln.b"),
    }


def _matrix(source: Pretrained, name: str, rows: int, columns: int = WIDTH) -> Tensor:
    return torch.tensor(source.tensor(name, (rows, columns)))


def _vector(source: Pretrained, name: str, length: int = WIDTH) -> Tensor:
    return torch.tensor(source.tensor(name, (length,)))
