"""The trained network as the product reads it: small integers instead of floats, a quarter of the size.

The pieces' vectors are kept as int8 with a scale each. Matrices become int8 by column, and what is multiplied
with them is rounded as it comes; only the matrices that narrow a layer's inner vectors, which hold outliers,
are kept in blocks of 128, each with its scale: with all of them alike, judgements differed more than twice as
much (measured 2026-11-21).
"""

import hashlib
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

from scripts.encoder.example import make_inputs, pad
from scripts.encoder.judgement import encoder_chances, write_blends
from scripts.encoder.network import Network
from scripts.encoder.pieces import read_pieces
from scripts.encoder.train import read_network
from scripts.encoder.weighing import weigh_alike
from scripts.encoder.weights import INNER_WIDTH, WIDTH
from sopgen.language.labelled import Line, read_lines
from sopgen.language.piece import Pieces
from sopgen.language.teacher import heard_lines

OPSET = 17
BLOCK = 128
COMPARED = 50
"""Lines on which the written files are compared with the network, each with the rest of its conversation."""

_PIECE_WEIGHTS = "piece.weight"
_PATH = click.Path(path_type=Path, exists=True)


@click.command()
@click.option("--network", "trained", type=_PATH, required=True, help="The trained network: network.pt.")
@click.option("--pieces", type=_PATH, required=True, help="The pieces that it was trained with: pieces.json.")
@click.option("--lines", type=_PATH, required=True, help="Folder of labelled lines, to compare answers on.")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="Folder to write.")
def command(*, trained: Path, pieces: Path, lines: Path, to: Path) -> None:
    """Write the encoder as the product reads it, and compare its answers with the network's."""
    logging.disable(logging.WARNING)  # the quantiser tells of every matrix
    network, labels = read_network(trained)
    to.mkdir(parents=True, exist_ok=True)
    write_weights(network, to / "weights.onnx")
    if pieces.resolve() != (to / "pieces.json").resolve():
        shutil.copyfile(pieces, to / "pieces.json")
    write_blends({label: weigh_alike(label) for label in labels}, to)
    compared = _some_of(read_lines(lines))
    written = encoder_chances(to, compared)
    far = np.abs(written - network_chances(network, compared, read_pieces(pieces)))[~np.isnan(written)]
    click.echo(f"chances differ by {far.mean():.4f}; 1 % of them by over {np.quantile(far, 0.99):.3f}")
    digest = hashlib.sha256((to / "weights.onnx").read_bytes()).hexdigest()
    (to / "weights.sha256").write_text(f"{digest}  weights.onnx\n", encoding="utf-8")


def _some_of(lines: Sequence[Line]) -> list[Line]:
    """Return lines from all over, each with those of its conversation."""
    groups = {line.group for line in lines[:: max(len(lines) // COMPARED, 1)]}
    return [line for line in lines if line.group in groups]


def write_weights(network: Network, path: Path) -> None:
    """Write the network in integers."""
    with TemporaryDirectory() as temporary:
        between = Path(temporary, "between.onnx")
        _write_floats(network, between)
        model = onnx.load(between)
        _round_pieces(model.graph)
        onnx.save(_round_in_blocks(model), between)
        quantize_dynamic(
            between, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"]
        )


def network_chances(network: Network, lines: Sequence[Line], pieces: Pieces) -> NDArray[np.float64]:
    """Return the chance of every label (lines x labels), by the network in floats."""
    to_input = make_inputs(pieces)
    with torch.no_grad():
        odds = [network(*pad([to_input(heard)], pieces.padding)) for heard in heard_lines(lines)]
    return torch.sigmoid(torch.cat(odds)).numpy().astype(np.float64)


def _write_floats(network: Network, path: Path) -> None:
    names = ["ids", "types", "mask"]
    example = (torch.full((2, 9), 5), torch.tensor([[0] * 6 + [1] * 3] * 2), torch.ones(2, 9))
    torch.onnx.export(
        network,
        example,
        path,
        dynamo=False,
        opset_version=OPSET,
        input_names=names,
        output_names=["logits"],
        dynamic_axes={**{name: {0: "batch", 1: "length"} for name in names}, "logits": {0: "batch"}},
    )


def _round_pieces(graph: onnx.GraphProto) -> None:
    """Replace the look-up of a piece's vector by that of its int8 numbers and their scale."""
    whole = next(held for held in graph.initializer if held.name == _PIECE_WEIGHTS)
    look_ups = (node for node in graph.node if node.op_type == "Gather")
    look_up = next(node for node in look_ups if node.input[0] == _PIECE_WEIGHTS)
    numbers = numpy_helper.to_array(whole)
    scales = np.maximum(np.abs(numbers).max(1, keepdims=True) / 127, 1e-9).astype(np.float32)
    rounded = np.round(numbers / scales).astype(np.int8)
    place, ids = list(graph.node).index(look_up), look_up.input[1]
    nodes = [
        helper.make_node("Gather", ["piece.rounded", ids], ["piece.numbers"]),
        helper.make_node("Cast", ["piece.numbers"], ["piece.floats"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", ["piece.scales", ids], ["piece.scale"]),
        helper.make_node("Mul", ["piece.floats", "piece.scale"], [look_up.output[0]]),
    ]
    graph.node.remove(look_up)
    for offset, node in enumerate(nodes):
        graph.node.insert(place + offset, node)
    graph.initializer.remove(whole)
    graph.initializer.append(numpy_helper.from_array(rounded, "piece.rounded"))
    graph.initializer.append(numpy_helper.from_array(scales, "piece.scales"))


def _round_in_blocks(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the model with the narrowing matrices in blocks; they are told by their shape."""
    narrowing = {held.name for held in model.graph.initializer if list(held.dims) == [INNER_WIDTH, WIDTH]}
    others = [
        node.name for node in model.graph.node if node.op_type == "MatMul" and node.input[1] not in narrowing
    ]
    config = DefaultWeightOnlyQuantConfig(block_size=BLOCK, is_symmetric=True, accuracy_level=4, bits=8)
    quantiser = MatMulNBitsQuantizer(model, algo_config=config, nodes_to_exclude=others)
    quantiser.process()
    return quantiser.model.model


if __name__ == "__main__":
    command()
