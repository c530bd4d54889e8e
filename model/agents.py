"""The people: trust leadership, facilitators, managers and staff, as Mesa agents.

Attributes without a remark are states that last; *flows* hold for the week and are set anew. What happens to a
person in a week is gathered as doses (``told``, ``heartened``, ``disheartened``, ``involved``) and take
effect in the phase "spread", so that everybody reacts to the start of the week.
"""

from typing import TYPE_CHECKING

import mesa

from model.fidelity import AREAS
from model.noise import Block, Stream
from model.parameters import Parameters
from model.programme.plan import Column
from model.rules import attitudes, facilitation, leadership, work, workforce

if TYPE_CHECKING:
    from model.crisis_teams import CrisisTeams
    from model.staffing import Post
    from model.team import Team


class TrustLeadership(mesa.Agent):
    """The leaders of a trust: visible support, what it grants, and their changes."""

    def __init__(self, model: "CrisisTeams", number: int, support: float) -> None:
        super().__init__(model)
        self.number = number
        self.support = support
        self.coming_support = support  # from next week on
        self.usual_support = support
        self.preparation = 0.0  # support for teams not yet ready, since last week
        self.escalation = 0.0  # effective hours since last week
        self.success = 0.0  # gain shown by reviews since last week, in 39 points
        self.luck = model.tape.blocks(Stream.TRUST_WEEK, model.network.number, 0, number, model.weeks + 1)

    def answer(self, p: Parameters, week: int) -> None:
        """React to what reached the leaders last week; meet shocks; hand over to a new leader."""
        shock_luck, size_luck, leader_luck, new_luck = self.luck[week]
        shock = leadership.shock(p, shock_luck, size_luck)
        if shock > 0.0:
            self.model.note(week, "trust", "shock", {"trust": self.number})
        if leader_luck < leadership.leader_leaving_chance(p):
            self.usual_support = leadership.new_leaders_support(p, new_luck)
            self.model.note(week, "trust", "new leader", {"support": self.usual_support})
        answered = leadership.support_next(
            p, self.support, self.usual_support, self.escalation, self.success, shock
        )
        self.coming_support = leadership.prepared_support(p, answered, self.preparation)
        self.escalation = self.success = self.preparation = 0.0

    def settle(self) -> None:
        """Let the week's change take effect."""
        self.support = self.coming_support


class Bond:
    """What a facilitator has with one team: trust, local knowledge, guidance given, hours saved for a visit."""

    def __init__(self, p: Parameters, placement: int) -> None:
        self.trust = facilitation.starting_trust(p, placement)
        self.knowledge = facilitation.starting_knowledge(p, placement)
        self.guidance = 0.0
        self.coming = (self.trust, self.knowledge, self.guidance)  # from next week on
        self.saved = 0.0
        self.weeks_to_visit = 0.0

    def settle(self) -> None:
        """Let the week's change take effect."""
        self.trust, self.knowledge, self.guidance = self.coming


