"""The model's own policies: ways to spend a facilitator's time that never look at how the team fares."""

from typing import NamedTuple

from experiments.play.game import Decision


class Policy(NamedTuple):
    """A policy: a title, and what is decided once and for all; nothing leaves the programme as it is planned."""

    title: str
    decisions: tuple[Decision, ...] = ()


def _from_the_start(**time: float) -> tuple[Decision, ...]:
    return (Decision(month=1, **time),)


POLICIES = {
    "as-planned": Policy("the programme as planned"),
    "coaching": Policy("weekly visits, all coaching", _from_the_start()),
    "doing": Policy("weekly visits, doing the work", _from_the_start(doing=1.0)),
    "leaders": Policy("weekly visits, all with leaders", _from_the_start(escalating=1.0)),
    "newcomers": Policy("weekly visits, all for newcomers", _from_the_start(inducting=1.0)),
    "mixed": Policy(
        "weekly visits, a quarter for each", _from_the_start(doing=0.25, escalating=0.25, inducting=0.25)
    ),
    "monthly": Policy("a long visit each month, all coaching", _from_the_start(visit_interval=4.0)),
}
