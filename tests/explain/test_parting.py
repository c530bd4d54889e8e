"""Two lives of a team: where they part is what was made to differ."""

from pathlib import Path

import pytest

from calibration import prior
from experiments import Experiment, Scenario
from experiments.errors import InputError
from experiments.explain import Parting, parted
from model.sites import Site

SMALL = Site(name="small", number=1001, posts=6)


def changed(name: str, **components: object) -> Scenario:
    core = Scenario("core-12")
    return core.model_copy(update={"name": name, "programme": core.programme.model_copy(update=components)})


def later_scoping() -> Scenario:
    scoping = Scenario("core-12").programme.scoping
    assert scoping is not None
    return changed("later", scoping=scoping.model_copy(update={"month": 5.0}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("lives") / "result"
    scenarios = [Scenario("core-12"), changed("same"), later_scoping()]
    Experiment(scenarios, draws=prior(2, seed=3), replicates=1, months=12.0, teams=(SMALL,)).run(out=where)
    return where


def lives(folder: Path, scenario: str, against: str) -> Parting:
    return parted(folder, scenario, against, "small", 1, 0)


def test_the_same_programme_under_another_name_is_the_same_life(folder: Path) -> None:
    found = lives(folder, "core-12", "same")
    assert found.start is None and found.events == () and found.chain == ()
    assert "They are the same in every week and every event." in found.to_text()


def test_lives_part_with_the_event_that_was_moved(folder: Path) -> None:
    found = lives(folder, "core-12", "later")
    first = next(event for event in found.events[0] if event is not None)
    held = {event.what for event in found.runs[0].model.log if event.week == first.week}
    assert "scoping held" in held
    assert found.start is not None and found.start.week == first.week
    before = [run.model.records["small"].weeks[: first.week] for run in found.runs]
    assert before[0] == before[1], "until then they are one life"


def test_the_chain_is_told_in_the_order_of_weeks_and_each_series_once(folder: Path) -> None:
    found = lives(folder, "core-12", "later")
    assert [apart.week for apart in found.chain] == sorted(apart.week for apart in found.chain)
    assert len({apart.series for apart in found.chain}) == len(found.chain) > 0
    for apart in found.chain:
        assert apart.first != apart.second


def test_the_text_names_both_programmes_the_week_and_the_end(folder: Path) -> None:
    told = lives(folder, "core-12", "later").to_text()
    for part in ("A: core-12", "B: later", "They part in week", "only in A: Month", "In the end:", "in B"):
        assert part in told
    assert "NOT equal" not in told


def test_turned_round_it_tells_the_same_the_other_way(folder: Path) -> None:
    one, other = lives(folder, "core-12", "later"), lives(folder, "later", "core-12")
    assert [pair[::-1] for pair in one.events] == list(other.events)
    assert one.start is not None and other.start is not None
    assert (one.start.first, one.start.second) == (other.start.second, other.start.first)


def test_what_is_not_in_the_result_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="--replicate 5"):
        parted(folder, "core-12", "same", "small", 1, 5)
    with pytest.raises(InputError, match="--team 3"):
        parted(folder, "core-12", "same", "3", 1, 0)
