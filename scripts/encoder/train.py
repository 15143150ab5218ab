"""The encoder, taught the labels of our lines: its upper layers, the marks of what is said around, its head.

The pieces' own vectors and the lower layers stay as they were, so what the lower layers say of each line is
worked out once and kept (768 bytes a piece in memory). A label counts only on lines where it was looked for.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import torch
from torch import Tensor
from torch.nn import functional
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from scripts.encoder.example import Examples, Input, labels_of, make_examples, pad, read_split
from scripts.encoder.network import FROZEN, Network, make_network
from scripts.encoder.pieces import read_pieces
from scripts.encoder.weights import LAYERS, installed_file, read_pretrained
from sopgen.language.piece import Pieces

SEED = 20260
ROUNDS = 4
BATCH = 32
RATE = 1.5e-4
"""Of the topmost layer; chosen, like the other settings, on held-out lines (2026-11-21)."""

RATE_DECAY = 0.9
"""By how much each layer learns more slowly than the one above it."""

HEAD_RATE = 1e-3
WEIGHT_DECAY = 0.01
GREATEST_GRADIENT = 1.0
WARM_UP = 0.1
"""Share of the steps in which the rates rise; in the rest they fall to nothing."""

GREATEST_WEIGHT = 4.0
"""How much more a true label may count than a false one; the square root of their proportion up to here."""

NEIGHBOURS = 16
"""Batches' worth of lines that are sorted by length, so that a batch holds little padding."""

_BATCH_UNTRAINED = 64
_PATH = click.Path(path_type=Path, exists=True)


@click.command()
@click.option("--lines", type=_PATH, required=True, help="Folder of labelled lines.")
@click.option("--pieces", type=_PATH, required=True, help="The pieces kept: pieces.json.")
@click.option("--hold", multiple=True, help="Pattern of files that are not learnt from.")
@click.option(
    "--share", default=1.0, show_default=True, help="Share of the lines outside conversations that is learnt."
)
@click.option(
    "--begin", type=_PATH, help="Trained network to go on from, instead of the pre-trained weights."
)
@click.option(
    "--rate", default=RATE, show_default=True, help="Greatest rate of learning of the topmost layer."
)
@click.option("--rounds", default=ROUNDS, show_default=True, help="How often each line is learnt from.")
@click.option("--threads", default=2, show_default=True, help="Cores to use.")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="File to write: network.pt.")
def command(
    *,
    lines: Path,
    pieces: Path,
    hold: tuple[str, ...],
    share: float,
    begin: Path | None,
    rate: float,
    rounds: int,
    threads: int,
    to: Path,
) -> None:
    """Teach the encoder the labels of our lines."""
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    known, _ = read_split(lines, hold)
    chosen = random.Random(SEED)  # noqa: S311 - not for secrets
    known = tuple(line for line in known if line.conversation or chosen.random() < share)
    labels, kept = labels_of(known), read_pieces(pieces)
    click.echo(f"{len(known)} lines, {len(labels)} labels")
    network = _begun(begin, labels) if begin else _fresh(kept, labels)
    losses = teach(
        network, make_examples(known, labels, kept), kept.padding, rounds, rate=rate, fresh=not begin
    )
    for number, loss in enumerate(losses, start=1):
        click.echo(f"round {number} of {rounds}: loss {loss:.4f}")
    write_network(network, labels, to)


def teach(
    network: Network, examples: Examples, padding: int, rounds: int, *, rate: float = RATE, fresh: bool = True
) -> Iterator[float]:
    """Train the network in place; yield the mean loss of each round. `fresh`: it is not trained yet."""
    kept = _keep(network, examples, padding)
    course = _Course(network=network, examples=examples, padding=padding, kept=kept)
    if fresh:
        _spread_out(course)
    optimiser = AdamW(_groups(network, rate), weight_decay=WEIGHT_DECAY, fused=True)
    steps = rounds * math.ceil(len(examples.inputs) / BATCH)
    schedule = LambdaLR(optimiser, lambda step: _share_of_rate(step / steps, 1 / steps))
    weight = _true_weights(examples)
    for _ in range(rounds):
        network.train()
        losses = []
        for batch in _shuffled(examples.inputs):
            loss = _loss(course, batch, weight)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), GREATEST_GRADIENT)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        yield sum(losses) / len(losses)