class Facilitator(mesa.Agent):
    """A facilitator who serves one or more teams; the placement is read from each team's plan."""

    def __init__(self, model: "CrisisTeams", number: int) -> None:
        super().__init__(model)
        self.number = number
        self.teams: list[Team] = []

    def spend_week(self, p: Parameters) -> None:
        """Give each team its share of the week: a visit if one is due and not called off, else the desk."""
        for team in self.teams:
            self._attend_to(p, team, team.bond)

    def _attend_to(self, p: Parameters, team: "Team", bond: Bond) -> None:
        placement = team.plan.terms.placement
        row = team.delivery.row
        planned = row[Column.FACILITATOR_HOURS] if team.delivery.running else 0.0
        contact = 0.0
        if planned > 0.0:
            planned *= facilitation.dose_share(p, planned, len(self.teams), team.plan.terms.shared_dose)
            kept = facilitation.hours_kept(p, placement, planned, row[Column.RESEARCH_SUPPORT])
            desk = kept * p.desk_share
            bond.saved += kept - desk
            team.book("facilitator", "main job", planned - kept)
            self._desk(p, team, desk)
            bond.weeks_to_visit -= 1.0
            if bond.weeks_to_visit <= 0.0:
                contact = self._visit(p, team, bond)
        worth = facilitation.contact_effect(
            p, bond.trust, bond.knowledge, facilitation.facilitation_skill(p, placement)
        )
        coaching = self._share_out(p, team, contact, worth) if contact > 0.0 else 0.0
        team.effective_contact = worth * contact
        bond.coming = (
            facilitation.trust_next(p, bond.trust, contact),
            facilitation.knowledge_next(p, bond.knowledge, contact),
            facilitation.guidance_next(p, bond.guidance, worth * coaching),
        )

    def _desk(self, p: Parameters, team: "Team", hours: float) -> None:
        """Work at the desk between visits; some of it on the team's actions."""
        doing = hours * facilitation.own_work_share(p, team.delivery.row[Column.DOING])
        team.facilitator_work += doing
        team.book("facilitator", "own work", doing)
        team.book("facilitator", "desk", hours - doing)

    def _visit(self, p: Parameters, team: "Team", bond: Bond) -> float:
        """Visit the team unless the visit is called off; return the hours of contact."""
        lost = facilitation.visit_lost_chance(p, team.pressure, bond.trust)
        if not team.plan.terms.visits_recorded and team.luck[1] < lost:
            team.visits_lost += 1
            team.note("visit lost", pressure=team.pressure)
            return 0.0
        travel = min(bond.saved, facilitation.travel_hours(p, team.plan.terms.placement))
        contact = facilitation.contact_hours(p, bond.saved, travel)
        team.book("facilitator", "travel", travel)
        team.book("facilitator", "unused", max(0.0, bond.saved - travel - contact))
        bond.saved = 0.0
        interval = team.delivery.row[Column.VISIT_INTERVAL]
        bond.weeks_to_visit = max(bond.weeks_to_visit + interval, 0.0)
        team.visits += 1
        team.note("visit", hours=contact)
        return contact

    def _share_out(self, p: Parameters, team: "Team", contact: float, worth: float) -> float:
        """Divide a visit between own work, leaders, newcomers and coaching; return the hours of coaching."""
        row = team.delivery.row
        doing = contact * facilitation.own_work_share(p, row[Column.DOING])
        left = contact - doing
        escalating = min(left, contact * row[Column.ESCALATING])
        inducting = min(left - escalating, contact * row[Column.INDUCTING])
        coaching = left - escalating - inducting
        team.facilitator_work += doing
        team.trust.escalation += escalating * facilitation.credibility(p, team.plan.terms.placement)
        team.book("facilitator", "own work", doing)
        team.book("facilitator", "with leaders", escalating)
        team.book("facilitator", "inducting", inducting)
        team.book("facilitator", "coaching", coaching)
        team.be_coached(worth * coaching, worth * inducting)
        return coaching


class Manager(mesa.Agent):
    """A team's manager: stance, engagement, how far participative rather than directive, and what becomes of them."""

    def __init__(
        self,
        model: "CrisisTeams",
        team: "Team",
        stance: float,
        engagement: float,
        participative: float,
        own_work: float,
    ) -> None:
        super().__init__(model)
        self.team = team
        self.stance = stance
        self.engagement = engagement
        self.participative = participative
        self.own_work = own_work
        self.briefed = 1.0

    def lead(self, p: Parameters, event_hours: float) -> tuple[float, float, float]:
        """Return this week's priority, hours for the programme, and push on staff."""
        team = self.team
        support = leadership.felt_support(p, team.trust.support, team.delivery.row[Column.LEADERS_BOOST])
        priority = leadership.priority(p, self.stance, self.engagement, self.briefed, support)
        hours = max(0.0, leadership.manager_hours(p, priority, team.pressure) - event_hours)
        return (
            priority,
            hours,
            leadership.push(p, priority, hours * (1.0 - self.own_work), team.bond.guidance),
        )

    def take_in(self, p: Parameters, progress: float, defensiveness: float, contact: float) -> None:
        """Change with what the programme brings, and with the time there was to learn of it."""
        self.stance = leadership.stance_next(p, self.stance, progress, defensiveness)
        self.briefed = leadership.briefed_next(p, self.briefed, contact)


