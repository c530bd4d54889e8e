"""What stands in a directory is trusted when it is ours and whole, and nobody else is writing there."""

import json
import os
import socket
from pathlib import Path

import pytest
from results import command, promised, small, until

from experiments import Experiment, Scenario, read_result, store
from experiments.errors import InputError
from experiments.replay import replayed
from experiments.store.lock import Lock


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("undisturbed") / "one"
    small().run(out=folder)
    return promised(folder)


def unfinished(folder: Path, blocks: int, seconds: float = 0.0) -> Path:
    """Leave a run as a kill would after some blocks, each in a file of its own."""
    experiment = small()
    before, store.SECONDS = store.SECONDS, seconds
    try:
        with store.Store(experiment, folder) as kept:
            for block in list(experiment.blocks())[:blocks]:
                kept.add(experiment.run_block(block))
    finally:
        store.SECONDS = before
    return folder


def partials(folder: Path) -> list[Path]:
    return sorted((folder / "partial").glob("*.npz"))


# -- unfinished ----------------------------------------------------------------------------------------------


def test_an_unfinished_result_is_read_up_to_its_last_whole_replicate(tmp_path: Path) -> None:
    folder = unfinished(tmp_path / "one", 15)  # six blocks a replicate
    found = read_result(folder)
    assert (found.replicates, found.interrupted) == (2, True)
    whole = small().run()
    assert found.outcomes.tobytes() == whole.outcomes[:, :, :2].tobytes()
    assert replayed(folder, "external-12", "small", 4, 1).equal


def test_a_result_without_a_whole_replicate_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no whole replicate yet \(5 cells"):
        read_result(unfinished(tmp_path / "one", 3))


def test_a_directory_begun_and_nothing_more_says_so_and_is_begun_again(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    folder = unfinished(tmp_path / "one", 0)
    (folder / "draws.parquet").unlink()
    with pytest.raises(InputError, match="no whole replicate yet"):
        read_result(folder)
    small().run(out=folder)
    assert promised(folder) == undisturbed


# -- files that are not trusted ------------------------------------------------------------------------------


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _changed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_torn, _changed, _emptied])
def test_a_damaged_file_is_left_aside_with_a_line_in_the_log(
    undisturbed: dict[str, bytes], tmp_path: Path, damage: object
) -> None:
    folder = unfinished(tmp_path / "one", 15)
    damage(partials(folder)[8])  # type: ignore[operator]
    assert read_result(folder).replicates == 1, "the gap is in the second replicate"
    said: list[str] = []
    small().run(out=folder, say=said.append)
    assert promised(folder) == undisturbed
    assert any("left aside: it is torn or was changed" in note for note in said)
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines if line["event"] == "left aside"] == ["left aside"]


def test_files_of_other_inputs_and_of_somebody_else_are_left_aside(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    folder = unfinished(tmp_path / "one", 15)
    experiment = small(seed=5)
    with store.Store(experiment, tmp_path / "other") as other:
        for block in experiment.blocks():
            other.add(experiment.run_block(block))
        other.flush()
    (stranger,) = partials(tmp_path / "other")
    stranger.rename(folder / "partial" / stranger.name.replace("000000", "000099"))
    (folder / "partial" / "notes.txt").write_text("mine")
    (folder / "partial" / "000098-0123456789abcdef.npz.writing").write_bytes(b"half")
    said: list[str] = []
    small().run(out=folder, say=said.append)
    assert promised(folder) == undisturbed
    assert sum("left aside" in note for note in said) == 2


def test_a_result_of_another_program_is_not_mixed_with_new_numbers(
    undisturbed: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("experiments.provenance._code", lambda: "another")
        unfinished(tmp_path / "one", 15)
    assert read_result(tmp_path / "one").replicates == 2, "it can be read all the same"
    said: list[str] = []
    small().run(out=tmp_path / "one", say=said.append)
    assert promised(tmp_path / "one") == undisturbed
    assert len(said) == 1 and "made by another program (code another then" in said[0]
    assert read_result(tmp_path / "one" / "before").replicates == 2, "numbers are removed by --force alone"


# -- what stands there already -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"seed": 5}, "seed 4 there, 5 now"),
        ({"months": 2.0}, "months 1.0 there, 2.0 now"),
        ({"teams": (6,)}, "other teams"),
    ],
)
def test_other_inputs_are_refused_by_what_differs(
    tmp_path: Path, changes: dict[str, object], named: str
) -> None:
    folder = unfinished(tmp_path / "one", 3)
    with pytest.raises(InputError, match=rf"holds a result of other inputs \(.*{named}.*--force"):
        small(**changes).run(out=folder)
    assert len(partials(folder)) == 3


def test_other_scenarios_are_named(tmp_path: Path) -> None:
    folder = unfinished(tmp_path / "one", 0)
    like = small()
    other = Experiment(
        [Scenario("internal-12")], draws=like.draws, replicates=6, seed=4, months=1.0, teams=like.teams
    )
    with pytest.raises(InputError, match="scenarios external-12, no-sip there, internal-12, no-sip now"):
        other.run(out=folder)


def test_force_replaces_and_leaves_what_is_not_ours(tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    small(seed=5, replicates=9).run(out=tmp_path / "one")
    (tmp_path / "one" / "report.html").write_text("a page")
    small().run(out=tmp_path / "one", force=True)
    assert promised(tmp_path / "one") == undisturbed
    assert (tmp_path / "one" / "report.html").read_text() == "a page"


def test_an_older_format_is_refused_by_its_number(tmp_path: Path) -> None:
    folder = unfinished(tmp_path / "one", 0)
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 1}))
    with pytest.raises(InputError, match="holds a result of format 1, this program writes format 2"):
        small().run(out=folder)
    with pytest.raises(InputError, match="has format 1, this program reads format 2"):
        read_result(folder)


# -- one writer at a time ------------------------------------------------------------------------------------


def test_a_second_writer_is_refused_with_who_the_first_is(tmp_path: Path) -> None:
    refused = pytest.raises(InputError, match=rf"being written by process {os.getpid()} on ")
    with store.Store(small(), tmp_path / "one"), refused:
        small().run(out=tmp_path / "one")
    small().run(out=tmp_path / "one")


def test_the_lock_of_a_process_that_ended_is_taken_over(tmp_path: Path) -> None:
    holding = f"""
        import time
        from pathlib import Path
        from experiments.store.lock import Lock
        lock = Lock(Path({str(tmp_path)!r}))
        print("held", flush=True)
        time.sleep(600)
    """
    process = command(holding)
    try:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        with pytest.raises(InputError, match=f"process {process.pid} on "):
            Lock(tmp_path)
    finally:
        process.kill()
        process.communicate()
    assert (tmp_path / "lock").exists(), "the kill left it behind"
    Lock(tmp_path).release()
    assert not (tmp_path / "lock").exists()


def test_a_lock_of_another_machine_is_respected_and_the_remedy_told(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(json.dumps({"host": socket.gethostname() + "-2", "process": 7}))
    with pytest.raises(InputError, match=r"process 7 on .*-2\. If that has ended, remove .*lock"):
        Lock(tmp_path)
    assert (tmp_path / "lock").exists()


def test_until_gives_up() -> None:
    """Check the helper of these tests: it must not wait for ever."""
    with pytest.raises(TimeoutError):
        until(lambda: False, seconds=0.05)
