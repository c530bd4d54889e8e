"""A mutation run over the engine's wiring: is each small fault caught by a comparison with Mesa?

``python tests/parity/mutants.py`` makes mutants of ``model/engine`` (see ``tests/support/mutation.py``). Each is run as
plain Python on the cases of ``tests/support/reaching.py`` that reach the changed statement, until one differs in a bit
from Mesa or raises. A mutant that changes nothing must stand in ``neutral_mutants.toml``, with the reason. The script
ends with 1 where a survivor is not listed, or a listed one is caught or gone.
"""

import argparse
import ast
import copy
import gc
import json
import os
import random
import select
import signal
import sys
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

os.environ["NUMBA_DISABLE_JIT"] = "1"
sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

import interpreting
import neighbours
from effects import Effects
from mutation import Key, Maker, Mutant, blocks, is_docstring
from reaching import cases

from model import apart, compiling, philox

HOME = Path(__file__).parents[2] / "model" / "engine"
#: The engine's modules, each after those it imports.
ORDER = (
    "layout",
    "abreast",
    "service",
    "plan",
    "support",
    "minds",
    "people",
    "work",
    "events",
    "start",
    "record",
    "__init__",
)
NEUTRAL = Path(__file__).with_name("neutral_mutants.toml")
PATIENCE = 40.0  #: seconds of the processor for one mutant; an endless loop counts as caught


class Ready(NamedTuple):
    """A case as the engine reads it, what Mesa leaves of it, and the statements it reaches, by file and line."""

    prepared: interpreting.Prepared
    expected: interpreting.Left
    reached: frozenset[tuple[str, int]]


class Verdict(NamedTuple):
    """What became of a mutant: the case and what differed, or nothing."""

    mutant: Mutant
    caught: str


# -- the engine's modules --------------------------------------------------------------------------------------------


def module_of(name: str) -> Any:
    """Return the imported module of a file of the engine."""
    return sys.modules["model.engine" if name == "__init__" else f"model.engine.{name}"]


def sources() -> dict[str, ast.Module]:
    """Return the syntax trees, by file."""
    return {name: ast.parse((HOME / f"{name}.py").read_text(encoding="utf-8")) for name in ORDER}


def made(trees: dict[str, ast.Module]) -> list[Mutant]:
    """Make all mutants."""
    effects, near = Effects(trees.values()), neighbours.Neighbours()
    return [
        mutant for name, tree in trees.items() for mutant in Maker(HOME / name, tree, effects, near).mutants()
    ]


def compiled(name: str, tree: ast.Module) -> CodeType:
    """Return a module's code."""
    return compile(ast.fix_missing_locations(tree), str(HOME / f"{name}.py"), "exec")


def put_in_place(codes: dict[str, CodeType], first: str, **given: Any) -> None:
    """Make the engine anew, from one module on; ``given`` are names its modules find beside their own."""
    for name in ORDER[ORDER.index(first) :]:
        module = vars(module_of(name))
        module.update(given)
        exec(codes[name], module)


def as_plain_python() -> None:
    """Spare what a mutant does not need: numba's marks, and drawing anew the luck that stands at an address."""
    compiling.rule = compiling.wiring = compiling.seldom = compiling.kernel = lambda function: function
    apart.apart = lambda *kinds: lambda function: function
    philox.block = cache(philox.block)


def statements(trees: dict[str, ast.Module]) -> set[tuple[str, int]]:
    """Return all statements of functions, by file and line."""
    return {
        (name, statement.lineno)
        for name, tree in trees.items()
        if name != "layout"  # read when it is imported
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for block in blocks(function.body)
        for statement in block
        if not is_docstring(statement)
    }


