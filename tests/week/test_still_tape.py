"""A small team without luck, whose first weeks are worked out here by plain arithmetic from the equations.

Four people, all in post, all present, all alike; one target; an internal facilitator who only coaches; leaders and
manager neutral to warm; nothing drifts or spills over, and the first step is too far off to be finished.
"""

from math import exp

import pytest
from worlds import build

from model.mechanisms import switched_off
from model.noise import StillTape
from model.parameters import Parameters
from model.programme.components import ActionPlan, Facilitation, ScopingDay
from model.programme.programme import Programme
from model.sites import Site

P = switched_off(Parameters(), ["M17", "M21"])._replace(
    hours_per_point=1000.0, visit_lost=0.2, unplanned_value=0.0, plan_focus=1.0
)
SITE = Site(posts=4, vacancy=0.0, group_breadth=1.0, targets=(1,), service_user_involvement=0.4)
PROGRAMME = Programme(
    months=12.0,
    facilitation=Facilitation(placement="internal", hours_per_week=3.75, doing=0.0, escalating=0.0),
    scoping=ScopingDay(month=0.2),
    plan=ActionPlan(flexibility=0.0),
)


def logit_inverse(score: float) -> float:
    return 1.0 / (1.0 + exp(-score))


def test_the_first_weeks_are_what_the_equations_say() -> None:
    model = build(SITE, PROGRAMME, P, tape=StillTape())
    (team,) = model.teams
    awareness = ownership = guidance = improvement = progress = 0.0
    buy_in, strain = SITE.staff_buy_in, logit_inverse(P.strain_rest)
    trust, knowledge = P.trust_internal, P.knowledge_internal
    for week in range(1, 5):
        model.step()
        scoping = week == 1

        # demand and absence: usual demand, four at work, a little backfill granted by leaders who stand in the middle
        backfill = 4 * P.backfill_granted * 0.5
        needed = 4 * (1 - P.absence) + P.care_cost * improvement / 37.5
        pressure = needed / (4 + backfill / 37.5)
        assert team.pressure == pytest.approx(pressure)

        # the scoping day
        event_hours = P.scoping_hours if scoping else 0.0
        told = P.scoping_awareness if scoping else 0.0
        heartened = P.scoping_heart + P.involvement_heart * 0.4 if scoping else 0.0
        involved = P.planning_ownership if scoping else 0.0

        # the facilitator: the main job's share, the desk's share, the road, the rest is coaching
        kept = 3.75 * (1 - P.main_job_internal)
        contact = kept * (1 - P.desk_share) - P.travel_internal
        worth = P.skill_internal * trust * (1 - P.knowledge_matters * (1 - knowledge))
        told += P.coaching_awareness * worth * contact
        heartened += P.coaching_heart * worth * contact
        guided = guidance  # what the week works under; what the visit adds takes effect next week
        guidance = 1 - (1 - guidance * (1 - P.guidance_fade)) * exp(-P.guidance_build * worth * contact)
        trust = 1 - (1 - trust * (1 - P.trust_fade)) * exp(-P.trust_build * contact)
        knowledge = 1 - (1 - knowledge) * exp(-P.knowledge_build * contact)
        assert team.bond.guidance == pytest.approx(guidance)
        assert team.bond.trust == pytest.approx(trust)
        assert team.bond.knowledge == pytest.approx(knowledge)

        # the manager
        priority = logit_inverse((P.priority_stance + P.priority_engagement) * 0.05)
        hours = 2 * P.manager_hours * priority * exp(-P.manager_squeeze * (pressure - 1))
        attention = exp(-P.habituation * (week - 1) / 52)
        hours = max(0.0, min(15.0, hours) - event_hours) * max(P.manager_background, attention)
        led = hours * (1 - P.manager_own_work)
        told += P.push_awareness * led
        heartened += P.push_effect * (2 * priority - 1) * led * (1 + P.stand_in * (1 - guided))
        involved += P.led_ownership * SITE.manager_participative * led
        assert team.priority == pytest.approx(priority)
        assert team.manager_work == pytest.approx(hours * P.manager_own_work)

        # each person's choice
        free = P.free_hours * exp(-P.time_squeeze * (pressure - 1))
        available = max(0.0, min(8.0, free) - event_hours)
        score = P.will_usual + P.will_buy_in * (buy_in - 0.5) + P.will_ownership * ownership
        score += P.will_priority * (priority - 0.5) - P.will_strain * (strain - 0.5)
        given = available * awareness * logit_inverse(score) * attention
        background = P.background_share * (available - given)

        # the work: guided hours, with users' advice, on an item the team decides alone
        value = (1 + P.guidance_value * guided) * (1 + P.involvement_value * 0.4)
        progress += (4 * given + hours * P.manager_own_work) * value
        assert team.service.progress[0] == pytest.approx(progress)
        improvement = 4 * (given + background + event_hours)

        # what spreads: talk among those who knew last week; colleagues are of one mind, as open as themselves
        purpose = awareness * buy_in
        told += P.talk_dose * awareness
        awareness = 1 - (1 - awareness * (1 - P.awareness_fade)) * exp(-told)
        settled = buy_in + P.novelty_fade * (SITE.staff_buy_in - buy_in)
        buy_in = 1 - (1 - settled) * exp(-heartened)
        involved += P.own_work_ownership * given
        ownership = 1 - (1 - ownership * (1 - P.ownership_fade)) * exp(-involved)

        # strain
        load = P.strain_load * (pressure - 1) + P.strain_effort * (given + event_hours)
        aim = logit_inverse(P.strain_rest + load - P.strain_purpose * purpose)
        strain += P.strain_pace * (aim - strain)

        assert len(team.people()) == 4
        for person in team.people():
            assert person.present
            assert person.hours == pytest.approx(given)
            assert person.background == pytest.approx(background)
            assert person.event_hours == event_hours
            assert person.awareness == pytest.approx(awareness)
            assert person.buy_in == pytest.approx(buy_in), week
            assert person.ownership == pytest.approx(ownership)
            assert person.strain == pytest.approx(strain)
    assert awareness > 0.5, "after a scoping day most know of the programme"
    assert team.points_finished == 0.0
    assert team.service.latent_total == team.service.start_total


def test_without_luck_and_programme_everybody_stays_as_they_are() -> None:
    model = build(SITE, Programme(months=0.0), P, tape=StillTape(), months=6).run()
    for person in model.teams[0].people():
        assert person.awareness == person.ownership == 0.0
        assert person.buy_in == SITE.staff_buy_in
    assert model.teams[0].staffing.replaced == 0
