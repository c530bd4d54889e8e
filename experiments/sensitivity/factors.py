"""What is varied: declared parameters over their priors, and the teams' circumstances as one factor together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from calibration import Draws, designed, prior
from experiments.errors import InputError, did_you_mean
from model.parameters import declared, uncertain
from model.sites import Site

if TYPE_CHECKING:
    import pandas as pd

#: All circumstances of the teams, moved together: one joint draw of them in place of another.
CIRCUMSTANCES = "circumstances"


def factors(teams: Sequence[Any]) -> list[str]:
    """Return what can be varied: each parameter with a prior, and circumstances if one of the six teams is there."""
    six = any(isinstance(team, int) for team in teams)
    return [*uncertain(), *([CIRCUMSTANCES] if six else [])]


def chosen(names: Sequence[str], teams: Sequence[Any]) -> list[str]:
    """Return the factors of some names; all where none is named.

    Raises
    ------
    InputError
        If there is no such factor, or one is named twice.
    """
    known = factors(teams)
    for name in names:
        if name in declared() and declared()[name].prior is None:
            raise InputError(f"--parameters {name}: it has no prior, as nothing about it is uncertain.")
        if name not in known:
            raise InputError(
                f"--parameters {name}: there is no such parameter.{did_you_mean(name, known)} "
                f"See 'crtsip parameters'; '{CIRCUMSTANCES}' are those of the six teams."
            )
        if list(names).count(name) > 1:
            raise InputError(f"--parameters {name}: named twice; name each once.")
    return list(names) or known


def problem(names: Sequence[str]) -> dict[str, Any]:
    """Return the factors as SALib takes them: on the scale of their priors' probabilities."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def draws_at(
    points: np.ndarray, names: Sequence[str], rows: np.ndarray, teams: Sequence[Any], seed: int
) -> Draws:
    """Return the draws at some points; parameters that are no factor stand at their defaults.

    Parameters
    ----------
    points
        ``[draw, factor]``, probabilities; not read for circumstances.
    rows
        ``[draw]``, which joint draw of circumstances each has; without that factor they are at their middles.
    """
    import pandas as pd

    varied = [k for k, name in enumerate(names) if name != CIRCUMSTANCES]
    given = pd.DataFrame(points[:, varied], columns=[names[k] for k in varied])
    if CIRCUMSTANCES not in names:
        return designed(given)
    return designed(given, _circumstances(rows, teams, seed))


def _circumstances(rows: np.ndarray, teams: Sequence[Any], seed: int) -> "pd.DataFrame":
    joint = prior(int(rows.max()) + 1, seed).table
    numbers = [team for team in teams if isinstance(team, int)]
    columns = [name for name in joint.columns if name.startswith(tuple(f"team {n}: " for n in numbers))]
    return joint[columns].iloc[rows].reset_index(drop=True)


def told(name: str) -> tuple[str, str]:
    """Return a factor's unit and meaning."""
    if name in declared():
        return declared()[name].unit, declared()[name].meaning
    if name == CIRCUMSTANCES:
        return "joint draw", "all circumstances of the teams, one draw of them in place of another"
    return "", f"circumstance of {name.replace(': ', ', ').replace('_', ' ')}"


def fixed(names: Sequence[str], teams: Sequence[Any]) -> str:
    """Say where stands what is not varied."""
    left = len(uncertain()) - sum(name in declared() for name in names)
    said = [f"{left} other parameters are at their defaults"] if left else []
    if CIRCUMSTANCES in names:
        said.append("the teams' circumstances are drawn together and count as one factor")
    elif not all(isinstance(team, Site) for team in teams):
        said.append("the teams' circumstances are at the middles of their coded intervals")
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}." if said else ""
