"""The pictures show what they promise, say it in the field's words, and are the same bytes every time."""

import re
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from calibration import posterior, six_teams
from experiments import Experiment, Result, Scenario, plots
from experiments.blocks import BlockResult
from experiments.plots import style
from experiments.plots.differences import horizons, lengths, monthly_difference
from experiments.plots.hours import ACTORS, kinds, mean_hours
from experiments.plots.trajectory import observed, shown_scenarios
from model.fidelity import HIGH_FROM, MODERATE_FROM
from model.outcomes import OUTCOME_NAMES
from model.record import HOURS, NAMES
from model.sites import Site

PLACED = ("internal-12", "external-12", "internal-18", "external-18")


def made_up(names: tuple[str, ...] = PLACED, **settings: object) -> Result:
    """Return a result of made-up numbers: 3 draws, 2 replicates, no model run."""
    experiment = Experiment([Scenario(name) for name in names], draws=posterior(3), replicates=2, **settings)  # type: ignore[arg-type]
    teams, months = len(experiment.teams), len(experiment.month_ends)
    luck = np.random.Generator(np.random.PCG64(7))
    results = []
    for block in experiment.blocks():
        place = (len(block.draws), teams)
        outcomes = 10.0 + block.scenario + luck.normal(size=(*place, len(OUTCOME_NAMES)))
        hours = luck.uniform(5.0, 50.0, size=(*place, len(HOURS)))
        series = luck.uniform(0.0, 1.0, size=(*place, months, len(NAMES)))
        draws = np.array(block.draws)[:, None, None]
        series[..., NAMES.index("reviewable_total")] = 100.0 + 8.0 * draws + np.linspace(0.0, 20.0, months)
        results.append(BlockResult(block, outcomes, hours, series))
    return Result.of(experiment, results, 2)


@pytest.fixture(scope="module")
def result() -> Result:
    return made_up()


@pytest.fixture(scope="module")
def own_team() -> Result:
    return made_up(("core-12",), teams=[Site(name="Northtown", number=1001)])


