"""Results: written whole or not at all, read back to the bit, replayed."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from calibration import Draws, prior
from experiments import Experiment, Result, Scenario, read_result, store
from experiments.blocks import Block
from experiments.errors import InputError
from experiments.replay import replayed
from experiments.result import stored
from experiments.store.checks import check_free
from experiments.store.parquet import CHUNK
from model.outcomes import HOURS_NAMES, OUTCOME_NAMES, OUTCOMES
from model.record import NAMES, WEEKLY
from model.sites import Site

SMALL = Site(name="small", number=1001, posts=4)
PARTS = ("outcomes", "hours", "series")


def experiment(**changes: object) -> Experiment:
    """Return a small experiment: two scenarios, draws with numbers of their own, a real and an own team."""
    drawn = prior(6, seed=3)
    given = {
        "draws": Draws(drawn.table.iloc[[4, 1]], drawn.kind),
        "replicates": 2,
        "seed": 4,
        "months": 2.0,
        "teams": (6, SMALL),
    }
    return Experiment([Scenario("external-12", about='Said "so"\nand so.')], **(given | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def result() -> Result:
    return experiment().run()


@pytest.fixture(scope="module")
def folder(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return result.write(tmp_path_factory.mktemp("results") / "one")


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return what is promised to be equal for equal inputs."""
    files = [path for part in ("data", "scenarios") for path in sorted((folder / part).rglob("*"))]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- in memory -----------------------------------------------------------------------------------------------


def test_an_outcome_is_asked_for_by_name_and_scenario(result: Result) -> None:
    k = OUTCOME_NAMES.index("latent_gain_end")
    found = result.outcome("latent_gain_end", "no-sip")
    assert found.shape == (2, 2, 2)
    np.testing.assert_array_equal(found, result.outcomes[1, ..., k])
    for name, scenario in (("gain", "no-sip"), ("gain_end", "internal-12")):
        with pytest.raises(InputError, match="There is no"):
            result.outcome(name, scenario)


def test_a_block_stands_at_its_place_whatever_the_order(result: Result) -> None:
    shuffled = Result.of(result.experiment, reversed(list(result.gathered.results(2))), 2)
    assert shuffled.outcomes.tobytes() == result.outcomes.tobytes()
    block = result.experiment.run_block(Block(0, 1, 1, 2))
    assert result.series[0, 1, 1].tobytes() == block.series[0].tobytes()


def test_outcomes_have_all_digits_and_the_series_for_pictures_half(result: Result) -> None:
    assert (result.outcomes.dtype, result.hours.dtype) == (np.float64, np.float64)
    assert result.series.dtype == np.float32


def test_the_data_set_is_labelled_with_units_and_meanings(result: Result) -> None:
    data = result.to_dataset()
    assert dict(data.sizes) == {
        "scenario": 2,
        "draw": 2,
        "replicate": 2,
        "team": 2,
        "week": 3,
        "kind": len(HOURS_NAMES),
    }
    assert data["scenario"].values.tolist() == ["external-12", "no-sip"]
    assert data["draw"].values.tolist() == [4, 1], "draws keep their own numbers"
    assert data["team"].values.tolist() == ["team 6", "small"]
    assert data["week"].values.tolist() == [0, 4, 9]
    assert set(data.data_vars) == {*OUTCOME_NAMES, *(f"{name}_by_week" for name in NAMES), "hours"}
    for name, variable in data.data_vars.items():
        assert variable.attrs["units"] and variable.attrs["long_name"], name


def test_the_data_set_holds_the_numbers_of_the_result(result: Result) -> None:
    data = result.to_dataset()
    for k, outcome in enumerate(OUTCOMES):
        np.testing.assert_array_equal(data[outcome.name].values, result.outcomes[..., k])
        assert data[outcome.name].attrs["units"] == outcome.unit
    for k, series in enumerate(WEEKLY):
        variable = data[f"{series.name}_by_week"]
        assert variable.dims == ("scenario", "draw", "replicate", "team", "week")
        np.testing.assert_array_equal(variable.values, result.series[..., k])
        assert variable.attrs["long_name"] == series.meaning
    np.testing.assert_array_equal(data["hours"].values, result.hours)