def marked(trees: dict[str, ast.Module]) -> dict[str, CodeType]:
    """Return the modules' code in which each statement is noted before it is done."""
    found = copy.deepcopy(trees)
    for name, tree in found.items():
        for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            for block in list(blocks(function.body)):
                block[:] = [
                    one
                    for statement in block
                    for one in (ast.parse(f"REACHED.add(({name!r}, {statement.lineno}))").body[0], statement)
                ]
    return {name: compiled(name, tree) for name, tree in found.items()}


def ready_cases(trees: dict[str, ast.Module]) -> list[Ready]:
    """Prepare the cases, and make sure that the engine as it is equals Mesa on each."""
    found, reached = [], set()
    put_in_place(marked(trees), "abreast", REACHED=reached)
    for case in cases():
        reached.clear()
        prepared = interpreting.prepare(case)
        expected = interpreting.in_mesa(case, prepared.inputs)
        difference = interpreting.first_difference(interpreting.in_engine(prepared), expected)
        if difference:
            sys.exit(f"The engine differs from Mesa without a fault: {case.name}, {difference}")
        found.append(Ready(interpreting.prepare(case, prepared.inputs), expected, frozenset(reached)))
    put_in_place({name: compiled(name, tree) for name, tree in trees.items()}, "abreast")
    return found


# -- one mutant ------------------------------------------------------------------------------------------------------


class Trial(NamedTuple):
    """What a mutant is tried out on: the engine's trees and code, and the cases."""

    trees: dict[str, ast.Module]
    codes: dict[str, CodeType]
    ready: list[Ready]

    def of(self, mutant: Mutant) -> str:
        """Run a mutant, in a process of its own, on the cases that reach it; return what caught it, or nothing."""
        for edit in mutant.edits:
            edit.make()
        file, touched = mutant.key.file, {(mutant.key.file, line) for line in mutant.lines}
        try:
            mutated = compiled(file, self.trees[file])
            put_in_place(self.codes | {file: mutated}, file, **neighbours.constants())
        except Exception as error:
            return f"the module: {type(error).__name__}"
        for one in self.ready:
            if mutant.key.function and file != "layout" and not touched & one.reached:
                continue
            try:
                difference = _differs(one, anew=file == "layout")
            except Exception as error:
                difference = type(error).__name__
            if difference:
                return f"{one.prepared.case.name}: {difference}"
        return ""


def _differs(one: Ready, anew: bool) -> str:
    """Run a case; ``anew``: where constants have changed, what the engine reads is written again."""
    prepared = one.prepared
    if anew:
        arrays = sys.modules["model.arrays"]
        exec(
            compile(Path(arrays.__file__).read_text(encoding="utf-8"), arrays.__file__, "exec"), vars(arrays)
        )
        prepared = interpreting.prepare(prepared.case, arrays.inputs_of(*prepared.case[1:4]))
    return interpreting.first_difference(interpreting.in_engine(prepared), one.expected)


