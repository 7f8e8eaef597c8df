"""Step 3: train the encoder and all its heads together.

    python training/encoder/train.py BASE PREPARED RUN [--config FILE] [--weights FILE]
        [--leave-out N]

Several processes share the work, which uses a machine's processors better than several threads:

    torchrun --nproc-per-node 2 training/encoder/train.py BASE PREPARED RUN

RUN is the folder of this run: `checkpoint.pt` after every pass, from which the same command goes
on, `averaged.pt`, the averaged weights that are evaluated and exported, and `log.jsonl`.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
import torch.distributed
import torch.nn.functional as F
import yaml
from evaluate import evaluate
from model import Model, load_base
from torch import Tensor, nn

from data import FOLDS, PIECES_TOGETHER, Batch, Document, batches, load, side_by_side


def main() -> None:
    """Train, or go on training."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("base", type=Path, help="all-MiniLM-L6-v2's model.safetensors")
    ask.add_argument("prepared", type=Path)
    ask.add_argument("run", type=Path)
    ask.add_argument("--config", type=Path, help="settings in place of those in config.yaml")
    ask.add_argument("--weights", type=Path, help="averaged.pt of an earlier run to begin with")
    ask.add_argument("--leave-out", type=int, help="a part of the texts, for cross_fit.py to read")
    given = ask.parse_args()
    given.run.mkdir(parents=True, exist_ok=True)
    config = settings(given.config)
    if "WORLD_SIZE" in os.environ:
        torch.distributed.init_process_group("gloo")
    training = Training(given.base, given.prepared, given.run, config, given.leave_out)
    if (given.run / "checkpoint.pt").exists():
        training.resume()
    elif given.weights:
        training.start(given.weights)
    training.go()


# Files of each set; some come from later steps and may not be there.
FILES = {
    "attribution": ["attribution-train"],
    "layouts": ["attribution-layouts"],
    "silver": ["attribution-silver"],
    "names": ["names-train", "names-swapped", "names-silver"],
    "targets": ["targets-train"],
    "trees": ["trees-train"],
}


def load_if_there(prepared: Path, name: str) -> list[Document]:
    """The documents of a set's file, none if an optional step that writes it was left out."""
    path = prepared / f"{name}.jsonl"
    return load(path) if path.exists() or name != "attribution-silver" else []


def settings(path: Path | None) -> dict[str, Any]:
    """Those of config.yaml, and in the place of some of them those of another file.

    Shares and weights that the other file does not name are none.
    """
    found = yaml.safe_load(Path(__file__).with_name("config.yaml").read_text(encoding="utf-8"))
    return found if path is None else found | yaml.safe_load(path.read_text(encoding="utf-8"))


