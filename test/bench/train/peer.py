"""The peer of `npm run bench -- train`: the same network, weights and batches as ours, in PyTorch.

peer.py                        prints what PyTorch is here, as JSON
peer.py DIR THREADS            measures every configuration of the task in DIR briefly and prints the figures
peer.py DIR THREADS LAYOUT ADAM  trains; answers each line `STEPS` on stdin with the times of as many steps
"""

import gc
import json
import math
import os
import re
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

LAYOUTS = ["contiguous", "channels_last"]
ADAMS = {"loop": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}
MOVING = ("movingMean", "movingVariance")


def blas():
    """The library behind matrix products: the one that is loaded, else what PyTorch was built with."""
    try:
        with open("/proc/self/maps") as maps:
            loaded = {os.path.basename(os.path.realpath(line.split()[-1])) for line in maps if ".so" in line}
    except OSError:
        loaded = set()
    names = sorted(name for name in loaded if re.match(r"lib(openblas|mkl_(core|rt)|blis|atlas|blas)", name))
    built = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
    return ", ".join(names) or (built.group(1) if built else "unknown")


def peak_mb():
    try:
        with open("/proc/self/status") as status:
            return int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1)) * 1024 / 1e6
    except OSError:
        return None


class Task:
    """task.json and data.bin as task.ts writes them, turned the way PyTorch likes."""

    def __init__(self, folder):
        with open(os.path.join(folder, "task.json")) as header:
            self.__dict__.update(json.load(header))
        self.data = open(os.path.join(folder, "data.bin"), "rb")
        # With stride 2, TensorFlow's `same` pads after the picture and PyTorch before it: the mirrored network on mirrored
        # pictures gives the same numbers without any copy.
        layers = self.spec["layers"]
        self.mirrored = any(layer.get("padding") == "same" and layer["stride"] > 1 for layer in layers)
        self.kernels = {weight["name"]: self.read(weight["shape"]) for weight in self.weights}
        self.first_batch = self.data.tell()
        self.units = {layer["name"]: layer["units"] for layer in layers if layer["kind"] == "dense"}
        self.batch = 0

    def read(self, shape):
        count = math.prod(shape)
        return torch.frombuffer(bytearray(self.data.read(4 * count)), dtype=torch.float32).reshape(shape)

    def rewind(self):
        self.batch = 0

    def next_batch(self, layout):
        if self.batch % self.batches == 0:
            self.data.seek(self.first_batch)
        self.batch += 1
        n = self.batchSize
        inputs = self.read([n, *self.spec["input"]]).permute(0, 3, 1, 2)
        if self.mirrored:
            inputs = inputs.flip(2, 3)
        inputs = inputs.contiguous(memory_format=memory_format(layout))
        return inputs, [self.read([n, self.units[term["layer"]]]) for term in self.losses]


def memory_format(layout):
    return torch.channels_last if layout == "channels_last" else torch.contiguous_format


class Windowed(nn.Module):
    """Convolution, batch normalisation if the layer has it, activation."""

    def __init__(self, layer, channels):
        super().__init__()
        kernel, stride = layer["kernel"], layer["stride"]
        depthwise = layer["kind"] == "depthwise"
        self.filters = channels if depthwise else layer["filters"]
        self.conv = nn.Conv2d(
            channels,
            self.filters,
            kernel,
            stride,
            padding=kernel // 2 if layer["padding"] == "same" else 0,
            groups=channels if depthwise else 1,
            bias=not layer["batchNorm"],
        )
        self.norm = nn.BatchNorm2d(self.filters, eps=1e-3, momentum=0.01) if layer["batchNorm"] else None
        self.activation = layer["activation"]

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return activated(x, self.activation)


def activated(x, activation):
    if activation == "relu":
        return F.relu(x, inplace=True)
    return F.relu6(x, inplace=True) if activation == "relu6" else x


