"""The command that looks for where which programme is better."""

from typing import Any

import click

from experiments.cli.asking import tell
from experiments.cli.options import Asked, computing
from experiments.cli.running import options, read
from experiments.errors import InputError


@click.command()
@click.argument("scenarios", nargs=-1, required=True)
@click.option("--against", required=True, help="The scenario that the first is compared with.")
@click.option("--outcome", default=None, help="Of what.  [default: true practice at the programmes' end]")
@click.option("--more-than", type=float, default=0.0, show_default=True, help="By more than so much.")
@click.option("--depth", type=click.IntRange(1, 5), default=3, show_default=True, help="Conditions at most.")
@computing
def discover(
    scenarios: tuple[str, ...], against: str, outcome: str | None, more_than: float, depth: int, **given: Any
) -> None:
    """Discover where the first of SCENARIOS does better than --against: rules over context and parameters; regret.

    The real teams' circumstances are drawn over their whole range. Rules are learnt from half of the draws and tested
    on the others. Regret is taken among all scenarios named.
    """
    from experiments.discovery import discovery
    from model.outcomes import OUTCOME_NAMES

    asked = Asked(**given)
    if outcome is not None and outcome not in OUTCOME_NAMES:
        raise InputError(f"--outcome {outcome}: there are {', '.join(OUTCOME_NAMES)}.")
    named = list(dict.fromkeys([*scenarios, against]))
    if len(named) == 1:
        raise InputError(f"--against {against}: that is the scenario itself. Name another.")
    found = read(named, asked)
    experiment = discovery.experiment(found, **options(asked, 4))
    names = [scenario.name for scenario in found[: len(named)]]
    first, other = names[0], names[named.index(against)]
    tell(
        "discover",
        experiment,
        asked,
        lambda result: discovery.answer(
            result, first, other, outcome=outcome, more_than=more_than, depth=depth, among=names
        ),
    )
