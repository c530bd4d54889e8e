"""Teams: the six by number, one's own by a profile file."""

from pathlib import Path

import pytest

from calibration import prior
from experiments.errors import InputError
from experiments.profile import own_team
from experiments.teams import SIX, chosen, names, networks
from model.sites import Site

PROFILE = 'posts = 12\nsetting = "rural"\nbaseline_total = 110\nturnover = 1.5\ntargets = [3, 7]\n'


def profile(folder: Path, text: str, name: str = "ours.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> str:
    with pytest.raises(InputError) as caught:
        own_team(profile(folder, text))
    return str(caught.value)


def test_a_profile_is_read_with_the_files_name_and_defaults_where_it_is_silent(tmp_path: Path) -> None:
    site = own_team(profile(tmp_path, PROFILE))
    expected = Site(posts=12, setting="rural", baseline_total=110, turnover=1.5, targets=(3, 7))
    assert site == expected.model_copy(update={"name": "ours", "number": site.number})
    assert site.number not in SIX, "an own team must not have the luck of one of the six"


def test_a_profile_may_name_the_team_and_its_number(tmp_path: Path) -> None:
    site = own_team(profile(tmp_path, 'name = "Northgate"\nnumber = 77\n'))
    assert (site.name, site.number) == ("Northgate", 77)


def test_an_empty_profile_is_the_typical_team(tmp_path: Path) -> None:
    site = own_team(profile(tmp_path, ""))
    assert site == Site(name="ours", number=site.number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("posts = 12\nturnovr = 1.0\n", ["line 2", "unknown key 'turnovr'", "Did you mean 'turnover'?"]),
        ("posts = 0\n", ["line 1", "posts = 0", "greater than or equal to 3"]),
        ("busyness = nan\n", ["line 1", "busyness = nan", "not a number"]),
        ("vacancy = 1.5\n", ["line 1", "vacancy = 1.5", "less than or equal to 1"]),
        ('setting = "seaside"\n', ["line 1", "setting = 'seaside'", "'rural'"]),
        ("targets = [3, 40]\n", ["line 1", "targets", "40", "less than or equal to 39"]),
        ("posts = 12.5\n", ["line 1", "posts = 12.5", "valid integer"]),
        ("posts = \n", ["not valid TOML", "line 1"]),
    ],
)
def test_a_wrong_profile_is_refused_with_place_value_and_what_is_allowed(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    message = refused(tmp_path, text)
    assert "ours.toml" in message
    assert [part for part in expected if part not in message] == [], message


def test_all_mistakes_of_a_profile_are_told_at_once(tmp_path: Path) -> None:
    assert len(refused(tmp_path, "posts = 0\nvacancy = 2.0\nturnovr = 1.0\n").splitlines()) == 3


def test_a_directory_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a directory"):
        own_team(tmp_path)
    with pytest.raises(InputError, match=r"There is no file .*nothing\.toml"):
        chosen([str(tmp_path / "nothing.toml")])


def test_without_a_choice_there_are_all_six() -> None:
    assert chosen([]) == SIX == (1, 2, 3, 4, 5, 6)


def test_teams_are_chosen_by_number_and_file_each_once_in_the_order_given(tmp_path: Path) -> None:
    path = profile(tmp_path, PROFILE)
    teams = chosen(["6", str(path), "2", "6"])
    assert teams == (6, own_team(path), 2)
    assert names(teams) == ["team 6", "ours", "team 2"]


@pytest.mark.parametrize("name", ["7", "0", "-1", "team 3", "northgate", ""])
def test_what_is_neither_a_number_nor_a_file_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=f"--team {name}: |directory"):
        chosen([name])


def test_each_team_is_a_network_of_its_own_with_its_own_number(tmp_path: Path) -> None:
    draws = prior(2, seed=5)
    own = own_team(profile(tmp_path, PROFILE))
    found = networks([4, own, 1], draws, 1)
    assert [(network.number, len(network.sites)) for network in found] == [(4, 1), (own.number, 1), (1, 1)]
    of_draw = {site.number: site for site in draws.sites(1)}
    assert [network.sites[0] for network in found] == [of_draw[4], own, of_draw[1]]
