"""The encoder as an ONNX graph, in float32 or with quantized weights, for one window of any length.

Built node by node with onnxruntime's fused operators, so that what is shipped is what is read here
and not what an exporter and an optimizer made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

ATTENTION_HEADS = 12
EPSILON = 1e-12
MICROSOFT = "com.microsoft"
# Seven bits: the sum of two products of a byte and a weight then fits sixteen bits, in which
# processors without VNNI add them; with eight, they saturate there, and results differ.
BITS = 7
# How much of the unevenness of a norm's outputs goes into the weights that read them; of what was
# tried, what keeps the vectors nearest to those of floats.
MOVED = 0.55
# How many outputs of a GELU are read in floats: those that get largest, for which the one scale of
# all would have to be too coarse. More gain little.
IN_FLOATS = 32

Weights = dict[str, NDArray[np.float32]]
Form = Literal["float", "fixed", "window", "rows", "blocks"]


@dataclass(frozen=True)
class Inputs:
    """What a dense layer reads on real text.

    Attributes:
        low, high: the least and the greatest value of each input.
        products: [inputs, inputs], the sum of every two inputs' products over all pieces.
    """

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    products: NDArray[np.float32]


def build(weights: Weights, form: Form, inputs: dict[str, Inputs] | None = None) -> onnx.ModelProto:
    """The graph for weights by the names of model.Encoder.

    Args:
        weights: the encoder's parameters.
        form: "float"; "fixed": integer products, a scale for every column of the weights and one
            for each layer's activations, fixed beforehand; "rows": with a scale for every row of
            the activations as they come; "window": with one scale for all of a window's;
            "blocks": 8-bit weights and activations with a scale for every 32.
        inputs: what every dense layer reads, by its name, for "fixed".
    """
    if form == "fixed":
        weights, inputs = smooth(*large_first(weights, inputs or {}))
    return _Builder(weights, form, inputs or {}).build()


class _Builder:
    def __init__(self, weights: Weights, form: Form, inputs: dict[str, Inputs]) -> None:
        self.weights, self.form, self.inputs = weights, form, inputs
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.made: set[str] = set()
        self.depth = 1 + max(int(n.split(".")[1]) for n in weights if n.startswith("layers."))

    def build(self) -> onnx.ModelProto:
        x = self._embed()
        for number in range(self.depth):
            x = self._layer(x, f"layers.{number}.")
        self._add("Identity", [x], "vectors")
        width = len(self.weights["norm.weight"])
        graph = helper.make_graph(
            self.nodes,
            "encoder",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, [1, "pieces"])
                for name in ("ids", "features")
            ],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "pieces", width])],
            self.constants,
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)

    def _embed(self) -> str:
        words = self._rows("words.weight", "ids")
        features = self._add("Gather", [self._constant("features.weight"), "features"], "shapes")
        length = self._add("Shape", ["ids"], "length", start=1, end=2)
        zero = self._put("zero", np.array([0], dtype=np.int64))
        positions = self._constant("positions.weight")
        places = self._add("Slice", [positions, zero, length], "places")
        given = self._add("Add", [words, features], "given")
        whole = self._add("Add", [given, places], "whole")
        return self._normalized(whole, "norm", "layers.0.qkv")

    def _layer(self, x: str, at: str) -> str:
        self._add("Split", [self._dense(x, f"{at}qkv")], *(f"{at}{n}" for n in "qkv"), axis=2)
        seen = self._add(
            "MultiHeadAttention",
            [f"{at}q", f"{at}k", f"{at}v"],
            f"{at}seen",
            domain=MICROSOFT,
            num_heads=ATTENTION_HEADS,
        )
        x = self._norm(self._dense(seen, f"{at}out"), x, f"{at}norm1", f"{at}up")
        up = self._dense(x, f"{at}up", bias=False)
        inner = self._add(
            "BiasGelu", [up, self._constant(f"{at}up.bias")], f"{at}g", domain=MICROSOFT
        )
        following = f"layers.{int(at.split('.')[1]) + 1}.qkv"
        return self._norm(self._dense(inner, f"{at}down"), x, f"{at}norm2", following)

    def _norm(self, x: str, beside: str, at: str, reader: str) -> str:
        # Two plain operators, since onnxruntime's fused one takes twice as long.
        return self._normalized(self._add("Add", [x, beside], f"{at}.sum"), at, reader)

    def _normalized(self, x: str, at: str, reader: str) -> str:
        """Layer norm; with smoothed weights a second one, scaled as the dense layer reads it."""
        norm = [self._constant(f"{at}.weight"), self._constant(f"{at}.bias")]
        y = self._add("LayerNormalization", [x, *norm], f"{at}.y", epsilon=EPSILON)
        if f"{reader}.smooth" in self.weights:
            smooth = self.weights[f"{reader}.smooth"]
            norm = [
                self._put(f"{at}.{end}.smooth", self.weights[f"{at}.{end}"] / smooth)
                for end in ("weight", "bias")
            ]
            self._add("LayerNormalization", [x, *norm], f"{y}.smooth", epsilon=EPSILON)
        return y

    def _dense(self, x: str, at: str, *, bias: bool = True) -> str:
        """x times the weights; the bias is added in the same step where the operator can."""
        weight = self.weights[f"{at}.weight"]
        added = [self._constant(f"{at}.bias")] if bias else []
        if self.form == "float":
            product = self._add("MatMul", [x, self._put(f"{at}.w", weight.T.copy())], f"{at}.p")
            return self._add("Add", [product, *added], f"{at}.y") if bias else product
        if self.form == "fixed":
            return self._fixed(x, at, weight, added)
        if self.form == "blocks":
            return self._blocks(x, at, weight, added)
        if self.form == "rows":
            return self._by_rows(x, at, weight, added)
        values, scales = quantize(weight, bits=BITS)
        inputs = [x, self._put(f"{at}.w", values.T.copy()), self._put(f"{at}.scale", scales), ""]
        return self._add("DynamicQuantizeMatMul", [*inputs, *added], f"{at}.y", domain=MICROSOFT)

    def _fixed(self, x: str, at: str, weight: NDArray[np.float32], added: list[str]) -> str:
        """Integer products with one scale and zero for all activations that ever come."""
        inputs = self.inputs[at]
        if f"{at}.smooth" in self.weights:
            x = f"{x}.smooth"
        floats = IN_FLOATS if at.endswith(".down") else 0
        low, high = float(inputs.low[floats:].min()), float(inputs.high[floats:].max())
        step = (high - low) / 255
        zero = np.clip(np.rint(-low / step), 0, 255)
        parts = [self._put(f"{at}.step", np.array(step, np.float32))]
        parts.append(self._put(f"{at}.zero", np.array(zero, np.uint8)))
        self._add("QuantizeLinear", [x, *parts], f"{at}.q")
        values = np.zeros(weight.shape, np.int8)
        products = inputs.products[floats:, floats:]
        values[:, floats:], scales = quantize_together(weight[:, floats:], products, bits=BITS)
        given = [f"{at}.q", self._put(f"{at}.w", values.T.copy()), parts[0]]
        given += [self._put(f"{at}.scale", scales), parts[1], "", *added]
        whole = self._add("MatMulIntegerToFloat", given, f"{at}.whole", domain=MICROSOFT)
        if not floats:
            return whole
        ends = [self._put(f"floats.{n}", np.array([n])) for n in (0, floats, 2)]
        large = self._add("Slice", [x, *ends], f"{at}.large")
        beside = self._put(f"{at}.f", weight[:, :floats].T.copy())
        self._add("MatMul", [large, beside], f"{at}.beside")
        return self._add("Add", [whole, f"{at}.beside"], f"{at}.y")

    def _by_rows(self, x: str, at: str, weight: NDArray[np.float32], added: list[str]) -> str:
        """Integer products with a scale for every row of x: no row changes another's."""
        values, scales = quantize(weight, bits=BITS)
        if x not in self.made:
            self.made.add(x)
            self._add("Abs", [x], f"{x}.abs")
            self._add("ReduceMax", [f"{x}.abs"], f"{x}.most", axes=[-1], keepdims=1)
            self._add("Mul", [f"{x}.most", self._put("step", np.float32([1 / 127]))], f"{x}.step")
            self._add("Div", [x, f"{x}.step"], f"{x}.whole")
            one, middle = np.array(1, np.float32), np.array(128, np.uint8)
            parts = [f"{x}.whole", self._put("one", one), self._put("middle", middle)]
            self._add("QuantizeLinear", parts, f"{x}.q")
        parts = [f"{x}.q", self._put(f"{at}.w", values.T.copy()), "one"]
        parts += [self._put(f"{at}.scale", scales), "middle"]
        self._add("MatMulIntegerToFloat", parts, f"{at}.f", domain=MICROSOFT)
        product = self._add("Mul", [f"{at}.f", f"{x}.step"], f"{at}.r")
        return self._add("Add", [product, *added], f"{at}.y") if added else product

    def _blocks(self, x: str, at: str, weight: NDArray[np.float32], added: list[str]) -> str:
        rows, width = weight.shape
        size = 32
        cut = weight.reshape(rows * width // size, size)
        values, scales = quantize(cut, bits=8)
        packed = (values.astype(np.int16) + 128).astype(np.uint8).reshape(rows, width // size, size)
        inputs = [x, self._put(f"{at}.w", packed), self._put(f"{at}.scale", scales), "", ""]
        shape = {"K": width, "N": rows, "bits": 8, "block_size": size, "accuracy_level": 4}
        return self._add("MatMulNBits", [*inputs, *added], f"{at}.y", domain=MICROSOFT, **shape)

    def _rows(self, name: str, numbers: str) -> str:
        """Rows of a table; quantized ones are scaled back after they are taken out."""
        if self.form == "float":
            return self._add("Gather", [self._constant(name), numbers], "words")
        values, scales = quantize(self.weights[name], bits=8)
        taken = self._add("Gather", [self._put(f"{name}.q", values), numbers], "words.q")
        scale = self._add("Gather", [self._put(f"{name}.s", scales[:, None]), numbers], "words.s")
        cast = self._add("Cast", [taken], "words.f", to=TensorProto.FLOAT)
        return self._add("Mul", [cast, scale], "words")

    def _add(
        self, kind: str, inputs: list[str], *outputs: str, domain: str = "", **given: object
    ) -> str:
        self.nodes.append(helper.make_node(kind, inputs, list(outputs), domain=domain, **given))
        return outputs[0]

    def _constant(self, name: str) -> str:
        return self._put(name, self.weights[name])

    def _put(self, name: str, value: NDArray[np.generic]) -> str:
        if all(constant.name != name for constant in self.constants):
            self.constants.append(numpy_helper.from_array(value, name))
        return name


def large_first(weights: Weights, inputs: dict[str, Inputs]) -> tuple[Weights, dict[str, Inputs]]:
    """The same network, the units between `up` and `down` ordered by how large they get.

    Those that are read in floats then lie side by side and need not be picked out one by one.
    """
    weights, inputs = dict(weights), dict(inputs)
    for down in [name for name in inputs if name.endswith(".down")]:
        given, up = inputs[down], down.replace(".down", ".up")
        order = np.argsort(-np.maximum(-given.low, given.high), kind="stable")
        products = given.products[np.ix_(order, order)]
        inputs[down] = Inputs(given.low[order], given.high[order], products)
        weights[f"{down}.weight"] = weights[f"{down}.weight"][:, order]
        for part in ("weight", "bias"):
            weights[f"{up}.{part}"] = weights[f"{up}.{part}"][order]
    return weights, inputs


def smooth(weights: Weights, inputs: dict[str, Inputs]) -> tuple[Weights, dict[str, Inputs]]:
    """Move part of the activations' unevenness into the weights (Xiao et al. 2023, SmoothQuant).

    Inputs that get large are divided and the weights that read them multiplied: in the layer norm
    before `qkv` and `up`, as `<layer>.smooth`, and in the values whose mean `out` reads. Those of
    `down` stay, since the largest of them are read in floats.
    """
    weights, inputs = dict(weights), dict(inputs)
    for name, given in list(inputs.items()):
        if name.endswith(".down"):
            continue
        weight = weights[f"{name}.weight"]
        large = np.maximum(np.maximum(-given.low, given.high), 1e-3)
        weights_large = np.maximum(np.abs(weight).max(axis=0), 1e-3)
        factor = large**MOVED / weights_large ** (1 - MOVED)
        factor = (factor / np.exp(np.log(factor).mean())).astype(np.float32)
        weights[f"{name}.weight"] = weight * factor
        products = given.products / np.outer(factor, factor)
        inputs[name] = Inputs(given.low / factor, given.high / factor, products)
        if name.endswith(".out"):
            qkv = name.replace(".out", ".qkv")
            scale = np.concatenate([np.ones(2 * len(factor), np.float32), 1 / factor])
            weights[f"{qkv}.weight"] = weights[f"{qkv}.weight"] * scale[:, None]
            weights[f"{qkv}.bias"] = weights[f"{qkv}.bias"] * scale
        else:
            weights[f"{name}.smooth"] = factor
    return weights, inputs


def quantize(
    rows: NDArray[np.float32], *, bits: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Symmetric integers of each row and the row's scale: rows ≈ integers × scale."""
    most = 2 ** (bits - 1) - 1
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12) / most
    values = np.clip(np.rint(rows / scales[:, None]), -most, most).astype(np.int8)
    return values, scales.astype(np.float32)


def quantize_together(
    rows: NDArray[np.float32], products: NDArray[np.float32], *, bits: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """As `quantize`, but the later integers of a row make up for what its earlier ones lost.

    One after the other, those of the largest inputs first, columns are rounded, and the columns
    that are left are moved so that the products with real inputs change least: GPTQ (Frantar et
    al. 2023).

    Args:
        rows: [outputs, inputs].
        products: [inputs, inputs], sums of the inputs' products over real text.
        bits: of the integers.
    """
    _, scales = quantize(rows, bits=bits)
    most = 2 ** (bits - 1) - 1
    order = np.argsort(-np.diag(products), kind="stable")
    known = products[np.ix_(order, order)].astype(np.float64)
    known += 0.01 * np.diag(known).mean() * np.eye(len(known))
    upper = np.linalg.cholesky(np.linalg.inv(known)).T
    left = (rows[:, order] / scales[:, None]).astype(np.float64)
    values = np.zeros(rows.shape, np.int8)
    for place, column in enumerate(order):
        values[:, column] = np.clip(np.rint(left[:, place]), -most, most)
        lost = (left[:, place] - values[:, column]) / upper[place, place]
        left[:, place + 1 :] -= np.outer(lost, upper[place, place + 1 :])
    return values, scales