def words(figure: Figure) -> str:
    """Return all text of a figure."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", plots.svg(figure)))


def figures(result: Result) -> dict[str, Figure]:
    pairs = [("external-12", "internal-12"), ("internal-18", "no-sip")]
    return {
        "trajectory": plots.trajectory(result),
        "by_length": plots.by_length(result),
        "hours": plots.hours(result),
        "difference_by_month": plots.difference_by_month(result, pairs),
        "intervals": plots.intervals(result, pairs),
    }


def test_axes_say_what_they_show_and_in_which_unit(result: Result) -> None:
    expected = {
        "trajectory": ("Months since the start", "Fidelity total (points, 39 to 195)"),
        "by_length": ("Difference in reviewed gain (points)", "month 18", "P(&gt;0) ="),
        "hours": ("Hours per team", "Facilitator", "lost to main job"),
        "difference_by_month": ("Months since the start", "Difference in fidelity total (points)"),
        "intervals": ("Difference in reviewed gain (points)", "minus No programme"),
    }
    for name, figure in figures(result).items():
        text = words(figure)
        assert all(phrase in text for phrase in expected[name]), (name, text)


def test_no_programme_is_always_drawn(result: Result) -> None:
    assert shown_scenarios(result, ["internal-18"]) == ["internal-18", "no-sip"]
    for figure in (plots.trajectory(result, ["internal-18"]), plots.hours(result)):
        assert "No programme" in words(figure)
    assert "Gain over no programme" in words(plots.by_length(result))


def test_the_six_teams_show_their_recorded_totals_at_month_0_and_12(result: Result) -> None:
    panels = plots.trajectory(result).axes
    for record, axes in zip(six_teams(), panels, strict=True):
        stars = [line for line in axes.lines if line.get_marker() == style.OBSERVED.marker]
        assert len(stars) == 1
        assert list(stars[0].get_xydata().ravel()) == [0, record.baseline_total, 12, record.total_12m]
        low, high = axes.get_ylim()
        assert low < min(record.baseline_total, MODERATE_FROM)
        assert max(record.total_12m, HIGH_FROM) < high


def test_a_team_of_ones_own_has_one_panel_without_recorded_totals(own_team: Result) -> None:
    figure = plots.trajectory(own_team)
    assert len(figure.axes) == 1
    assert observed(own_team, 0) is None
    assert "Northtown" in words(figure)
    assert "recorded" not in words(figure)


def test_an_illustrative_innovation_shows_no_fidelity() -> None:
    result = made_up(("places-of-safety",), teams=[1])
    text = words(plots.trajectory(result)) + words(plots.intervals(result, [("places-of-safety", "no-sip")]))
    assert "Plan completed (%)" in text
    assert "percentage points" in text
    assert "idelity" not in text
    assert "moderate" not in text


def test_equal_figures_are_equal_bytes(result: Result, tmp_path: Path) -> None:
    for name, figure in figures(result).items():
        assert plots.svg(figure, name) == plots.svg(figures(result)[name], name)
    for ending in ("svg", "png"):
        first = plots.save(plots.hours(result), tmp_path / f"picture.{ending}").read_bytes()
        assert plots.save(plots.hours(result), tmp_path / f"picture.{ending}").read_bytes() == first


def test_ids_of_two_pictures_on_a_page_never_meet_and_every_reference_is_met(result: Result) -> None:
    one, two = (plots.svg(plots.trajectory(result), salt) for salt in ("one", "two"))
    ids = [re.findall(r'\bid="([^"]+)"', text) for text in (one, two)]
    assert all(len(set(found)) == len(found) for found in ids)
    assert not set(ids[0]) & set(ids[1])
    assert set(re.findall(r'(?:url\(|href=")#([^)"]+)', one)) <= set(ids[0])


def test_drawing_leaves_matplotlibs_settings_alone(result: Result) -> None:
    before = dict(mpl.rcParams)
    plots.svg(plots.by_length(result))
    assert dict(mpl.rcParams) == before


def test_text_is_at_least_nine_points(result: Result) -> None:
    for figure in figures(result).values():
        sizes = [
            float(size) for size in re.findall(r"font(?:-size)?: (?:\w+ )*([\d.]+)px", plots.svg(figure))
        ]
        assert sizes
        assert min(sizes) >= 9.0


def test_scenarios_differ_in_more_than_colour() -> None:
    looks = [*style.LOOKS, style.NO_SIP_LOOK]
    assert len({str(look.line) for look in looks}) == len(looks)
    assert len({look.marker for look in looks}) == len(looks)


def test_titles_that_are_alike_get_the_scenarios_name() -> None:
    twin = Scenario("internal-12").model_copy(update={"name": "mine"})
    experiment = Experiment([Scenario("internal-12"), twin], draws=posterior(2))
    found = style.labels(Result(experiment, [], 0))
    assert found["mine"] == "Internal facilitator, 12 months (mine)"
    assert found["no-sip"] == "No programme"


def test_lengths_are_those_with_both_placements(result: Result) -> None:
    assert lengths(result) == [12, 18]
    with pytest.raises(ValueError, match="both internal-N and external-N"):
        plots.by_length(made_up(("internal-12", "external-18")))


def test_the_common_horizon_is_no_earlier_than_the_longest_programmes_end(result: Result) -> None:
    assert horizons(result) == ["gain_18m", "gain_end"]
    assert horizons(made_up(("internal-12",), months=12.0)) == ["gain_end"]


def test_hours_that_are_not_the_programmes_are_left_out_but_those_lost_are_shown(result: Result) -> None:
    shown = [(actor, kind) for actor in ACTORS for kind in kinds(actor)]
    assert ("facilitator", "main job") in shown
    assert not [kind for _, kind in shown if kind in ("own agenda", "unused")]
    expected = result.hours[0, ..., HOURS.index(("staff", "actions"))].mean()
    assert mean_hours(result, "internal-12", "staff")["actions"] == pytest.approx(expected)


def test_a_monthly_difference_between_like_series_is_nothing(result: Result) -> None:
    found = monthly_difference(result, "external-12", "internal-12")
    assert len(found) == len(result.experiment.month_ends)
    assert all(estimate.mean == 0.0 for estimate in found)


def test_a_mean_within_its_noise_is_not_given_a_sign(result: Result) -> None:
    from experiments.comparison import Comparison, Estimate

    still = Estimate(0.1, (0.1, 0.1), (-0.3, 0.5), (-3.0, 3.0), np.full(4, 0.1))
    clear = Estimate(0.1, (0.1, 0.1), (0.05, 0.15), (-3.0, 3.0), np.full(4, 0.1))
    assert not Comparison("a", "b", "gain_end", still, 1.0, 0.0, 0.6).told_apart
    assert Comparison("a", "b", "gain_end", clear, 1.0, 0.0, 0.6).told_apart