def write_network(network: Network, labels: Sequence[str], path: Path) -> None:
    """Write the trained network, in half precision, with the names of its outputs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {name: held.half() for name, held in network.state_dict().items()}
    torch.save({"state": state, "labels": list(labels)}, path)


def read_network(path: Path) -> tuple[Network, list[str]]:
    """Return a trained network, ready to judge, and the labels in the order of its outputs."""
    held = torch.load(path, weights_only=True)
    network = Network(len(held["state"]["piece.weight"]), len(held["labels"]))
    network.load_state_dict({name: part.float() for name, part in held["state"].items()})
    return network.eval(), held["labels"]


def _fresh(kept: Pieces, labels: Sequence[str]) -> Network:
    return make_network(read_pretrained(installed_file()), kept.pieces, len(labels))


def _begun(path: Path, labels: Sequence[str]) -> Network:
    """Return the trained network with these outputs; of a label that is new to it, it knows nothing."""
    begun, known = read_network(path)
    network = Network(len(begun.piece.weight), len(labels))
    held = begun.state_dict()
    for name in ("head.weight", "head.bias"):
        fresh = torch.zeros_like(network.state_dict()[name])
        for row, label in enumerate(labels):
            if label in known:
                fresh[row] = held[name][known.index(label)]
        held[name] = fresh
    network.load_state_dict(held)
    return network


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """What training works with; `kept` is what the frozen layers say of each input (length x width)."""

    network: Network
    examples: Examples
    padding: int
    kept: tuple[Tensor, ...]

    def pooled(self, batch: Sequence[int]) -> Tensor:
        """Return the vectors of the examples of these numbers, through the layers that are trained."""
        _, types, mask = pad([self.examples.inputs[at] for at in batch], self.padding)
        x = torch.nn.utils.rnn.pad_sequence([self.kept[at].float() for at in batch], batch_first=True)
        x = functional.pad(x, (0, 0, 0, types.shape[1] - x.shape[1]))
        return self.network.pooled(x, types, mask)


def _keep(network: Network, examples: Examples, padding: int) -> tuple[Tensor, ...]:
    network.eval()
    kept: dict[int, Tensor] = {}
    with torch.no_grad(), _half_precision():
        for batch in _by_length(examples.inputs, _BATCH_UNTRAINED):
            inputs = [examples.inputs[at] for at in batch]
            ids, _, mask = pad(inputs, padding)
            said = network.lower(ids, mask).bfloat16()
            kept |= {at: said[row, : len(inputs[row].ids)].clone() for row, at in enumerate(batch)}
    return tuple(kept[at] for at in range(len(examples.inputs)))


def _spread_out(course: _Course) -> None:
    """Set by what the head's input is centred and divided, from a third of the lines of every length."""
    with torch.no_grad(), _half_precision():
        batches = _by_length(course.examples.inputs, _BATCH_UNTRAINED)[::3]
        found = torch.cat([course.pooled(batch) for batch in batches])
    found = found.float()
    course.network.centre.copy_(found.mean(0))
    course.network.spread.copy_(found.std(0) + 1e-4)


def _groups(network: Network, rate: float) -> list[dict[str, object]]:
    """Return what is trained, and how fast; all else is set not to be."""
    network.requires_grad_(requires_grad=False)
    rates = [
        *((network.layers[layer], rate * RATE_DECAY ** (LAYERS - layer)) for layer in range(FROZEN, LAYERS)),
        (network.head, HEAD_RATE * rate / RATE),
        (network.part, rate),
    ]
    return [{"params": list(part.requires_grad_().parameters()), "lr": rate} for part, rate in rates]


def _loss(course: _Course, batch: Sequence[int], weight: Tensor) -> Tensor:
    with _half_precision():
        odds = course.network.judge(course.pooled(batch)).float()
    truth, asked = course.examples.truth[batch], course.examples.asked[batch]
    each = functional.binary_cross_entropy_with_logits(odds, truth, pos_weight=weight, reduction="none")
    return (each * asked).sum() / asked.sum()


def _share_of_rate(done: float, step: float) -> float:
    """Return the share of its rate that a part learns with, when this share of all the steps is done."""
    return min((done + step) / WARM_UP, (1 - done) / (1 - WARM_UP))


def _true_weights(examples: Examples) -> Tensor:
    true = (examples.truth * examples.asked).sum(0)
    false = examples.asked.sum(0) - true
    return torch.sqrt(false / true.clamp(min=1)).clamp(1, GREATEST_WEIGHT)


def _shuffled(inputs: Sequence[Input]) -> list[list[int]]:
    """Return batches of all the inputs' numbers in a random order, of similar lengths within each."""
    order = torch.randperm(len(inputs)).tolist()
    near = [order[start : start + BATCH * NEIGHBOURS] for start in range(0, len(order), BATCH * NEIGHBOURS)]
    line = [at for part in near for at in sorted(part, key=lambda at: len(inputs[at].ids))]
    batches = _in_parts(line, BATCH)
    return [batches[at] for at in torch.randperm(len(batches)).tolist()]


def _by_length(inputs: Sequence[Input], size: int) -> list[list[int]]:
    return _in_parts(sorted(range(len(inputs)), key=lambda at: len(inputs[at].ids)), size)


def _in_parts(line: list[int], size: int) -> list[list[int]]:
    return [line[start : start + size] for start in range(0, len(line), size)]


def _half_precision() -> torch.autocast:
    return torch.autocast("cpu", torch.bfloat16)


if __name__ == "__main__":
    command()
