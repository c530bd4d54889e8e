"""The command that asks which uncertain things matter."""

import json as json_format
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from experiments.cli.options import Asked, asked_outcome, designing
from experiments.cli.running import computed, options, stop_if_interrupted
from experiments.errors import InputError

if TYPE_CHECKING:
    from experiments.experiment import Experiment
    from experiments.scenario import Scenario
    from experiments.sensitivity.study import Method, Question, Study

SAMPLES = {"morris": 20, "sobol": 1024}
SHOWN = 25  #: factors printed; sensitivity.csv holds all


@click.command()
@click.argument("scenario")
@click.option("--against", default=None, help="Explain the paired difference to this scenario instead.")
@click.option(
    "--method",
    type=click.Choice(["morris", "sobol", "ranks"]),
    default=None,
    help="Screening, shares of variance, or indices from draws as they are.  [default: morris, of the posterior ranks]",
)
@click.option(
    "--from",
    "draws_from",
    type=click.Choice(["prior", "posterior"]),
    default="prior",
    show_default=True,
    help="Independent priors, or the shipped draws, whose parameters go along with each other.",
)
@click.option(
    "--outcome",
    default=None,
    help="Any outcome of a run, or sustained_share.  [default: gain_end, of an innovation implementation_progress]",
)
@click.option(
    "--parameters",
    multiple=True,
    metavar="NAME",
    help="Vary this one; repeatable.  [default: all, with sobol the --top of a Morris screening]",
)
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Factors Sobol takes.")
@click.option(
    "--samples",
    type=click.IntRange(2),
    default=None,
    help="Trajectories (morris) or base samples (sobol).  [default: 20, 1024]",
)
@designing
def sensitivity(
    scenario: str,
    against: str | None,
    method: "Method | None",
    outcome: str | None,
    parameters: tuple[str, ...],
    top: int,
    samples: int | None,
    **given: Any,
) -> None:
    """Ask which uncertain things decide an outcome of SCENARIO, or its difference to --against.

    Luck is the same at all points and is taken out of what the factors are said to do.
    """
    from experiments.sensitivity.factors import chosen

    asked = Asked(**given)
    _needs_salib()
    if method is None:
        method = "ranks" if asked.draws_from == "posterior" else "morris"
    _check(method, asked, samples)
    asking = Asking(_question(scenario, against, outcome, asked), options(asked, 4), asked)
    names = chosen(parameters, asking.options["teams"])
    if method == "sobol" and not parameters:
        screening = asking.study("morris", names, SAMPLES["morris"], "-screening")
        names = [row.factor for row in screening.rows[:top]]
    study = asking.study(method, names, samples or SAMPLES.get(method, 0))
    _write(study, asking.folder(study.result.experiment, method))
    if asked.json:
        click.echo(json_format.dumps(study.to_dict(), sort_keys=True, allow_nan=False))
    elif not asked.quiet:
        _show(study, asking.folder(study.result.experiment, method))


class Asking(NamedTuple):
    """A question with what is asked of its experiments."""

    question: "Question"
    options: dict[str, Any]
    asked: Asked

    def study(self, method: "Method", names: Sequence[str], size: int, apart: str = "") -> "Study":
        """Run a design, or read it again from its folder, and analyse it; interrupted, leave with status 130."""
        from experiments.sensitivity.study import Design, Study

        teams, seed = self.options["teams"], self.options["seed"]
        if method == "ranks":
            design = Design.given(self.options["draws"], names, teams, seed)
        else:
            design = Design.of(method, names, size, teams, seed)
        experiment = design.experiment(
            self.question, **{k: v for k, v in self.options.items() if k != "draws"}
        )
        if not self.asked.quiet:
            click.echo(f"crtsip: {design.told} {_size(experiment)}.", err=True)
        folder = self.folder(experiment, method, apart)
        result = computed(experiment, self.asked, folder)
        stop_if_interrupted(result, folder)
        return Study.of(self.question, design, result)

    def folder(self, experiment: "Experiment", method: str, apart: str = "") -> Path:
        """Return where a design's result is kept; a screening's beside that of what follows."""
        if self.asked.out is not None:
            return self.asked.out.with_name(self.asked.out.name + apart)
        return (
            Path("results") / f"sensitivity-{method}-{self.question.scenario.name}-{experiment.fingerprint()}"
        )


def _size(experiment: "Experiment") -> str:
    numbers = {
        "points": len(experiment.draws),
        "scenarios": len(experiment.scenarios),
        "replicates": experiment.replicates,
        "teams": len(experiment.teams),
    }
    return " x ".join(f"{number:,} {what}" for what, number in numbers.items())


def _needs_salib() -> None:
    from importlib.util import find_spec

    if find_spec("SALib") is None:
        raise InputError("Sensitivity analysis needs SALib: pip install 'crtsip[analysis]'.")


def _check(method: str, asked: Asked, samples: int | None) -> None:
    """Refuse a method that does not go with where the draws come from: one is never shown as the other."""
    if method != "ranks" and asked.draws_from == "posterior":
        raise InputError(
            f"--method {method} needs factors that are independent, and the posterior's go along with each other. Ask "
            "--from prior, or --method ranks of the posterior."
        )
    given = click.get_current_context().get_parameter_source("draws") is ParameterSource.COMMANDLINE
    if method != "ranks" and given:
        raise InputError(f"--draws: --method {method} makes its own points; give --samples.")
    if method == "ranks" and samples is not None:
        raise InputError("--samples: --method ranks takes draws as they are; give --draws.")


def _question(scenario: str, against: str | None, outcome: str | None, asked: Asked) -> "Question":
    from experiments.scenario import read_scenario
    from experiments.sensitivity.response import SUSTAINED
    from experiments.sensitivity.study import Question

    settings = asked.set_values
    explained = read_scenario(scenario).with_set(settings)
    rival = None if against is None else _rival(against, settings)
    question = Question(explained, rival, asked_outcome(outcome, explained.outcome, SUSTAINED))
    if question.against is not None and question.against.name == question.scenario.name:
        raise InputError(f"--against {against}: it is the scenario itself; name another.")
    return question


def _rival(name: str, settings: dict[str, str]) -> "Scenario":
    """Return what is compared with; no programme takes the settings of the world alone."""
    from experiments.experiment import NO_SIP
    from experiments.scenario import read_scenario, resolved_name

    world = {key: value for key, value in settings.items() if resolved_name(key)[0] != "programme"}
    return read_scenario(name).with_set(world if name == NO_SIP else settings)


def _write(study: "Study", folder: Path) -> None:
    from experiments.plots.sensitivity import sensitivity_bars
    from experiments.plots.style import save

    study.frame().to_csv(folder / "sensitivity.csv", index=False, lineterminator="\n", float_format="%.6g")
    save(sensitivity_bars(study), folder / "sensitivity.svg")


def _show(study: "Study", folder: Path) -> None:
    from experiments.cli.output import say, table

    say(f"\n{study.title}.\n{study.told}\n")
    header, rows = study.table()
    say(table(header, rows[:SHOWN], ["unit"]))
    if len(rows) > SHOWN:
        say(f"... and {len(rows) - SHOWN} more: {folder / 'sensitivity.csv'}")
    say("\nTo know when reading it:")
    for sentence in study.undecided():
        say(f"- {sentence}")
    say(f"\nResult: {folder}; the table: {folder / 'sensitivity.csv'}")
