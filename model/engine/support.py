"""Those who support the team: leaders of the trust, the facilitator, the manager."""

from model.compiling import rule, seldom, wiring
from model.engine.abreast import chosen, on_duty
from model.engine.layout import RUNNING, Book
from model.philox import TRUST_WEEK, block
from model.programme.plan import Column
from model.rules import attitudes, facilitation, work
from model.rules import leadership as rules


@rule
def book(now, kind, hours):
    """Book hours, once."""
    if hours > 0.0:
        now.books[kind] += hours


@rule
def felt_support(p, now, support):
    """Return the leaders' support as the team feels it."""
    return rules.felt_support(p, support, now.row[Column.LEADERS_BOOST])


@rule
def carried_on(p, now):
    """Return the share of willing work done this week: less as attention wears off, and after the programme."""
    if now.clock != RUNNING and now.end_week < 0:
        return 0.0
    return work.carried_on(p, now.clock == RUNNING) * attitudes.attention(p, float(now.programme_week))


@seldom
def leadership(p, luck, network, week, team, trust):
    """Let leaders answer to what reached them last week; meet shocks; hand over to a new leader."""
    shock_luck, size_luck, leader_luck, new_luck = block(luck, TRUST_WEEK, network, 0, team.trust, week)
    shock = rules.shock(p, shock_luck, size_luck)
    if leader_luck < rules.leader_leaving_chance(p):
        trust.usual_support = rules.new_leaders_support(p, new_luck)
    answered = rules.support_next(
        p, trust.support, trust.usual_support, trust.escalation, trust.success, shock
    )
    trust.coming_support = rules.prepared_support(p, answered, trust.preparation)
    trust.escalation = trust.success = trust.preparation = 0.0


@wiring
def visits(p, team, now, trust, served):
    """Give a team its share of the facilitator's week: a visit if one is due and not called off, else the desk."""
    planned = now.row[Column.FACILITATOR_HOURS] if now.clock == RUNNING else 0.0
    contact = coaching = 0.0
    if planned > 0.0:
        planned *= facilitation.dose_share(p, planned, served, team.shared_dose != 0)
        kept = facilitation.hours_kept(p, now.placement, planned, now.row[Column.RESEARCH_SUPPORT])
        desk = kept * p.desk_share
        now.saved += kept - desk
        book(now, Book.MAIN_JOB, planned - kept)
        doing = desk * facilitation.own_work_share(p, now.row[Column.DOING])
        now.facilitator_work += doing
        book(now, Book.FACILITATOR_WORK, doing)
        book(now, Book.DESK, desk - doing)
        now.to_visit -= 1.0
        if now.to_visit <= 0.0:
            contact = visit(p, team, now)
    skill = facilitation.facilitation_skill(p, now.placement)
    worth = facilitation.contact_effect(p, now.trust, now.knowledge, skill)
    if contact > 0.0:
        coaching = share_out(p, team, now, trust, contact, worth)
    now.effective_contact = worth * contact
    now.coming_trust = facilitation.trust_next(p, now.trust, contact)
    now.coming_knowledge = facilitation.knowledge_next(p, now.knowledge, contact)
    now.coming_guidance = facilitation.guidance_next(p, now.guidance, worth * coaching)


@wiring
def visit(p, team, now):
    """Visit the team unless the visit is called off; return the hours of contact."""
    lost = facilitation.visit_lost_chance(p, now.pressure, now.trust)
    if not team.visits_recorded and now.visit_luck < lost:
        now.visits_lost += 1
        return 0.0
    travel = min(now.saved, facilitation.travel_hours(p, now.placement))
    contact = facilitation.contact_hours(p, now.saved, travel)
    book(now, Book.TRAVEL, travel)
    book(now, Book.UNUSED, max(0.0, now.saved - travel - contact))
    now.saved = 0.0
    now.to_visit = max(now.to_visit + now.row[Column.VISIT_INTERVAL], 0.0)
    now.visits += 1
    return contact


@wiring
def share_out(p, team, now, trust, contact, worth):
    """Divide a visit between own work, leaders, newcomers and coaching; return the hours of coaching."""
    doing = contact * facilitation.own_work_share(p, now.row[Column.DOING])
    left = contact - doing
    escalating = min(left, contact * now.row[Column.ESCALATING])
    inducting = min(left - escalating, contact * now.row[Column.INDUCTING])
    coaching = left - escalating - inducting
    now.facilitator_work += doing
    trust.escalation += escalating * facilitation.credibility(p, now.placement)
    book(now, Book.FACILITATOR_WORK, doing)
    book(now, Book.WITH_LEADERS, escalating)
    book(now, Book.INDUCTING, inducting)
    book(now, Book.COACHING, coaching)
    now.coached = facilitation.coached_hours(p, worth * coaching, float(now.people))
    seats = now.seats
    for s in range(team.posts):
        if seats.in_post[s]:
            if seats.present[s]:
                seats.told[s] += attitudes.coaching_told(p, now.coached)
                seats.heartened[s] += attitudes.coaching_heart(p, now.coached)
            if seats.tenure[s] <= p.newcomer_weeks:
                seats.told[s] += attitudes.coaching_told(p, worth * inducting)
    return coaching


@wiring
def push(p, team, now, support):
    """Let the manager give the programme priority, hours and a push."""
    if not now.managed:
        now.priority = rules.priority_without_manager(p)
        return
    felt = felt_support(p, now, support)
    now.priority = rules.priority(p, now.stance, now.engagement, now.briefed, felt)
    hours = max(0.0, rules.manager_hours(p, now.priority, now.pressure) - now.manager_events)
    pushed = rules.push(p, now.priority, hours * (1.0 - now.own_work), now.guidance)
    hours *= rules.manager_effort(p, carried_on(p, now))
    now.manager_work = hours * now.own_work
    if now.clock == RUNNING:
        book(now, Book.MANAGER_WORK, now.manager_work)
        book(now, Book.LEADING, hours - now.manager_work)
    else:
        book(now, Book.MANAGER_AGENDA, hours)
    now.stance = rules.stance_next(p, now.stance, now.progress, now.defence)
    now.briefed = rules.briefed_next(p, now.briefed, now.effective_contact)
    if now.clock == RUNNING:
        now.pushed = pushed
        told = attitudes.push_told(p, hours - now.manager_work)
        involved = attitudes.led_involvement(p, now.participative, hours - now.manager_work)
        seats = now.seats
        heart, blow = max(0.0, pushed), max(0.0, -pushed)
        for s in range(team.posts):
            there = on_duty(seats, s)
            seats.told[s] += chosen(there, told, 0.0)
            seats.involved[s] += chosen(there, involved, 0.0)
            seats.heartened[s] += chosen(there, heart, 0.0)
            seats.disheartened[s] += chosen(there, blow, 0.0)
