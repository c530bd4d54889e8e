"""How to compute a result again: the line for the terminal, or for Python where a line cannot say it."""

import shlex

from calibration import posterior, prior
from experiments.experiment import Experiment
from experiments.result import Result
from experiments.scenario import Scenario
from model import presets


def command(result: Result, against: str | None = None) -> str:
    """Return what computes a result again from its inputs; ``RESULT`` stands for its directory.

    Presets, shipped or prior draws and the six teams have names on the command line. Other draws and teams of the
    user's own are read from the directory, in Python.
    """
    experiment = result.experiment
    draws = _draws(experiment)
    if draws is None or not all(isinstance(team, int) for team in experiment.teams):
        return _python(result)
    given = ["crtsip", "compare", *_scenarios(experiment), *draws]
    given += ["--replicates", str(result.replicates), "--months", f"{experiment.months:.15g}"]
    given += ["--seed", str(experiment.seed)] if experiment.seed != 1 else []
    given += [] if len(experiment.teams) == 6 else [f"--team={team}" for team in experiment.teams]
    given += ["--against", against] if against is not None else []
    return shlex.join(given)


def _scenarios(experiment: Experiment) -> list[str]:
    """Return the scenarios by name, or by their file where they are not presets; no programme comes by itself."""
    found = []
    for scenario in experiment.scenarios:
        if not _is_preset(scenario):
            found.append(f"RESULT/scenarios/{scenario.name}.toml")
        elif scenario.name != "no-sip" or len(experiment.scenarios) == 1:
            found.append(scenario.name)
    return found


def _is_preset(scenario: Scenario) -> bool:
    return scenario.name in presets.names() and scenario == Scenario(scenario.name).model_copy(
        update={"outcome": scenario.outcome}
    )


def _draws(experiment: Experiment) -> list[str] | None:
    """Return the options that name an experiment's draws, or nothing where none do."""
    draws, count = experiment.draws, len(experiment.draws)
    if draws.kind == "prior":
        same = draws.table.equals(prior(count, seed=experiment.seed).table)
        return ["--draws", str(count), "--draws-from", "prior"] if same else None
    shipped = posterior()
    same = count <= len(shipped) and draws.table.equals(shipped.first(count).table)
    return ["--draws", str(count)] if same else None


def _python(result: Result) -> str:
    return (
        "from pathlib import Path\n"
        "from experiments import read_result\n\n"
        'experiment = read_result("RESULT").experiment\n'
        f"experiment.replicates = {result.replicates}\n"
        'experiment.run(out=Path("again"))'
    )
