"""What each rule promises: the range of its arguments and its result, and the sign of each argument.

Every argument beside ``p`` stands in exactly one of ``rises`` (more of it never lowers the result), ``falls`` (never
raises it) and ``either`` (the sign depends on parameters or on other arguments, or it is a code).
"""

import importlib
import pkgutil
from collections.abc import Callable
from inspect import signature
from math import inf
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

import model.rules
from model.rules import arithmetic, attitudes, facilitation, items, leadership, work, workforce

TINY = 2.0**-54  #: the smallest number on a tape
CHANCE = (TINY, 1.0 - TINY * 2.0)
SHARE = (0.0, 1.0)
TOTAL = (39.0, 195.0)
GAIN = (-156.0, 156.0)
LINE = (-1000.0, 1000.0)
HOURS = (0.0, 40.0)
PRESSURE = (0.0, 3.0)
POINTS = (0.0, 4.0)
DOSE = (0.0, 50.0)
YES = (False, True)

Range = tuple[float, float]


class Promise(NamedTuple):
    """What one rule promises; ranges of ``int`` and ``bool`` bounds are drawn as such."""

    rule: Callable[..., float]
    arguments: dict[str, Range]
    result: Range
    rises: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.rule.__module__.rpartition('.')[2]}.{self.rule.__name__}"

    @property
    def takes_parameters(self) -> bool:
        return "p" in signature(self.rule).parameters

    def drawn(self) -> st.SearchStrategy[dict[str, Any]]:
        """Draw arguments from their ranges."""
        return st.fixed_dictionaries({name: between(*found) for name, found in self.arguments.items()})


def between(low: Any, high: Any) -> st.SearchStrategy[Any]:
    """Draw from a range: booleans, whole numbers or floats, by the type of its bounds; often an end of it."""
    if isinstance(low, bool):
        return st.booleans()
    if isinstance(low, int):
        return st.integers(low, high)
    inside = st.floats(low, high, allow_nan=False, allow_subnormal=False)
    return st.one_of(inside, st.sampled_from((low, high)))


def somewhere(low: Any, high: Any, luck: Random) -> Any:
    """Return a place in a range by plain luck, a third of the time an end of it."""
    if isinstance(low, bool):
        return luck.random() < 0.5
    if luck.random() < 1 / 3:
        return luck.choice((low, high))
    return luck.randint(low, high) if isinstance(low, int) else luck.uniform(low, high)


def public_rules() -> dict[str, Callable[..., float]]:
    """Return every public function defined in ``model.rules``, by module and name."""
    found = {}
    for entry in pkgutil.iter_modules(model.rules.__path__):
        module = importlib.import_module(f"model.rules.{entry.name}")
        for name, value in vars(module).items():
            if (
                callable(value)
                and not name.startswith("_")
                and getattr(value, "__module__", "") == module.__name__
            ):
                found[f"{entry.name}.{name}"] = value
    return found