class Network(nn.Module):
    """A ModelSpec with the task's weights."""

    def __init__(self, task):
        super().__init__()
        self.layers = task.spec["layers"]
        self.parts = nn.ModuleDict()
        named = [layer.get(key) for layer in self.layers for key in ("from", "with")]
        self.outputs = [term["layer"] for term in task.losses]
        self.kept = {name for name in named if name} | set(self.outputs)
        with torch.no_grad():
            shapes = {"input": list(task.spec["input"])}
            previous = "input"
            for layer in self.layers:
                source = layer.get("from", previous)
                shapes[layer["name"]] = self.place(task, layer, shapes[source])
                previous = layer["name"]

    def place(self, task, layer, shape):
        """Makes the layer's module with its weights; returns the shape of its output, as `placeLayers`."""
        kind, name = layer["kind"], layer["name"]
        if kind in ("conv", "depthwise", "maxPool"):
            kernel, stride = layer["kernel"], layer["stride"]
            length = (lambda n: math.ceil(n / stride)) if layer["padding"] == "same" else (lambda n: (n - kernel) // stride + 1)
            height, width = length(shape[0]), length(shape[1])
            if kind == "maxPool":
                assert layer["padding"] == "valid", "max-pooling with padding is not measured"
                return [height, width, shape[2]]
            part = Windowed(layer, shape[2])
            weight = task.kernels[name + "/kernel"]
            if task.mirrored:
                weight = weight.flip(0, 1)
            # conv [kh, kw, in, out], depthwise [kh, kw, c, 1]
            part.conv.weight.copy_(weight.permute(3, 2, 0, 1) if kind == "conv" else weight.permute(2, 3, 0, 1))
            if part.norm is None:
                part.conv.bias.copy_(task.kernels[name + "/bias"])
            else:
                part.norm.weight.copy_(task.kernels[name + "/gamma"])
                part.norm.bias.copy_(task.kernels[name + "/beta"])
            self.parts[name] = part
            return [height, width, part.filters]
        if kind == "dense":
            part = nn.Linear(shape[-1], layer["units"])
            weight = task.kernels[name + "/kernel"]
            if len(shape) == 4:
                # Behind a flattening: ours counts [h, w, c], PyTorch [c, h, w].
                weight = weight.reshape(*shape[:3], -1).permute(2, 0, 1, 3).reshape(weight.shape)
            part.weight.copy_(weight.t())
            part.bias.copy_(task.kernels[name + "/bias"])
            self.parts[name] = part
            return [layer["units"]]
        if kind == "flatten":
            return [*shape, math.prod(shape)]
        if kind == "globalAveragePool":
            return [shape[2]]
        assert kind == "add", kind
        return shape

    def forward(self, x):
        kept = {}
        for layer in self.layers:
            kind, name = layer["kind"], layer["name"]
            if "from" in layer:
                x = kept[layer["from"]]
            if kind in ("conv", "depthwise"):
                x = self.parts[name](x)
            elif kind == "dense":
                x = activated(self.parts[name](x), layer["activation"])
            elif kind == "maxPool":
                x = F.max_pool2d(x, layer["kernel"], layer["stride"])
            elif kind == "flatten":
                x = x.flatten(1)
            elif kind == "globalAveragePool":
                x = x.mean((2, 3))
            else:
                x = x + kept[layer["with"]]
            if name in self.kept:
                kept[name] = x
        return [kept[name] for name in self.outputs]


class Training:
    def __init__(self, task, layout, adam):
        self.task, self.layout = task, layout
        task.rewind()
        self.network = Network(task).to(memory_format=memory_format(layout))
        self.network.train()
        settings = task.optimizer
        assert settings["kind"] == "adam", "only Adam is measured"
        kernels = [p for p in self.network.parameters() if p.dim() > 1]
        others = [p for p in self.network.parameters() if p.dim() == 1]
        decay = settings["weightDecay"]
        # AdamW without decay would pass over all weights once more.
        groups = [{"params": kernels, "weight_decay": decay}, {"params": others, "weight_decay": 0}]
        kind = torch.optim.AdamW if decay else torch.optim.Adam
        betas = (settings["beta1"], settings["beta2"])
        self.optimizer = kind(groups, task.learningRate, betas=betas, eps=settings["epsilon"], **ADAMS[adam])

    def step(self):
        """One step: its time in ms, and the loss."""
        inputs, targets = self.task.next_batch(self.layout)
        begun = time.perf_counter()
        self.optimizer.zero_grad(set_to_none=True)
        loss = 0
        for output, target, term in zip(self.network(inputs), targets, self.task.losses):
            if term["kind"] == "cosine":
                value = (1 - F.cosine_similarity(output, target)).mean()
            else:
                value = F.cross_entropy(output, target)
            loss = loss + value * term["weight"]
        loss.backward()
        self.optimizer.step()
        value = loss.item()
        return (time.perf_counter() - begun) * 1e3, value


def tried(task, layout, adam):
    """Median ms of a few steps; None where this version of PyTorch has no such thing."""
    try:
        training = Training(task, layout, adam)
        steps = [training.step()[0] for _ in range(8)]
    except (TypeError, RuntimeError) as error:
        print(f"{layout}, {adam}: {error}", file=sys.stderr)
        return None
    return statistics.median(steps[3:])


def tell(answer):
    print(json.dumps(answer), flush=True)


def main(arguments):
    if not arguments:
        torch.ones(8, 8) @ torch.ones(8, 8)
        return tell({"torch": torch.__version__, "blas": blas()})
    folder, threads, *configuration = arguments
    torch.set_num_threads(int(threads))
    torch.set_flush_denormal(True)
    task = Task(folder)
    if not configuration:
        figures = []
        for layout in LAYOUTS:
            for adam in ADAMS:
                figures.append({"layout": layout, "adam": adam, "ms": tried(task, layout, adam)})
                gc.collect()
        return tell(figures)
    training = Training(task, *configuration)
    tell({"ready": f"PyTorch ({threads} threads, {', '.join(configuration)})"})
    for line in sys.stdin:
        steps = [training.step() for _ in range(int(line))]
        tell({"ms": [ms for ms, _ in steps], "losses": [loss for _, loss in steps], "peakMb": peak_mb()})


main(sys.argv[1:])
