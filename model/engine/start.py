"""Before the first week: where a team and its people start, given the recorded baseline."""

import numpy as np

from model.compiling import rule, seldom, wiring
from model.engine.layout import AREA_OF, DECIDED_BY, ENDED, LEFT_OPEN, NOT_STARTED
from model.engine.service import take_stock
from model.fidelity import AREAS, HIGHEST_SCORE, HOME_SUPPORT, ITEMS, LOWEST_SCORE
from model.philox import HIRE, ITEM, START, TEAM_WEEK, block
from model.rules import facilitation, work, workforce
from model.rules import items as item_rules
from model.rules.arithmetic import clamp, normal_quantile

HOME = HOME_SUPPORT - 1


@seldom
def start_team(p, luck, network, team, now):
    """Fill a team's state: its items, its bond with the facilitator, its posts and people."""
    number = team.number
    placement_luck, stable_luck, occasion_luck, true_luck = block(luck, START, network, number, 0, 0)
    now.placement = team.placement
    if team.placement == LEFT_OPEN:
        now.placement = facilitation.drawn_placement(p, placement_luck)
    now.trust = facilitation.starting_trust(p, now.placement)
    now.knowledge = facilitation.starting_knowledge(p, now.placement)
    now.coming_trust, now.coming_knowledge = now.trust, now.knowledge
    now.clock = NOT_STARTED if team.weeks > 0 else ENDED
    now.programme_week = now.start_week = now.end_week = now.first_finished = now.agenda_area = -1
    now.plan_scale = 1.0
    start_items(p, luck, network, team, now, stable_luck, occasion_luck, true_luck)
    now.wave = workforce.demand_wave_start(p, block(luck, TEAM_WEEK, network, number, 0, 0)[0])
    unknown = np.isnan(team.collaboration)
    now.usual_collaboration = p.collaboration_usual if unknown else team.collaboration
    now.collaboration = now.usual_collaboration
    start_people(p, luck, network, team, now)
    now.pressure = workforce.starting_pressure(
        p, team.busyness, now.wave, float(team.posts), float(now.people)
    )
    now.own_work = p.manager_own_work if np.isnan(team.manager_doing) else team.manager_doing
    now.unmanaged = team.manager_arrives
    if team.manager_arrives == 0:
        now.managed = now.manager_came = 1
        now.briefed = 1.0
        now.stance, now.engagement = team.manager_stance, team.manager_engagement
        now.participative = team.manager_participative


@rule
def part(p, share, surprise):
    """Give a component's part of the surprise at the recorded baseline."""
    sd = item_rules.error_sd(p, share)
    return item_rules.share_of_surprise(p, sd * sd, surprise)


@wiring
def start_items(p, luck, network, team, now, stable_luck, occasion_luck, true_luck):
    """Fill a team's items so that the reviewed baseline equals the recorded one (see ``model.baseline``)."""
    items = now.items
    stable, occasion = item_rules.stable_error(p, stable_luck), item_rules.occasion_error(p, occasion_luck)
    drawn = p.population_mean + item_rules.true_sd(p) * normal_quantile(true_luck) + stable + occasion
    for i in range(ITEMS):
        level_luck, items.taste[i], error_luck, _ = block(luck, ITEM, network, team.number, 0, i)
        items.offset[i] = item_rules.item_offset(p, AREA_OF[i], level_luck)
        items.error[i] = item_rules.item_error(p, error_luck)
        drawn += items.error[i]
        items.structure[i] = item_rules.structure_share(p, AREA_OF[i])
        items.control[i] = work.control_share(p, DECIDED_BY[i])
        items.loss[i] = item_rules.weekly_loss(p, items.structure[i])
    surprise = team.baseline - drawn
    stable += part(p, p.review_stable_share, surprise)
    varying = 1.0 - p.review_stable_share
    occasion += part(p, varying * p.review_common_share, surprise)
    each = part(p, varying * (1.0 - p.review_common_share), surprise) / ITEMS
    common_error = (stable + occasion) / ITEMS + each
    common = common_level(p, team.baseline, now, common_error)
    for i in range(ITEMS):
        level = p.start_home if i == HOME else common + items.offset[i]
        items.score[i] = items.known[i] = item_rules.reviewed_score(level, common_error + items.error[i])
        items.kept[i] = clamp(level, LOWEST_SCORE, HIGHEST_SCORE) - LOWEST_SCORE
    now.stable_error = stable
    for area in range(AREAS):
        now.adopted[area] = item_rules.adopted(p, 0.0)
    take_stock(now)
    now.start_latent = now.latent


@wiring
def common_level(p, recorded, now, common_error):
    """Find the common level at which the rounded scores add up, by halving."""
    items = now.items
    low, high = item_rules.LOWEST_COMMON, item_rules.HIGHEST_COMMON
    common = 0.5 * (low + high)
    for _ in range(item_rules.HALVINGS):
        common = 0.5 * (low + high)
        reached = 0
        for i in range(ITEMS):
            level = p.start_home if i == HOME else common + items.offset[i]
            reached += item_rules.reviewed_score(level, common_error + items.error[i])
        if reached == recorded:
            break
        if reached < recorded:
            low = common
        else:
            high = common
    return common


@wiring
def start_people(p, luck, network, team, now):
    """Fill the posts, but for those that stand empty."""
    ordinary = max(1, team.posts - team.seniors)
    seats = now.seats
    for s in range(team.posts):
        if s < team.seniors or (s - team.seniors + 0.5) / ordinary < team.breadth:
            seats.in_group[s] = True
        empty_luck, usual_luck, weight_luck, length_luck = block(luck, HIRE, network, team.number, s, 0)
        if empty_luck < team.vacancy:
            seats.weeks_empty[s] = workforce.weeks_vacant(p, length_luck)
            continue
        seats.in_post[s] = True
        now.people += 1
        seats.disposition[s] = workforce.disposition(p, team.staff_buy_in, usual_luck)
        seats.influence[s] = workforce.influence(p, s < team.seniors, weight_luck)
        seats.buy_in[s] = seats.disposition[s]
        seats.strain[s] = workforce.resting_strain(p)
        seats.skill[s] = 1.0
        seats.tenure[s] = workforce.LONG_IN_POST
