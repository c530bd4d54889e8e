"""From a question to an answer one can defend: scenarios, experiments, comparisons.

>>> from experiments import Experiment, Scenario, compare
>>> from calibration import posterior
>>> result = Experiment([Scenario("internal-12"), Scenario("external-12")], draws=posterior(2), replicates=1).run()
>>> compare(result, "gain_12m", "external-12", against="internal-12").outcome
'gain_12m'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.comparison import compare
    from experiments.experiment import Experiment
    from experiments.result import Result, read_result
    from experiments.scenario import Scenario, read_scenario

__all__ = ["Experiment", "Result", "Scenario", "compare", "read_result", "read_scenario"]

_HOMES = {
    "compare": "experiments.comparison",
    "Experiment": "experiments.experiment",
    "Result": "experiments.result",
    "read_result": "experiments.result",
    "Scenario": "experiments.scenario",
    "read_scenario": "experiments.scenario",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is first asked for: the command's help should not wait for it."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'experiments' has no attribute '{name}'")
