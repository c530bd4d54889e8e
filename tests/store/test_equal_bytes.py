"""The stored bytes depend on the inputs: not on workers, block size, engine, interruption or order."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from results import promised, small

from experiments import blocks, read_result, store
from experiments.blocks import Block, BlockResult
from experiments.experiment import Experiment
from experiments.store import files


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("undisturbed") / "one"
    small().run(out=folder)
    found = promised(folder)
    assert len(found) == 2 * 2 * 2 + 2, "two scenarios, two chunks, runs and series; two scenario files"
    return found


@pytest.mark.parametrize("workers", [2, 5])
def test_processes_write_the_bytes_of_one(
    undisturbed: dict[str, bytes], tmp_path: Path, workers: int
) -> None:
    small().run(workers=workers, out=tmp_path / "one")
    assert promised(tmp_path / "one") == undisturbed


@pytest.mark.parametrize("workers", [2, 5])
def test_threads_write_the_bytes_of_one(
    undisturbed: dict[str, bytes], tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from experiments.workers import local

    monkeypatch.setattr(local, "in_processes", local.in_threads)
    small().run(workers=workers, out=tmp_path / "one")
    assert promised(tmp_path / "one") == undisturbed


@pytest.mark.parametrize("size", [1, 3, 100])
def test_blocks_of_any_size_write_the_same_bytes(
    undisturbed: dict[str, bytes], tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(blocks.DRAWS_IN_A_BLOCK, "mesa", size)
    small().run(out=tmp_path / "one")
    assert promised(tmp_path / "one") == undisturbed


def test_results_that_come_backwards_are_written_in_their_places(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    experiment = small()
    with store.Store(experiment, tmp_path / "one") as kept:
        for block in reversed(list(experiment.blocks())):
            kept.add(experiment.run_block(block))
        kept.finish(6)
    assert promised(tmp_path / "one") == undisturbed


def test_a_result_kept_in_memory_and_written_at_the_end_has_the_same_bytes(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    assert promised(small().run().write(tmp_path / "one")) == undisturbed


@pytest.mark.parametrize("after", [1, 7, 20])
@pytest.mark.parametrize("seconds", [0.0, 100.0])
def test_an_interrupted_and_resumed_run_writes_the_same_bytes(
    undisturbed: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
    seconds: float,
) -> None:
    """Interrupt after some blocks, with every block written at once or all together at the interruption."""
    monkeypatch.setattr(store, "SECONDS", seconds)
    said: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(Experiment, "run_block", _interrupting(after))
        try:
            assert small().run(out=tmp_path / "one").interrupted
        except KeyboardInterrupt:
            assert after == 1
    ran = _counting(monkeypatch)
    small().run(out=tmp_path / "one", say=said.append)
    assert promised(tmp_path / "one") == undisturbed
    assert said and said[0].startswith(f"resumed from {tmp_path / 'one'}, ")
    assert f" {60 - len(ran)} of 60 cells were there" in said[0]
    assert len(ran) == len(set(ran)) < 60, "no cell that was there is run again"
    assert not (tmp_path / "one" / "partial").exists()


def test_more_replicates_extend_a_finished_result(
    undisturbed: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(replicates=3).run(out=tmp_path / "one")
    ran = _counting(monkeypatch)
    small().run(out=tmp_path / "one")
    assert promised(tmp_path / "one") == undisturbed
    assert {replicate for replicate, _, _ in ran} == {3, 4, 5}
    small(replicates=4).run(out=tmp_path / "four")
    shared = promised(tmp_path / "four")
    assert {name: undisturbed[name] for name in shared} == shared


def test_fewer_replicates_leave_a_finished_result_as_it_is(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    small().run(out=tmp_path / "one")
    assert small(replicates=2).run(out=tmp_path / "one").replicates == 2
    assert promised(tmp_path / "one") == undisturbed


class Killed(BaseException):
    """Stands for a kill: nothing of ours catches it."""


@pytest.mark.parametrize("step", ["write_data", "_write_all_failed", "hashes", "write_manifest", "rmtree"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_between_any_two_steps_of_finishing_is_made_good(
    undisturbed: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    place = {"rmtree": store.shutil, "_write_all_failed": store.Store}.get(step, store)
    do, finish = getattr(place, step), store.Store.finish

    def dies(*given: object, **named: object) -> None:
        if when == "after":
            do(*given, **named)
        raise Killed

    def finishing(kept: store.Store, replicates: int) -> None:
        patch.setattr(place, step, dies)
        finish(kept, replicates)

    with monkeypatch.context() as patch:
        patch.setattr(store.Store, "finish", finishing)
        with pytest.raises(Killed):
            small().run(out=tmp_path / "one")
    again = small().run(out=tmp_path / "one")
    assert promised(tmp_path / "one") == undisturbed
    assert again.outcomes.tobytes() == read_result(tmp_path / "one").outcomes.tobytes()


@pytest.mark.parametrize("write", [1, 2, 5, 9])
def test_a_kill_while_a_finished_result_is_extended_loses_nothing(
    undisturbed: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: int
) -> None:
    small(replicates=3).run(out=tmp_path / "one")
    write_bytes, writes = files.write_bytes, iter(range(1, 1_000))

    def dies(path: Path, content: bytes) -> None:
        if next(writes) == write:
            raise Killed
        write_bytes(path, content)

    with monkeypatch.context() as patch:
        for module in (store, store.partial, store.manifest):
            patch.setattr(module, "write_bytes", dies)
        with pytest.raises(Killed):
            small().run(out=tmp_path / "one")
    ran = _counting(monkeypatch)
    small().run(out=tmp_path / "one")
    assert promised(tmp_path / "one") == undisturbed
    assert {replicate for replicate, _, _ in ran} == {3, 4, 5}, "what was finished is not run again"


def _interrupting(after: int) -> Callable[[Experiment, Block], BlockResult]:
    run_block, seen = Experiment.run_block, iter(range(1_000))

    def interrupted(experiment: Experiment, block: Block) -> BlockResult:
        if next(seen) == after:
            raise KeyboardInterrupt
        return run_block(experiment, block)

    return interrupted


def _counting(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """Note every cell that is run."""
    ran: list[tuple[int, int, int]] = []
    run_draws = Experiment.run_draws

    def noting(experiment: Experiment, scenario: int, replicate: int, draws: Iterable[int]) -> blocks.Arrays:
        ran.extend((replicate, scenario, draw) for draw in draws)
        return run_draws(experiment, scenario, replicate, draws)

    monkeypatch.setattr(Experiment, "run_draws", noting)
    return ran


@pytest.mark.slow
def test_the_compiled_engine_writes_the_bytes_of_mesa_with_any_number_of_threads(
    undisturbed: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for workers, size in ((1, 25), (2, 2), (5, 1)):
        monkeypatch.setitem(blocks.DRAWS_IN_A_BLOCK, "compiled", size)
        small(engine="compiled").run(workers=workers, out=tmp_path / str(workers))
        assert promised(tmp_path / str(workers)) == undisturbed