class Training:
    """One run: its model, optimizer, place in the schedule and averaged weights."""

    def __init__(
        self,
        base: Path,
        prepared: Path,
        run: Path,
        config: dict[str, Any],
        left_out: int | None = None,
    ) -> None:
        torch.manual_seed(config["seed"])
        self.rank, self.processes = _place()
        self.run, self.prepared, self.config = run, prepared, config
        self.model = Model(config["dropout"])
        with torch.no_grad():
            load_base(self.model.encoder, base)
        self.model.encoder.words.weight.requires_grad_(requires_grad=False)
        self.optimizer = torch.optim.AdamW(self._groups(), weight_decay=config["weight_decay"])
        self.averaged = copy.deepcopy(self.model).eval()
        self.step = self.done = 0
        self.weights = {name: value for name, value in config["weights"].items() if value}
        self.sets = {
            kind: [one for file in FILES[kind] for one in load_if_there(prepared, file)]
            for kind, share in config["shares"].items()
            if share
        }
        if "attribution" in self.sets:
            self.sets["renamed"] = load(prepared / "attribution-swapped.jsonl")
        if left_out is not None:
            for kind in {"attribution", "renamed", "targets"} & {*self.sets}:
                self.sets[kind] = [
                    one for n, one in enumerate(self.sets[kind]) if n % FOLDS != left_out
                ]

    def go(self) -> None:
        """Pass after pass, evaluated and saved after each."""
        torch.manual_seed(1000 * self.rank + self.done)
        while self.done < self.config["passes"]:
            seed = 1000 * self.config["seed"] + self.done
            chance = random.Random(seed)  # noqa: S311
            plan = self._share_of(list(self._plan(chance)))
            losses: Counter[str] = Counter()
            self.model.train()
            begun = time.time()
            for number, batch in enumerate(plan):
                place = (self.done + number / len(plan)) / self.config["passes"]
                for name, value in self._learn(batch, place).items():
                    losses[name] += value
                    losses[f"#{name}"] += 1
                if number % 25 == 24:
                    self._log(
                        step=self.step, of=len(plan), seconds=time.time() - begun, **_means(losses)
                    )
                    losses.clear()
            self.done += 1
            if self.rank == 0:
                self._save()
                ends = self.done == self.config["passes"]
                if ends or self.done % self.config["evaluated"] == 0:
                    self._log(done=self.done, **evaluate(self.averaged, self.prepared))
            if self.processes > 1:
                torch.distributed.barrier()

    def _share_of(self, plan: list[Batch]) -> list[Batch]:
        """This process's batches: all take as many steps, and their gradients are averaged."""
        whole = len(plan) - len(plan) % self.processes
        return plan[self.rank : whole : self.processes]

    def _groups(self) -> list[dict[str, Any]]:
        config, layers = self.config, self.model.encoder.layers
        depth = len(layers)
        groups = []
        for n, layer in enumerate(layers):
            rate = config["rate"] * config["layer_decay"] ** (depth - 1 - n)
            groups.append({"params": list(layer.parameters()), "rate": rate})
        lowest = config["rate"] * config["layer_decay"] ** depth
        encoder = self.model.encoder
        below = [encoder.positions.weight, *encoder.norm.parameters()]
        groups.append({"params": below, "rate": lowest})
        groups.append({"params": [encoder.features.weight], "rate": config["rate"]})
        inside = {id(p) for p in encoder.parameters()}
        heads = [(n, p) for n, p in self.model.named_parameters() if id(p) not in inside]
        # Each of these numbers is learnt from few steps: what stands between two spans, say.
        alone = ("transitions", "relation.weight")
        for ends, rate in ((True, config["number_rate"]), (False, config["head_rate"])):
            params = [p for n, p in heads if n.endswith(alone) == ends]
            groups.append({"params": params, "rate": rate})
        return [{**group, "lr": group["rate"]} for group in groups]

    def _plan(self, chance: random.Random) -> Iterator[Batch]:
        plan: list[Batch] = []
        for kind, share in self.config["shares"].items():
            documents = self.sets.get(kind, [])
            if kind == "attribution" and share:
                pairs = zip(documents, self.sets["renamed"], strict=True)
                documents = [pair[chance.random() < self.config["renamed"]] for pair in pairs]
            chosen = chance.sample(documents, round(share * len(documents)))
            plan += batches(chosen, chance, pieces=PIECES_TOGETHER // self.processes)
        chance.shuffle(plan)
        return iter(plan)

    def _learn(self, batch: Batch, place: float) -> dict[str, float]:
        losses = self._losses(batch)
        self.optimizer.zero_grad(set_to_none=True)
        if losses:
            sum(self.weights[name] * value for name, value in losses.items()).backward()
        self._average_gradients()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        warm = min(1.0, (self.step + 1) / self.config["warmup"])
        scale = warm * min(1.0, (1.0 - place) / self.config["decay"])
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * scale
        self.optimizer.step()
        self.step += 1
        with torch.no_grad():
            keep = min(self.config["averaging"], (1 + self.step) / (10 + self.step))
            for mean, own in zip(self.averaged.parameters(), self.model.parameters(), strict=True):
                if own.requires_grad:
                    mean.lerp_(own, 1 - keep)
        return {name: value.item() for name, value in losses.items()}

    def _average_gradients(self) -> None:
        if self.processes == 1:
            return
        learnt = [p for p in self.model.parameters() if p.requires_grad]
        given = [torch.zeros_like(p) if p.grad is None else p.grad for p in learnt]
        flat = torch.cat([gradient.flatten() for gradient in given])
        torch.distributed.all_reduce(flat)
        sizes = [p.numel() for p in learnt]
        for p, part in zip(learnt, (flat / self.processes).split(sizes), strict=True):
            p.grad = part.view_as(p)

    def _losses(self, batch: Batch) -> dict[str, Tensor]:
        """Those that the batch has labels for and that weigh anything."""
        model, wanted = self.model, self.weights.keys()
        with torch.autocast("cpu", torch.bfloat16, enabled=self.config["bfloat16"]):
            hidden = model.encoder(batch.ids, batch.features, batch.mask)
        hidden = model.drop(hidden.float())
        tokens = hidden.gather(1, batch.firsts.unsqueeze(2).expand(-1, -1, hidden.shape[2]))
        first = batch.samples[0]
        losses = {}
        if first.tags is not None and "attribution" in wanted:
            scores = model.attribution(tokens)
            losses["attribution"] = model.attribution.loss(scores, batch.tags(), batch.tokens)
        linked = any(one.contents or one.cues for one in batch.samples)
        if linked and "links" in wanted:
            losses["links"] = self._links(tokens, batch)
        for kind, silver in (("names", False), ("silver_names", True)):
            chosen = [one.names is not None and one.silver == silver for one in batch.samples]
            if any(chosen) and kind in wanted:
                rows = torch.tensor(chosen)
                scores = model.names(tokens[rows])
                gold = F.one_hot(batch.names()[rows], scores.shape[2]).float()
                losses[kind] = model.names.loss(scores, gold, batch.tokens[rows])
        name = "targets" if first.tags is None else "silver_targets"
        if any(one.targets for one in batch.samples) and name in wanted:
            losses[name] = self._targets(tokens, batch)
        if any(one.trees for one in batch.samples) and "trees" in wanted:
            losses["trees"] = self._trees(tokens, batch)
        if any(one.sentences for one in batch.samples) and "sentences" in wanted:
            losses["sentences"] = self._sentences(hidden, batch)
        return losses

    def _links(self, tokens: Tensor, batch: Batch) -> Tensor:
        total, count = tokens.new_zeros(()), 0
        for own, one in zip(tokens, batch.samples, strict=True):
            for pointer, links in (
                (self.model.cue_of_content, one.contents),
                (self.model.source_of_cue, one.cues),
            ):
                if links is not None:
                    scores = pointer.point(own, links)
                    total = total + F.cross_entropy(
                        scores, torch.tensor(links.gold), reduction="sum"
                    )
                    count += len(links.gold)
        return total / max(count, 1)

    def _targets(self, tokens: Tensor, batch: Batch) -> Tensor:
        targets = [[target.ranges for target in one.targets] for one in batch.samples]
        gold = [target.polarities for one in batch.samples for target in one.targets]
        return F.cross_entropy(self.model.tones(list(tokens), targets), torch.tensor(gold))

    def _trees(self, tokens: Tensor, batch: Batch) -> Tensor:
        trees = [(row, tree) for row, one in enumerate(batch.samples) for tree in one.trees]
        places, *gold = side_by_side(trees, tokens.shape[1])
        return self.model.parser.loss(tokens.reshape(-1, tokens.shape[2])[places], *gold)

    def _sentences(self, hidden: Tensor, batch: Batch) -> Tensor:
        pooled, taught = [], []
        for own, one in zip(hidden, batch.samples, strict=True):
            for start, end, vector in one.sentences:
                pooled.append(own[start:end].mean(0))
                taught.append(torch.from_numpy(vector).float())
        mine = F.normalize(self.model.sentence(torch.stack(pooled)), dim=1)
        theirs = torch.stack(taught)
        apart = 1 - (mine * theirs).sum(1).mean()
        return apart + 5 * F.mse_loss(mine @ mine.T, theirs @ theirs.T)

    def _save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "done": self.done,
        }
        torch.save(state, self.run / "unfinished.pt")
        (self.run / "unfinished.pt").rename(self.run / "checkpoint.pt")
        torch.save(self.averaged.state_dict(), self.run / "averaged.pt")

    def start(self, weights: Path) -> None:
        """Begin with what an earlier run learnt; a head that it did not have begins anew."""
        for model in (self.model, self.averaged):
            model.load_state_dict(torch.load(weights, weights_only=True), strict=False)

    def resume(self) -> None:
        """Go on after the last pass of this run."""
        state = torch.load(self.run / "checkpoint.pt", weights_only=True)
        self.model.load_state_dict(state["model"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.done = state["step"], state["done"]

    def _log(self, **values: float) -> None:
        if self.rank:
            return
        line = json.dumps({k: round(v, 4) for k, v in values.items()})
        print(line, flush=True)
        with (self.run / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _place() -> tuple[int, int]:
    """This process's number, and how many there are."""
    if not torch.distributed.is_initialized():
        return 0, 1
    return torch.distributed.get_rank(), torch.distributed.get_world_size()


def _means(losses: Counter[str]) -> dict[str, float]:
    return {n: v / losses[f"#{n}"] for n, v in losses.items() if not n.startswith("#")}


if __name__ == "__main__":
    main()