class Staff(mesa.Agent):
    """A member of staff, in a post: traits, what they know and want, how they fare, what they practise."""

    def __init__(self, model: "CrisisTeams", post: "Post", disposition: float, influence: float) -> None:
        super().__init__(model)
        self.post = post
        self.disposition = disposition
        self.influence = influence
        self.buy_in = disposition
        self.awareness = 0.0
        self.ownership = 0.0
        self.strain = 0.5
        self.skill = 1.0
        self.tenure = workforce.LONG_IN_POST
        self.practice = [0.0] * AREAS
        self.present = True
        self.shift = 0
        self.attends = 0.5
        self.event_hours = 0.0
        self.hours = 0.0
        self.background = 0.0
        self.purpose = 0.0
        self.told = 0.0
        self.heartened = 0.0
        self.disheartened = 0.0
        self.involved = 0.0

    def start_week(self, p: Parameters, luck: Block, most_absent: float) -> None:
        """Come to work or stay away, on one of two shifts; grow into the job.

        ``most_absent`` is the chance to be away at full strain: above it there is no need to ask further.
        """
        self.present = luck[0] >= most_absent or luck[0] >= workforce.absence_chance(p, self.strain)
        self.shift = workforce.shift(luck[2])
        self.attends = luck[3]
        self.tenure += 1
        if self.skill < 1.0:
            self.skill = workforce.skill_next(p, self.skill)
        self.event_hours = self.hours = self.background = 0.0
        self.told = self.heartened = self.disheartened = self.involved = 0.0

    def can_attend(self, chance: float) -> bool:
        """Say whether this person can come to an event of the programme this week."""
        return self.present and self.attends < chance

    def choose(self, p: Parameters, free: float, priority: float, support: float, effort: float) -> None:
        """Decide how much of the free time goes into the programme, and into the team's own agenda."""
        if not self.present:
            return
        available = max(0.0, free - self.event_hours)
        willing = attitudes.willingness(
            p, self.awareness, self.buy_in, self.ownership, priority, support, self.strain
        )
        self.hours = available * willing * work.group_weight(p, self.post.in_group) * effort
        self.background = work.background_hours(p, available, self.hours)

    def take_up(
        self, p: Parameters, area: int, hours: float, colleagues: float, coached: float, pushed: float
    ) -> None:
        """Take up what is new in an area: by own work, from colleagues, by coaching, at the manager's push."""
        reached = coached if self.present else 0.0
        dose = work.practice_dose(p, self.buy_in, hours, colleagues, reached, pushed)
        self.practice[area] = work.practice_next(p, self.practice[area], dose)

    def change_mind(self, p: Parameters, norm: float, talk: float, left: float) -> None:
        """Take in what the week brought: news, colleagues' views, encouragement and its opposite."""
        self.purpose = attitudes.purpose(self.awareness, self.buy_in)
        self.awareness = attitudes.awareness_next(p, self.awareness, self.told + talk)
        self.buy_in = attitudes.buy_in_next(
            p, self.buy_in, self.disposition, norm, self.heartened, self.disheartened
        )
        involved = self.involved + attitudes.work_involvement(p, self.hours)
        self.ownership = attitudes.ownership_next(p, self.ownership, involved, left)

    def feel(self, p: Parameters, pressure: float, support: float, progress: float) -> None:
        """Carry the week's load, and what relieves it."""
        aim = workforce.strain_aim(
            p, pressure, self.purpose, support, progress, self.hours + self.event_hours
        )
        self.strain = workforce.strain_next(p, self.strain, aim)