BOOK: tuple[Promise, ...] = (
    # arithmetic
    Promise(
        arithmetic.clamp,
        {"value": LINE, "low": (-9.0, 0.0), "high": (0.0, 9.0)},
        (-9.0, 9.0),
        rises=("value", "low", "high"),
    ),
    Promise(
        arithmetic.ratio,
        {"part": LINE, "whole": (0.001, 1000.0)},
        (-1e6, 1e6),
        rises=("part",),
        either=("whole",),
    ),
    Promise(arithmetic.growth, {"exponent": LINE}, (1e-22, 1e22), rises=("exponent",)),
    Promise(arithmetic.logistic, {"score": LINE}, SHARE, rises=("score",)),
    Promise(arithmetic.safe_log, {"value": (-1.0, 1e6)}, (-691.0, 14.0), rises=("value",)),
    Promise(arithmetic.root, {"value": (-1.0, 1e6)}, (0.0, 1000.0), rises=("value",)),
    Promise(arithmetic.raised, {"share": SHARE, "dose": DOSE}, SHARE, rises=("share", "dose")),
    Promise(arithmetic.lowered, {"share": SHARE, "dose": DOSE}, SHARE, rises=("share",), falls=("dose",)),
    Promise(arithmetic.faded, {"share": SHARE, "fade": SHARE}, SHARE, rises=("share",), falls=("fade",)),
    Promise(
        arithmetic.pulled,
        {"value": SHARE, "target": SHARE, "pace": SHARE},
        SHARE,
        rises=("value", "target"),
        either=("pace",),
    ),
    Promise(arithmetic.weekly_chance, {"rate_a_year": (0.0, 500.0)}, SHARE, rises=("rate_a_year",)),
    Promise(arithmetic.rounded, {"value": LINE}, LINE, rises=("value",)),
    Promise(arithmetic.normal_quantile, {"chance": CHANCE}, (-9.0, 9.0), rises=("chance",)),
    # workforce
    Promise(workforce.demand_wave_start, {"chance": CHANCE}, (-2.0, 2.0), rises=("chance",)),
    Promise(
        workforce.demand_wave_next,
        {"wave": (-2.0, 2.0), "chance": CHANCE},
        (-4.0, 4.0),
        rises=("wave", "chance"),
    ),
    Promise(
        workforce.demand,
        {"busyness": (0.5, 2.0), "wave": (-2.0, 2.0), "latent_gain": GAIN},
        (0.0, 30.0),
        rises=("busyness", "wave"),
        falls=("latent_gain",),
    ),
    Promise(workforce.absence_chance, {"strain": SHARE}, (0.0, 0.9), rises=("strain",)),
    Promise(workforce.shift, {"chance": CHANCE}, (0, 1), rises=("chance",)),
    Promise(workforce.care_capacity, {"skill": SHARE}, SHARE, rises=("skill",)),
    Promise(workforce.skill_next, {"skill": SHARE}, SHARE, rises=("skill",)),
    Promise(
        workforce.pressure,
        {
            "demand": (0.0, 30.0),
            "posts": (3.0, 69.0),
            "capacity": (0.0, 69.0),
            "improvement_hours": (0.0, 2600.0),
            "backfill": (0.0, 600.0),
        },
        PRESSURE,
        rises=("demand", "improvement_hours"),
        falls=("capacity", "backfill"),
        either=("posts",),  # more posts, more usual demand; but an empty house counts as a tenth of them
    ),
    Promise(
        workforce.starting_pressure,
        {"busyness": (0.5, 2.0), "wave": (-2.0, 2.0), "posts": (3.0, 69.0), "people": (0.0, 69.0)},
        PRESSURE,
        rises=("busyness", "wave"),
        falls=("people",),
        either=("posts",),
    ),
    Promise(
        workforce.free_hours,
        {"pressure": PRESSURE, "protected": (0.0, 8.0)},
        (0.0, 8.0),
        rises=("protected",),
        falls=("pressure",),
    ),
    Promise(
        workforce.leaving_chance,
        {"strain": SHARE, "turnover": (0.0, 6.0)},
        SHARE,
        rises=("strain", "turnover"),
    ),
    Promise(workforce.weeks_vacant, {"chance": CHANCE}, (1, 200_000), rises=("chance",)),
    Promise(
        workforce.passed_on, {"share": SHARE, "of_a_stranger": SHARE}, SHARE, rises=("share", "of_a_stranger")
    ),
    Promise(workforce.disposition, {"usual": SHARE, "chance": CHANCE}, SHARE, rises=("usual", "chance")),
    Promise(
        workforce.influence, {"senior": YES, "chance": CHANCE}, (0.0, 1000.0), rises=("senior", "chance")
    ),
    Promise(workforce.induction_dose, {"onboarding": SHARE}, (0.0, 5.0), rises=("onboarding",)),
    Promise(
        workforce.strain_aim,
        {"pressure": PRESSURE, "purpose": SHARE, "support": SHARE, "progress": SHARE, "hours": HOURS},
        SHARE,
        rises=("pressure", "hours"),
        falls=("purpose", "support", "progress"),
    ),
    Promise(workforce.resting_strain, {}, SHARE),
    Promise(workforce.strain_next, {"strain": SHARE, "aim": SHARE}, SHARE, rises=("strain", "aim")),
    Promise(
        workforce.progress_next,
        {"progress": SHARE, "finished": (0.0, 39.0)},
        SHARE,
        rises=("progress", "finished"),
    ),
    # leadership
    Promise(
        leadership.support_next,
        {"support": SHARE, "usual": SHARE, "escalation": HOURS, "success": POINTS, "shock": (0.0, 2.0)},
        SHARE,
        rises=("support", "usual", "escalation", "success"),
        falls=("shock",),
    ),
    Promise(leadership.shock_chance, {}, SHARE),
    Promise(
        leadership.shock,
        {"chance": CHANCE, "size": CHANCE},
        (0.0, 2.0),
        rises=("size",),
        falls=("chance",),
    ),
    Promise(leadership.leader_leaving_chance, {}, SHARE),
    Promise(leadership.new_leaders_support, {"chance": CHANCE}, SHARE, rises=("chance",)),
    Promise(
        leadership.granted_hours, {"support": SHARE, "boost": SHARE}, (0.0, 8.0), rises=("support", "boost")
    ),
    Promise(leadership.felt_support, {"support": SHARE, "boost": SHARE}, SHARE, rises=("support", "boost")),
    Promise(leadership.manager_leaving_chance, {"turnover": (0.0, 6.0)}, SHARE, rises=("turnover",)),
    Promise(leadership.weeks_without_manager, {"chance": CHANCE}, (1, 2000), rises=("chance",)),
    Promise(
        leadership.new_managers_stance, {"before": SHARE, "chance": CHANCE}, SHARE, rises=("before", "chance")
    ),
    Promise(
        leadership.briefed_next, {"briefed": SHARE, "contact": HOURS}, SHARE, rises=("briefed", "contact")
    ),
    Promise(
        leadership.priority,
        {"stance": SHARE, "engagement": SHARE, "briefed": SHARE, "support": SHARE},
        SHARE,
        rises=("stance", "engagement", "briefed", "support"),
    ),
    Promise(
        leadership.stance_next,
        {"stance": SHARE, "progress": SHARE, "defensiveness": (0.0, 2.0)},
        SHARE,
        rises=("stance", "progress"),
        falls=("defensiveness",),
    ),
    Promise(
        leadership.manager_hours,
        {"priority": SHARE, "pressure": PRESSURE},
        (0.0, 37.5),
        rises=("priority",),
        falls=("pressure",),
    ),
    Promise(leadership.manager_effort, {"carried_on": SHARE}, SHARE, rises=("carried_on",)),
    Promise(leadership.prepared_support, {"support": SHARE, "help": SHARE}, SHARE, rises=("support", "help")),
    Promise(
        leadership.push,
        {"priority": SHARE, "hours": (0.0, 15.0), "guidance": SHARE},
        (-5.0, 5.0),
        rises=("priority",),
        either=(
            "hours",
            "guidance",
        ),  # a manager against it pushes against it; standing in may be less than nothing
    ),
    Promise(leadership.priority_without_manager, {}, SHARE),
    # attitudes
    Promise(attitudes.awareness_next, {"awareness": SHARE, "dose": DOSE}, SHARE, rises=("awareness", "dose")),
    Promise(attitudes.talk_dose, {"colleagues_awareness": SHARE}, SHARE, rises=("colleagues_awareness",)),
    Promise(
        attitudes.voice,
        {"influence": (0.0, 1000.0), "buy_in": SHARE},
        (0.0, 10_000.0),
        rises=("influence",),
        falls=("buy_in",),
    ),
    Promise(
        attitudes.norm,
        {"shift_sum": SHARE, "shift_weight": (1.0, 90.0), "team_sum": SHARE, "team_weight": (1.0, 90.0)},
        SHARE,
        rises=("shift_sum", "team_sum"),
        falls=("shift_weight", "team_weight"),
    ),
    Promise(
        attitudes.buy_in_next,
        {"buy_in": SHARE, "disposition": SHARE, "norm": SHARE, "heartened": DOSE, "disheartened": DOSE},
        SHARE,
        rises=("buy_in", "disposition", "norm", "heartened"),
        falls=("disheartened",),
    ),
    Promise(
        attitudes.ownership_next,
        {"ownership": SHARE, "involved": DOSE, "left": SHARE},
        SHARE,
        rises=("ownership", "involved", "left"),
    ),
    Promise(
        attitudes.willingness,
        {
            "awareness": SHARE,
            "buy_in": SHARE,
            "ownership": SHARE,
            "priority": SHARE,
            "support": SHARE,
            "strain": SHARE,
        },
        SHARE,
        rises=("awareness", "buy_in", "ownership", "priority", "support"),
        falls=("strain",),
    ),
    Promise(attitudes.purpose, {"awareness": SHARE, "buy_in": SHARE}, SHARE, rises=("awareness", "buy_in")),
    Promise(attitudes.attention, {"weeks": (0.0, 600.0)}, SHARE, falls=("weeks",)),
    Promise(attitudes.scoping_awareness, {}, (0.0, 10.0)),
    Promise(attitudes.planning_involvement, {"imposed": SHARE}, (0.0, 10.0), falls=("imposed",)),
    Promise(
        attitudes.led_involvement,
        {"participative": SHARE, "hours": (0.0, 15.0)},
        (0.0, 10.0),
        rises=("participative", "hours"),
    ),
    Promise(attitudes.work_involvement, {"hours": HOURS}, (0.0, 10.0), rises=("hours",)),
    Promise(attitudes.left_of_ownership, {"hours": HOURS}, SHARE, falls=("hours",)),
    Promise(
        attitudes.imposition,
        {"imposed": SHARE, "trust": SHARE},
        (0.0, 5.0),
        rises=("imposed",),
        falls=("trust",),
    ),
    Promise(attitudes.scoping_heart, {"involvement": SHARE}, (0.0, 5.0), rises=("involvement",)),
    Promise(attitudes.meeting_told, {}, (0.0, 5.0)),
    Promise(attitudes.meeting_heart, {}, (0.0, 5.0)),
    Promise(attitudes.top_up_told, {}, (0.0, 5.0)),
    Promise(attitudes.coaching_told, {"coached": HOURS}, (0.0, 50.0), rises=("coached",)),
    Promise(attitudes.coaching_heart, {"coached": HOURS}, (0.0, 50.0), rises=("coached",)),
    Promise(attitudes.push_told, {"hours": HOURS}, (0.0, 50.0), rises=("hours",)),
    Promise(attitudes.learning_told, {}, (0.0, 5.0)),
    Promise(
        attitudes.learning_heart,
        {"own_total": TOTAL, "peers_total": (0.0, 300.0), "involvement": SHARE},
        (0.0, 5.0),
        rises=("involvement",),
        either=("own_total", "peers_total"),  # better peers may discourage
    ),
    Promise(attitudes.peers_total, {"z": (-9.0, 9.0)}, (-50.0, 300.0), rises=("z",)),
    Promise(
        attitudes.feedback_heart,
        {"change": GAIN, "credibility": SHARE},
        (0.0, 10.0),
        rises=("change", "credibility"),
    ),
    Promise(
        attitudes.defensiveness,
        {"beyond_control": SHARE, "reviewers_knowledge": SHARE},
        (0.0, 5.0),
        rises=("beyond_control",),
        falls=("reviewers_knowledge",),
    ),
    Promise(attitudes.attendance_chance, {"pressure": PRESSURE}, SHARE, falls=("pressure",)),
    Promise(attitudes.commitment, {"buy_in": SHARE, "support": SHARE}, SHARE, rises=("buy_in", "support")),
    Promise(
        attitudes.efficacy,
        {"free_hours": (0.0, 8.0), "strain": SHARE},
        SHARE,
        rises=("free_hours",),
        falls=("strain",),
    ),
    Promise(
        attitudes.readiness,
        {"commitment": SHARE, "efficacy": SHARE, "chance": CHANCE},
        SHARE,
        rises=("commitment", "efficacy", "chance"),
    ),
    Promise(attitudes.is_assessed, {"week": (1, 600)}, (0, 1), either=("week",)),
    # facilitation
    Promise(
        facilitation.by_placement,
        {"placement": (0, 4), "embedded": SHARE, "internal": SHARE, "external": SHARE},
        SHARE,
        rises=("embedded", "internal", "external"),
        either=("placement",),
    ),
    Promise(facilitation.drawn_placement, {"chance": CHANCE}, (1, 4), either=("chance",)),
    Promise(facilitation.starting_trust, {"placement": (0, 4)}, SHARE, either=("placement",)),
    Promise(facilitation.starting_knowledge, {"placement": (0, 4)}, SHARE, either=("placement",)),
    Promise(facilitation.credibility, {"placement": (0, 4)}, SHARE, either=("placement",)),
    Promise(facilitation.facilitation_skill, {"placement": (0, 4)}, SHARE, either=("placement",)),
    Promise(facilitation.travel_hours, {"placement": (0, 4)}, (0.0, 7.5), either=("placement",)),
    Promise(
        facilitation.hours_kept,
        {"placement": (0, 4), "planned": (0.0, 37.5), "research_support": SHARE},
        (0.0, 37.5),
        rises=("planned", "research_support"),
        either=("placement",),
    ),
    Promise(
        facilitation.dose_share,
        {"planned": (0.01, 37.5), "teams": (1, 30), "shared_dose": YES},
        SHARE,
        falls=("planned", "teams"),
        either=("shared_dose",),
    ),
    Promise(
        facilitation.coached_hours,
        {"contact": (0.0, 7.5), "people": (1.0, 69.0)},
        (0.0, 7.5),
        rises=("contact",),
        falls=("people",),
    ),
    Promise(
        facilitation.visit_lost_chance,
        {"pressure": PRESSURE, "trust": SHARE},
        (0.0, 0.95),
        rises=("pressure",),
        falls=("trust",),
    ),
    Promise(
        facilitation.contact_hours,
        {"saved": (0.0, 300.0), "travel": (0.0, 5.0)},
        (0.0, 7.5),
        rises=("saved",),
        falls=("travel",),
    ),
    Promise(
        facilitation.contact_effect,
        {"trust": SHARE, "knowledge": SHARE, "skill": SHARE},
        SHARE,
        rises=("trust", "knowledge", "skill"),
    ),
    Promise(facilitation.trust_next, {"trust": SHARE, "contact": HOURS}, SHARE, rises=("trust", "contact")),
    Promise(
        facilitation.knowledge_next,
        {"knowledge": SHARE, "contact": HOURS},
        SHARE,
        rises=("knowledge", "contact"),
    ),
    Promise(
        facilitation.guidance_next,
        {"guidance": SHARE, "contact": HOURS},
        SHARE,
        rises=("guidance", "contact"),
    ),
    Promise(facilitation.own_work_share, {"doing": SHARE}, SHARE, rises=("doing",)),
    # work
    Promise(work.group_weight, {"in_group": YES}, SHARE, rises=("in_group",)),
    Promise(work.carried_on, {"running": YES}, SHARE, rises=("running",)),
    Promise(
        work.background_hours,
        {"available": (0.0, 8.0), "willing_hours": (0.0, 8.0)},
        (0.0, 8.0),
        rises=("available",),
        falls=("willing_hours",),
    ),
    Promise(
        work.planned_value,
        {"guidance": SHARE, "actions": (0.0, 39.0), "online": (0.0, 5.0), "involvement": SHARE},
        (0.0, 50.0),
        rises=("guidance", "online", "involvement"),
        falls=("actions",),
    ),
    Promise(work.on_plan, {"planned": YES}, SHARE, rises=("planned",)),
    Promise(work.unplanned_value, {}, SHARE),
    Promise(
        work.leverage,
        {"control": SHARE, "interface": YES, "support": SHARE, "collaboration": SHARE},
        SHARE,
        rises=("control", "support", "collaboration"),
        falls=("interface",),
    ),
    Promise(work.control_share, {"decided_by": (0, 2)}, SHARE, either=("decided_by",)),
    Promise(
        work.hours_for_step,
        {"level": (1.0, 5.0), "size": (0.01, 1.0)},
        (1e-3, 1000.0),
        rises=("level", "size"),
    ),
    Promise(
        work.collaboration_next,
        {"collaboration": SHARE, "usual": SHARE, "contact": (0.0, 500.0)},
        SHARE,
        rises=("collaboration", "usual", "contact"),
    ),
    Promise(
        work.appeal,
        {"room": POINTS, "reach": SHARE, "taste": SHARE, "imposed": SHARE},
        (0.0, 6.0),
        rises=("room", "reach", "taste"),
        either=("imposed",),
    ),
    Promise(
        work.plan_scale_next,
        {"scale": (0.1, 1.0), "fit": (0.1, 1.0), "flexibility": SHARE},
        (0.1, 1.0),
        rises=("scale", "fit"),
        either=("flexibility",),
    ),
    Promise(
        work.capacity_fit,
        {"hours": (0.0, 600.0), "actions": (0.0, 39.0)},
        (0.1, 1.0),
        rises=("hours",),
        falls=("actions",),
    ),
    Promise(
        work.active_actions,
        {"planned": (0, 39), "limit": (1, 39), "scale": (0.1, 1.0)},
        (0, 39),
        rises=("planned", "limit", "scale"),
    ),
    Promise(
        work.hold_chance, {"usual": SHARE, "pressure": PRESSURE}, SHARE, rises=("usual",), falls=("pressure",)
    ),
    Promise(
        work.longest_delay,
        {"window": (0.0, 60.0), "flexibility": SHARE},
        (0, 60),
        rises=("window", "flexibility"),
    ),
    Promise(
        work.hours_each,
        {"hours": (0.0, 100.0), "people": (1.0, 69.0)},
        (0.0, 8.0),
        rises=("hours",),
        falls=("people",),
    ),
    Promise(work.practice_next, {"practice": SHARE, "dose": DOSE}, SHARE, rises=("practice", "dose")),
    Promise(
        work.practice_dose,
        {
            "buy_in": SHARE,
            "own_hours": (0.0, 8.0),
            "colleagues": SHARE,
            "coached": (0.0, 7.5),
            "pushed": (-2.0, 2.0),
        },
        (0.0, 50.0),
        rises=("buy_in", "own_hours", "colleagues", "coached", "pushed"),
    ),
    # items
    Promise(items.structure_share, {"area": (0, 3)}, SHARE, either=("area",)),
    Promise(items.adopted, {"practice": SHARE}, SHARE, rises=("practice",)),
    Promise(
        items.level,
        {"kept": POINTS, "written": POINTS, "structure": SHARE, "adopted": SHARE, "lift": POINTS},
        (1.0, 5.0),
        rises=("kept", "written", "structure", "adopted", "lift"),
    ),
    Promise(
        items.room,
        {"kept": POINTS, "written": POINTS, "lift": POINTS},
        POINTS,
        falls=("kept", "written", "lift"),
    ),
    Promise(items.worth_an_action, {"room": POINTS}, (0, 1), rises=("room",)),
    Promise(items.weekly_loss, {"structure": SHARE}, SHARE, either=("structure",)),
    Promise(
        items.kept_next,
        {"kept": POINTS, "structure": SHARE, "loss": SHARE, "attended": YES, "left": SHARE},
        POINTS,
        rises=("kept", "structure", "attended"),
        falls=("loss", "left"),
    ),
    Promise(
        items.written_next,
        {"written": POINTS, "loss": SHARE, "attended": YES},
        POINTS,
        rises=("written", "attended"),
        falls=("loss",),
    ),
    Promise(
        items.lift_next,
        {"lift": POINTS, "room": POINTS, "loss": SHARE, "purpose": SHARE},
        (0.0, 8.0),
        rises=("lift", "room", "purpose"),
        falls=("loss",),
    ),
    Promise(
        items.practice_after_writing,
        {"practice": SHARE, "before": (0.0, 64.0), "step": SHARE},
        SHARE,
        rises=("practice", "before"),
        falls=("step",),
    ),
    Promise(items.error_sd, {"share": SHARE}, (0.0, 30.0), rises=("share",)),
    Promise(items.stable_error, {"chance": CHANCE}, (-200.0, 200.0), rises=("chance",)),
    Promise(items.occasion_error, {"chance": CHANCE}, (-200.0, 200.0), rises=("chance",)),
    Promise(items.item_error, {"chance": CHANCE}, (-40.0, 40.0), rises=("chance",)),
    Promise(
        items.reviewed_score, {"level": (1.0, 5.0), "error": (-40.0, 40.0)}, (1, 5), rises=("level", "error")
    ),
    Promise(
        items.share_of_surprise,
        {"variance": (0.0, 250.0), "surprise": (-200.0, 200.0)},
        (-inf, inf),
        rises=("surprise",),
        either=("variance",),
    ),
    Promise(items.true_sd, {}, (3.0, 30.0)),
    Promise(
        items.item_offset,
        {"area": (0, 3), "chance": CHANCE},
        (-20.0, 20.0),
        rises=("chance",),
        either=("area",),
    ),
)