def test_provenance_says_where_the_numbers_come_from(result: Result) -> None:
    told = json.loads(result.to_dataset().attrs["provenance"])
    assert told == result.provenance()
    assert told["program"].startswith("crtsip ") and told["engine"] == "compiled"
    assert (told["draws"], told["seed"], told["months"]) == ("prior", 4, 2.0)
    assert told["fingerprint"] == result.experiment.fingerprint()
    assert {"mesa", "numpy", "pandas"} <= told["packages"].keys()


# -- as a directory ------------------------------------------------------------------------------------------


def test_a_result_read_again_has_the_same_bits(result: Result, folder: Path) -> None:
    again = read_result(folder)
    for part in PARTS:
        assert getattr(again, part).tobytes() == getattr(result, part).tobytes(), part
    assert again.experiment.fingerprint() == result.experiment.fingerprint()
    assert again.experiment.scenarios == result.experiment.scenarios
    assert again.experiment.draws.numbers == [4, 1]
    assert again.teams == result.teams
    assert (again.replicates, again.interrupted) == (2, False)


def test_an_interrupted_result_read_again_says_so(result: Result, tmp_path: Path) -> None:
    first = Result(result.experiment, result.gathered, 1, interrupted=True)
    again = read_result(first.write(tmp_path / "one"))
    assert again.interrupted and again.replicates == 1
    assert again.outcomes.tobytes() == np.ascontiguousarray(result.outcomes[:, :, :1]).tobytes()


def test_a_directory_holds_what_is_promised(folder: Path) -> None:
    assert left_in(folder) == ["data", "draws.parquet", "log.jsonl", "manifest.json", "scenarios"]
    assert left_in(folder / "scenarios") == ["external-12.toml", "no-sip.toml"]
    assert left_in(folder / "data") == [
        f"{name}-{kind}-0000.parquet" for name in ("external-12", "no-sip") for kind in ("runs", "series")
    ]
    manifest = (folder / "manifest.json").read_text()
    assert manifest == json.dumps(json.loads(manifest), indent=1, sort_keys=True) + "\n"


def test_a_stored_scenario_can_be_run_again(folder: Path, result: Result) -> None:
    assert Scenario.from_file(folder / "scenarios" / "external-12.toml") == result.experiment.scenarios[0]


def test_equal_inputs_give_equal_bytes(folder: Path, tmp_path: Path) -> None:
    again = experiment().run(workers=2).write(tmp_path / "again")
    assert bytes_of(again) == bytes_of(folder)


def test_other_inputs_give_other_bytes(folder: Path, tmp_path: Path) -> None:
    other = experiment(seed=5).run().write(tmp_path / "other")
    assert bytes_of(other).keys() == bytes_of(folder).keys()
    assert bytes_of(other) != bytes_of(folder)


def test_files_hold_fixed_chunks_of_replicates(tmp_path: Path) -> None:
    many = experiment(replicates=CHUNK + 1, months=1.0, teams=(SMALL,)).run()
    fewer = experiment(replicates=CHUNK, months=1.0, teams=(SMALL,)).run()
    long, short = bytes_of(many.write(tmp_path / "many")), bytes_of(fewer.write(tmp_path / "fewer"))
    assert {name: long[name] for name in short} == short
    assert set(long) - set(short) == {
        f"data/{name}-{kind}-{CHUNK:04d}.parquet"
        for name in ("external-12", "no-sip")
        for kind in ("runs", "series")
    }
    again = read_result(tmp_path / "many")
    assert again.outcomes.tobytes() == many.outcomes.tobytes()


# -- what stands there already -------------------------------------------------------------------------------


def test_a_result_of_other_inputs_is_refused_unless_it_is_to_be_replaced(
    result: Result, tmp_path: Path
) -> None:
    target = experiment(seed=9, months=1.0, teams=(SMALL,)).run().write(tmp_path / "one")
    before = bytes_of(target)
    with pytest.raises(InputError, match=r"holds a result of other inputs .*--force"):
        result.write(target)
    assert bytes_of(target) == before
    result.write(target, force=True)
    assert read_result(target).outcomes.tobytes() == result.outcomes.tobytes()
    assert left_in(tmp_path) == ["one"]


def test_a_result_of_the_same_inputs_is_written_again(result: Result, tmp_path: Path) -> None:
    assert bytes_of(result.write(result.write(tmp_path / "one"))) == bytes_of(tmp_path / "one")