def in_a_child(task: Callable[[], str]) -> str:
    """Return what a task says when done in a forked process; an endless one is ended."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.setitimer(signal.ITIMER_PROF, PATIENCE)
            warnings.simplefilter("ignore")
            os.write(write, b"done " + task().encode())
        finally:
            os._exit(0)
    os.close(write)
    said = b""
    while select.select([read], [], []) and (part := os.read(read, 4096)):
        said += part
    os.close(read)
    _, status = os.waitpid(child, 0)
    if not said and not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF):
        sys.exit("A mutant's process ended without a word: the run proves nothing.")
    return said[5:].decode() if said else "endless"


# -- all of them -----------------------------------------------------------------------------------------------------


def listed() -> dict[Key, str]:
    """Return the mutants known to change nothing, with the reason."""
    groups = tomllib.loads(NEUTRAL.read_text(encoding="utf-8")).get("reason", []) if NEUTRAL.exists() else []
    return {
        Key(*place[:5], place[5] if len(place) > 5 else 1): group["why"]
        for group in groups
        for place in group["mutants"]
    }


def chosen(mutants: list[Mutant], only: str | None, sample: int | None, seed: int) -> list[Mutant]:
    """Return the mutants of one file, or a sample of them."""
    found = [mutant for mutant in mutants if only in (None, mutant.key.file)]
    return found if sample is None else random.Random(seed).sample(found, min(sample, len(found)))


def judged(mutants: Iterable[Mutant], trial: Trial, verbose: bool) -> list[Verdict]:
    """Try mutants out one after the other."""
    found = []
    gc.freeze()  # what is there is shared with the children
    for mutant in mutants:
        found.append(Verdict(mutant, in_a_child(partial(trial.of, mutant))))
        if verbose:
            print(written(mutant.key), found[-1].caught or "SURVIVES", sep="  ", flush=True)
    return found


def table(verdicts: list[Verdict]) -> str:
    """Return the counts by kind as a Markdown table."""
    made_, caught = Counter(), Counter()
    for verdict in verdicts:
        made_[verdict.mutant.key.kind] += 1
        caught[verdict.mutant.key.kind] += bool(verdict.caught)
    lines = ["| kind | made | caught | neutral |", "| --- | --: | --: | --: |"]
    for kind in sorted(made_):
        lines.append(f"| {kind} | {made_[kind]} | {caught[kind]} | {made_[kind] - caught[kind]} |")
    total, all_caught = made_.total(), caught.total()
    return "\n".join([*lines, f"| **all** | {total} | {all_caught} | {total - all_caught} |"])


def written(key: Key) -> str:
    """Return a mutant as it stands in the list of neutral ones."""
    return json.dumps(list(key if key.nth > 1 else key[:5]), ensure_ascii=False)


def faults(verdicts: list[Verdict], mutants: list[Mutant]) -> list[str]:
    """Return what is wrong: survivors not listed, listed ones caught or gone."""
    known, there = listed(), {mutant.key for mutant in mutants}
    alive = [v.mutant.key for v in verdicts if not v.caught and v.mutant.key not in known]
    dead = [f"{written(v.mutant.key)} ({v.caught})" for v in verdicts if v.caught and v.mutant.key in known]
    return [
        *(f"survives, not listed: {written(key)}" for key in alive),
        *(f"listed as neutral, caught: {text}" for text in dead),
        *(f"listed as neutral, no such mutant: {written(key)}" for key in known if key not in there),
    ]


def options(given: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Run mutants of the compiled engine's wiring against Mesa.")
    parser.add_argument("--only", choices=ORDER, help="mutants of one file")
    parser.add_argument("--sample", type=int, help="no more than so many mutants, drawn")
    parser.add_argument("--seed", type=int, default=0, help="which sample")
    parser.add_argument("--table", action="store_true", help="print the counts by kind as a Markdown table")
    parser.add_argument(
        "--reached", action="store_true", help="print the statements no case reaches, and stop"
    )
    parser.add_argument("--verbose", action="store_true", help="print what caught each mutant")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Make the mutants, try them out, say what is wrong; return 1 where anything is."""
    asked = options(given)
    as_plain_python()
    trees = sources()
    ready, mutants = ready_cases(trees), made(trees)
    missed = statements(trees) - set().union(*(one.reached for one in ready))
    not_reached = [f"no case reaches: model/engine/{file}.py:{line}" for file, line in sorted(missed)]
    if asked.reached:
        print("\n".join(not_reached) or "all are reached")
        return int(bool(missed))
    trial = Trial(trees, {name: compiled(name, tree) for name, tree in trees.items()}, ready)
    verdicts = judged(chosen(mutants, asked.only, asked.sample, asked.seed), trial, asked.verbose)
    if asked.table:
        print(table(verdicts))
    wrong = [*not_reached, *faults(verdicts, mutants)]
    caught = sum(bool(verdict.caught) for verdict in verdicts)
    print("\n".join([*wrong, f"{len(verdicts)} mutants: {caught} caught, {len(verdicts) - caught} neutral."]))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
