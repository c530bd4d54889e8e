"""Each mechanism's switch: off, it changes a run in which it matters, and none in which it has nothing to do."""

import pytest
from worlds import lived, only, path, without

from model import presets
from model.mechanisms import MECHANISMS, Mechanism, switched_off
from model.parameters import Parameters
from model.programme.components import ActionPlan, Involvement, Placement, TopUpTraining
from model.programme.programme import Programme
from model.record import NAMES
from model.sites import Site

CORE = presets.programme("core-24")
KEYS = [mechanism.key for mechanism in MECHANISMS]


def lively_programme(placement: Placement = "internal", **changes: object) -> Programme:
    """Return the core programme, imposed, with service users and training: every mechanism has something to do."""
    assert CORE.facilitation is not None
    facilitation = CORE.facilitation.model_copy(
        update={"placement": placement, "inducting": 0.1, "doing": 0.3}
    )
    found = CORE.model_copy(
        update={
            "facilitation": facilitation,
            "plan": ActionPlan(chosen_by="imposed", flexibility=0.7, actions=12),
            "involvement": Involvement(level=0.9),
            "top_up_training": TopUpTraining(),
        }
    )
    return found.model_copy(update=changes)


def off(p: Parameters, *keys: str) -> Parameters:
    return switched_off(p, keys)


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda mechanism: mechanism.key)
def test_switched_off_it_changes_a_run_in_which_it_matters(
    mechanism: Mechanism, lively: Parameters, busy_site: Site
) -> None:
    programme = lively_programme()
    on = only(lived(busy_site, programme, lively, months=30))
    assert path(on) != path(only(lived(busy_site, programme, off(lively, mechanism.key), months=30)))


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("M7", {"facilitation": None}),
        ("M11", {"reviews": None}),
        ("M12", {"learning_events": None}),
        ("M13", {"online_resources": None}),
        ("M19", {"involvement": Involvement(level=0.0)}),
        ("M24", {"meetings": None}),
        ("M10", {"scoping": None}),
    ],
)
def test_switched_off_it_changes_nothing_where_its_component_is_absent(
    key: str, changes: dict[str, object], lively: Parameters, busy_site: Site
) -> None:
    programme = lively_programme(**changes)
    on = only(lived(busy_site, programme, lively))
    assert path(on) == path(only(lived(busy_site, programme, off(lively, key))))


#: What no longer matters when a mechanism (and what else reads the same thing) is off: parameters or site's fields.
INDIFFERENT = [
    (("M8",), {"parameter:cynicism": 0.0}, ()),
    (("M8",), {"parameter:shift_closeness": 0.0}, ()),
    (("M8",), {"parameter:influence_spread": 0.1}, ()),
    (("M9",), {"parameter:ownership_fade": 0.0}, ("ownership",)),
    (("M9",), {"parameter:own_work_ownership": 0.005}, ("ownership",)),
    (("M13",), {"parameter:online_uptake": 0.03}, ()),
    (("M18", "M11"), {"parameter:control_shared": 0.3}, ()),
    (("M18", "M11"), {"parameter:control_elsewhere": 0.0}, ()),
    (("M18", "M11"), {"parameter:commissioning": 0.1}, ()),
    (("M23",), {"parameter:collaboration_build": 0.005}, ()),
    (("M23",), {"site:collaboration": 0.05}, ()),
    (("M20",), {"parameter:strain_load": 0.5}, ()),
    (("M20",), {"parameter:strain_purpose": 0.0}, ()),
    (("M7",), {"site:facilitator_doing": 0.9}, ()),
    (("M4",), {"site:manager_stance": 0.9}, ()),
    (("M4",), {"site:manager_engagement": 0.1}, ()),
    (("M4", "M9"), {"site:manager_participative": 0.1}, ("ownership",)),
    (("M5", "M18"), {"site:trust_support": 0.1}, ("leaders_support",)),
    (("M15",), {"parameter:practice_doing": 0.01}, ("adoption",)),
    (("M19",), {"site:service_user_involvement": 0.0}, ()),
    (("M3",), {"parameter:newcomer_disposition": 0.35}, ()),
]


@pytest.mark.parametrize(("keys", "change", "besides"), INDIFFERENT, ids=lambda part: " ".join(part))
def test_with_a_mechanism_off_what_feeds_it_no_longer_matters(
    keys: tuple[str, ...],
    change: dict[str, float],
    besides: tuple[str, ...],
    lively: Parameters,
    busy_site: Site,
) -> None:
    ((name, value),) = change.items()
    kind, _, field = name.partition(":")
    assert CORE.facilitation is not None
    programme = lively_programme(
        facilitation=CORE.facilitation.model_copy(update={"placement": "internal"}), involvement=None
    )

    def pair(p: Parameters) -> tuple[list[list[float]], list[list[float]]]:
        other_p = p._replace(**{field: value}) if kind == "parameter" else p
        other_site = busy_site.model_copy(update={field: value}) if kind == "site" else busy_site
        runs = only(lived(busy_site, programme, p)), only(lived(other_site, programme, other_p))
        return without(runs[0], *besides), without(runs[1], *besides)

    first, second = pair(off(lively, *keys))
    assert first == second
    first, second = pair(lively)
    assert first != second, "with the mechanism on it must matter, or the test says nothing"


def test_every_series_left_out_of_a_comparison_exists() -> None:
    assert {name for _, _, besides in INDIFFERENT for name in besides} <= set(NAMES)


def test_switching_several_off_switches_each_off() -> None:
    p = switched_off(Parameters(), KEYS)
    for mechanism in MECHANISMS:
        assert {name: getattr(p, name) for name in mechanism.neutral} == dict(mechanism.neutral)


def test_an_unknown_mechanism_is_refused_with_advice() -> None:
    with pytest.raises(ValueError, match="M25"):
        switched_off(Parameters(), ["M25"])