@pytest.mark.parametrize("force", [False, True])
def test_a_file_and_a_foreign_directory_are_never_replaced(
    result: Result, tmp_path: Path, force: bool
) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "manifest.json").write_text('{"name": "a web page"}')
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "manifest.json").write_text("{")
    for name in ("file", "thesis", "web", "broken"):
        with pytest.raises(InputError, match=f"--out .*{name} (is a file|holds something)"):
            result.write(tmp_path / name, force=force)
    assert (tmp_path / "file").read_text() == (tmp_path / "thesis" / "chapter.txt").read_text() == "mine"
    assert left_in(tmp_path) == ["broken", "file", "thesis", "web"]


def test_an_empty_directory_may_be_filled(result: Result, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    check_free(result.experiment, tmp_path / "new", force=False)
    assert read_result(result.write(tmp_path / "new")).teams == result.teams


@pytest.mark.parametrize("failing", ["data", "draws", "manifest"])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_nothing_half_written_is_left_when_writing_fails(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, error: BaseException
) -> None:
    calls = {"count": 0}
    write_table = pq.write_table

    def fails(*_: object, **__: object) -> None:
        raise error

    def fails_later(table: object, path: Path, **options: object) -> None:
        calls["count"] += 1
        if calls["count"] == 2:
            raise error
        write_table(table, path, **options)

    places = {
        "data": (pq, "write_table", fails_later),
        "draws": (pd.DataFrame, "to_parquet", fails),
        "manifest": (store, "write_manifest", fails),
    }
    monkeypatch.setattr(*places[failing])
    with pytest.raises(type(error)):
        result.write(tmp_path / "one")
    assert left_in(tmp_path) == []


def test_what_stood_there_stays_when_writing_in_its_place_fails(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = experiment(seed=9, months=1.0, teams=(SMALL,)).run().write(tmp_path / "one")
    before = bytes_of(target)

    def fails(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(store, "write_manifest", fails)
    with pytest.raises(OSError, match="disk full"):
        result.write(target, force=True)
    assert bytes_of(target) == before
    assert left_in(tmp_path) == ["one"]


def test_what_is_not_a_result_cannot_be_read(tmp_path: Path) -> None:
    for name in ("nothing", "empty", "foreign", "newer"):
        (tmp_path / name).mkdir()
    (tmp_path / "foreign" / "manifest.json").write_text("[]")
    for name in ("missing", "empty", "foreign"):
        with pytest.raises(InputError, match=f"{name} is not a result"):
            read_result(tmp_path / name)


def test_a_result_of_another_format_is_refused_by_its_number(result: Result, tmp_path: Path) -> None:
    path = result.write(tmp_path / "one") / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99}))
    with pytest.raises(InputError, match="has format 99, this program reads format"):
        read_result(tmp_path / "one")


