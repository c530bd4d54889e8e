"""The 24 mechanisms: what each is, the passage behind it, and its neutral form.

A mechanism is switched off by giving the parameters in ``neutral`` those values; no rule asks whether it is on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.declarations import LEADERSHIP, PRIORITISATION, REINFORCEMENT, WORKFLOW, WORKFORCE
from model.parameters import Parameters, suggestion


@dataclass(frozen=True)
class Mechanism:
    """One way the programme works or fails; ``rules`` names the functions of ``model.rules`` that carry it."""

    key: str
    title: str
    domain: str
    passage: str
    rules: tuple[str, ...]
    neutral: Mapping[str, float]


MECHANISMS: tuple[Mechanism, ...] = (
    Mechanism(
        "M1",
        "Time is what pressure leaves",
        WORKFORCE,
        "A lack of time to engage with the CORE SIP was the most frequently cited process barrier across all teams",
        ("pressure", "free_hours", "manager_hours", "visit_lost_chance", "attendance_chance", "hold_chance"),
        {
            "time_squeeze": 0.0,
            "manager_squeeze": 0.0,
            "visit_squeeze": 0.0,
            "attend_squeeze": 0.0,
            "hold_squeeze": 0.0,
        },
    ),
    Mechanism(
        "M2",
        "Improvement costs care time now and may save some later",
        WORKFORCE,
        "just finding the time to sift through the things, and actually not being able to do it",
        ("pressure", "demand"),
        {"care_cost": 0.0, "care_saving": 0.0},
    ),
    Mechanism(
        "M3",
        "Strain drives leaving, and leavers take what they know",
        WORKFORCE,
        "more than half the team is gone and more than half the team is new",
        ("leaving_chance", "passed_on", "kept_next", "induction_dose"),
        {"leaving_strain": 0.0, "successor_blank": 0.0, "leavers_knowledge": 0.0},
    ),
    Mechanism(
        "M4",
        "The manager's stance and engagement",
        LEADERSHIP,
        "The team manager was sceptical about CORE, which affected staff engagement.",
        ("priority", "push", "stance_next", "briefed_next", "new_managers_stance"),
        {"manager_matters": 0.0},
    ),
    Mechanism(
        "M5",
        "Support from the trust's leaders",
        LEADERSHIP,
        "Motivation was higher in teams who felt supported by their Trust.",
        ("support_next", "felt_support", "granted_hours"),
        {"support_reach": 0.0, "backfill_granted": 0.0},
    ),
    Mechanism(
        "M6",
        "The facilitator's presence, trust and knowledge",
        REINFORCEMENT,
        "managers felt the facilitator lacked presence within the team",
        ("contact_effect", "trust_next", "knowledge_next", "guidance_next", "hours_kept"),
        {"presence_matters": 0.0, "visit_trust": 0.0},
    ),
    Mechanism(
        "M7",
        "The facilitator does the work, or builds capacity",
        WORKFLOW,
        "The facilitator did lots of the work herself",
        ("own_work_share", "ownership_next"),
        {"doing_matters": 0.0},
    ),
    Mechanism(
        "M8",
        "Buy-in and cynicism spread between colleagues",
        PRIORITISATION,
        "That can-do attitude then spilled out",
        ("norm", "voice", "buy_in_next", "talk_dose"),
        {"social_influence": 0.0, "talk_dose": 0.0},
    ),
    Mechanism(
        "M9",
        "Ownership of a plan the team chose",
        PRIORITISATION,
        "rather than being, sort of, dictated to about how",
        ("planning_involvement", "led_involvement", "imposition", "ownership_next", "willingness", "appeal"),
        {"will_ownership": 0.0, "imposition_resented": 0.0, "imposing_matters": 0.0},
    ),
    Mechanism(
        "M10",
        "The scoping day raises awareness and sets the plan",
        PRIORITISATION,
        "this time lost within the 12-month programme reduced opportunity for progress",
        ("scoping_heart", "scoping_awareness", "awareness_next"),
        {"scoping_awareness": 0.0, "scoping_heart": 0.0},
    ),
    Mechanism(
        "M11",
        "Feedback: a benchmark, visible progress, defensiveness",
        REINFORCEMENT,
        "reviews encouraged staff motivation and fostered engagement, ownership",
        ("feedback_heart", "defensiveness", "support_next"),
        {"benchmark_heart": 0.0, "feedback_progress": 0.0, "defensiveness": 0.0, "support_success": 0.0},
    ),
    Mechanism(
        "M12",
        "Learning events and the wider network of teams",
        REINFORCEMENT,
        "feel a sense of a collective CRT identity",
        ("learning_heart", "peers_total"),
        {"learning_heart": 0.0, "comparison_heart": 0.0, "learning_awareness": 0.0},
    ),
    Mechanism(
        "M13",
        "Online resources, used by few",
        WORKFLOW,
        "these were under-used, with only a few participants reporting regular use of the website",
        ("planned_value",),
        {"online_value": 0.0},
    ),
    Mechanism(
        "M14",
        "Work goes where the plan points; many actions dilute effort",
        WORKFLOW,
        "we were introducing a lot all at once I guess",
        ("planned_value", "appeal", "unplanned_value"),
        {"plan_focus": 0.0, "dilution": 0.0, "unplanned_value": 1.0},
    ),
    Mechanism(
        "M15",
        "Structure is written, practice must be adopted",
        WORKFLOW,
        "The team reported struggling to embed newly developed resources",
        ("level", "adopted", "practice_next", "practice_dose", "practice_after_writing"),
        {"adoption_needed": 0.0},
    ),
    Mechanism(
        "M16",
        "Breadth of the working groups",
        WORKFLOW,
        "A bi-monthly working group of senior staff was established in month 1.",
        ("group_weight",),
        {"outside_group": 1.0},
    ),
    Mechanism(
        "M17",
        "Spill-over to items nobody targeted",
        WORKFLOW,
        "helped them to see a bigger whole which fostered a sense of a collective identity",
        ("lift_next",),
        {"spill_over": 0.0},
    ),
    Mechanism(
        "M18",
        "Items beyond the team's control",
        LEADERSHIP,
        "we're not commissioned to do that",
        ("leverage", "control_share"),
        {"control_matters": 0.0},
    ),
    Mechanism(
        "M19",
        "Service users' and carers' input",
        PRIORITISATION,
        "Where it took place, service user involvement was an important process factor.",
        ("scoping_heart", "learning_heart", "planned_value"),
        {"involvement_heart": 0.0, "involvement_value": 0.0},
    ),
    Mechanism(
        "M20",
        "Strain rises with load and falls with purpose",
        WORKFORCE,
        "It's really improved the morale, in the team",
        ("strain_aim", "strain_next"),
        {"strain_pace": 0.0},
    ),
    Mechanism(
        "M21",
        "Drift of what nobody attends to, and of attention itself",
        REINFORCEMENT,
        "attempting to fully embed changes made",
        ("kept_next", "written_next", "lift_next", "attention"),
        {"drift_structure": 0.0, "drift_practice": 0.0, "practice_fade": 0.0, "habituation": 0.0},
    ),
    Mechanism(
        "M22",
        "The higher an item, the harder the next point",
        WORKFLOW,
        "138 to 142 (+ 4)",
        ("hours_for_step",),
        {"ceiling": 0.0},
    ),
    Mechanism(
        "M23",
        "Other services are needed for interface items",
        WORKFLOW,
        "improving communication with teams referring to, or being discharged to from, the CRT",
        ("collaboration_next", "leverage"),
        {"interface_need": 0.0},
    ),
    Mechanism(
        "M24",
        "Flexibility: the plan is fitted to the team",
        WORKFLOW,
        "Flexibility (from all stakeholders) was key to enable service improvement actions to be manageable",
        ("plan_scale_next", "capacity_fit"),
        {"resizing": 0.0, "replanning_hours": 0.0},
    ),
)


def switched_off(parameters: Parameters, keys: Iterable[str]) -> Parameters:
    """Return the parameters with the mechanisms ``keys`` in their neutral form.

    Raises
    ------
    ValueError
        If a key is not one of M1 to M24.
    """
    known = {mechanism.key: mechanism for mechanism in MECHANISMS}
    for key in keys:
        if key not in known:
            raise ValueError(f"There is no mechanism '{key}': they are M1 to M24.{suggestion(key, known)}")
        parameters = parameters._replace(**known[key].neutral)
    return parameters