def test_only_a_finished_result_of_the_same_inputs_and_program_is_taken_again(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.provenance._code", lambda: "abc")
    folder = result.write(tmp_path / "one")
    again = stored(result.experiment, folder)
    assert again is not None and again.outcomes.tobytes() == result.outcomes.tobytes()
    assert stored(result.experiment, tmp_path / "missing") is None
    assert stored(experiment(replicates=3), folder) is None
    assert stored(experiment(seed=5), folder) is None
    monkeypatch.setattr("experiments.provenance._commit", lambda: "def")
    assert stored(result.experiment, folder) is not None, "a commit that changes no code changes no numbers"
    monkeypatch.setattr("experiments.provenance._code", lambda: "def")
    assert stored(result.experiment, folder) is None, "a changed checkout may give other numbers"


def test_of_more_replicates_than_asked_for_the_first_are_taken(result: Result, tmp_path: Path) -> None:
    folder = result.write(tmp_path / "one")
    first = stored(experiment(replicates=1), folder)
    assert first is not None and first.replicates == 1
    assert first.outcomes.tobytes() == result.outcomes[:, :, :1].tobytes()
    asked: list[int] = []
    stored(experiment(replicates=9), folder, lambda so_far: asked.append(so_far.replicates) or False)  # type: ignore[func-returns-value]
    assert asked == [1, 2]


def test_a_finished_result_whose_files_were_changed_is_not_taken_again(
    result: Result, tmp_path: Path
) -> None:
    folder = result.write(tmp_path / "one")
    (folder / "draws.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match=r"draws\.parquet was changed since .*--force"):
        stored(result.experiment, folder)
    (folder / "data" / "no-sip-runs-0000.parquet").unlink()
    with pytest.raises(InputError, match=r"no-sip-runs-0000\.parquet is missing"):
        stored(result.experiment, folder)


# -- lived through again -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scenario", "team", "draw", "replicate"),
    [
        ("external-12", "6", 4, 0),
        ("external-12", "6", 1, 1),
        ("no-sip", "6", 4, 1),
        ("external-12", "small", 1, 0),
    ],
)
def test_a_replayed_run_equals_every_stored_number(
    folder: Path, result: Result, scenario: str, team: str, draw: int, replicate: int
) -> None:
    found = replayed(folder, scenario, team, draw, replicate)
    assert found.equal and found.differs == []
    assert found.outcomes["latent_gain_end"] == result.to_dataset()["latent_gain_end"].sel(
        scenario=scenario, team=f"team {team}" if team.isdigit() else team, draw=draw, replicate=replicate
    )
    told = found.to_dict()
    assert told["equal"] and len(told["weeks"]) == 10 and len(told["story"]) == len(told["events"])
    json.dumps(told, allow_nan=False)
    assert "Equal to the stored run" in found.to_text()


@pytest.mark.parametrize("column", ["latent_gain_end", "first_finished_month"])
def test_a_replay_finds_a_tampered_outcome(result: Result, tmp_path: Path, column: str) -> None:
    folder = result.write(tmp_path / "one")
    path = folder / "data" / "external-12-runs-0000.parquet"
    runs = pd.read_parquet(path)
    place = (runs["draw"] == 1) & (runs["replicate"] == 0) & (runs["team"] == "small")
    assert place.sum() == 1
    old = float(runs.loc[place, column].iloc[0])
    runs.loc[place, column] = 1.0 if np.isnan(old) else np.nextafter(old, np.inf)
    runs.to_parquet(path)
    found = replayed(folder, "external-12", "small", 1, 0)
    assert not found.equal and len(found.differs) == 1 and found.differs[0].startswith(column)
    assert "NOT equal" in found.to_text()
    assert replayed(folder, "external-12", "small", 4, 0).equal


def test_a_replay_finds_a_tampered_series(result: Result, tmp_path: Path) -> None:
    folder = result.write(tmp_path / "one")
    path = folder / "data" / "external-12-series-0000.parquet"
    series = pd.read_parquet(path)
    place = (
        (series["draw"] == 4)
        & (series["replicate"] == 1)
        & (series["team"] == "team 6")
        & (series["week"] == 9)
    )
    series.loc[place, "awareness"] = np.nextafter(series.loc[place, "awareness"], np.inf)
    series.to_parquet(path)
    assert replayed(folder, "external-12", "6", 4, 1).differs == ["the monthly series"]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (("core-12", "6", 4, 0), "--scenario core-12: the result has external-12, no-sip"),
        (("no-sip", "5", 4, 0), "--team 5: the result has team 6, small"),
        (("no-sip", "6", 0, 0), "--draw 0: the result has draws 4, 1"),
        (("no-sip", "6", 4, 2), "--replicate 2: the result has 0 to 1"),
    ],
)
def test_a_run_that_is_not_there_cannot_be_replayed(
    folder: Path, place: tuple[str, str, int, int], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        replayed(folder, *place)


def test_a_cell_that_was_not_run_is_nan_and_not_zero(result: Result) -> None:
    blocks = [found for found in result.gathered.results(2) if found.block[:2] != (1, 1)]
    single = result.experiment.run_block(Block(1, 1, 1, 2))
    outcomes = Result.of(result.experiment, [*blocks, single], 2).outcomes
    assert np.isnan(outcomes[1, 0, 1]).all()
    assert not np.isnan(outcomes[1, 0, 0]).all()


def test_the_manifest_holds_each_files_hash_and_the_log_says_when(result: Result, tmp_path: Path) -> None:
    import hashlib

    folder = result.write(tmp_path / "hashed")
    files = json.loads((folder / "manifest.json").read_text())["files"]
    assert {name.partition("/")[0] for name in files} == {"data", "scenarios", "draws.parquet"}
    for name, expected in files.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["started", "finished"]
    assert all({"time", "host", "workers", "engine"} <= line.keys() for line in lines)


def test_the_directory_one_stands_in_is_refused(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="the directory you are in"):
        result.write(Path())
