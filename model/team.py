"""A Crisis Resolution Team through the weeks: the plan it works on, the service it gives, those who work in it."""

from typing import TYPE_CHECKING

from model.agents import Bond, Staff, TrustLeadership
from model.delivery import NOT_STARTED, Delivery
from model.events import hold
from model.fidelity import AREAS, HIGHEST_SCORE, ITEMS
from model.noise import Stream
from model.programme.plan import Column, Plan
from model.rules import attitudes, facilitation, items, leadership, work, workforce
from model.rules.arithmetic import ratio
from model.service import Service
from model.sites import Site
from model.staffing import Staffing

if TYPE_CHECKING:
    from model.crisis_teams import CrisisTeams


class Team:
    """One team: its states, this week's flows, and a method for each phase of ``model.schedule`` that concerns it."""

    def __init__(
        self, model: "CrisisTeams", site: Site, plan: Plan, service: Service, trust: TrustLeadership
    ) -> None:
        self.model, self.site, self.plan, self.service, self.trust = model, site, plan, service, trust
        self.name, self.number = site.name, site.number
        network, weeks, tape = model.network.number, model.weeks + 1, model.tape
        self.weeks_luck = tape.blocks(Stream.TEAM_WEEK, network, self.number, 0, weeks)
        self.events_luck = tape.blocks(Stream.EVENT_WEEK, network, self.number, 0, weeks)
        self.tastes = [block[1] for block in tape.blocks(Stream.ITEM, network, self.number, 0, ITEMS)]
        p = model.p
        self.bond = Bond(p, plan.terms.placement)
        self.delivery = Delivery(plan)
        self.week = 0
        self.luck = self.weeks_luck[0]
        self.wave = workforce.demand_wave_start(p, self.luck[0])
        self.improvement_hours = 0.0  # of staff, last week
        self.progress = 0.0
        self.usual_collaboration = p.collaboration_usual if site.collaboration is None else site.collaboration
        self.collaboration = self.usual_collaboration
        self.planned = [False] * ITEMS
        self.plan_made = False
        self.plan_room = 0.0
        self.plan_scale = 1.0
        self.agenda = list(range(ITEMS))
        self.report_due = False
        self.known_scores = list(service.scores)
        self.visits = self.visits_lost = 0
        self.first_finished_week = -1
        self.points_finished = 0.0
        self.programme_hours = 0.0
        self.start_flows()
        self.staffing = Staffing(self)
        posts, people = float(len(self.staffing.posts)), float(len(self.people()))
        self.pressure = workforce.starting_pressure(p, site.busyness, self.wave, posts, people)
        self.agenda = self.ranking(imposed=0.0)

    def start_flows(self) -> None:
        """Clear what holds for one week only."""
        self.facilitator_work = self.effective_contact = self.coached = 0.0
        self.priority = self.manager_work = self.pushed = self.defence = 0.0
        self.manager_event_hours = self.staff_event_hours = 0.0
        self.last_programme_hours = self.programme_hours
        self.finished = self.programme_hours = 0.0
        self.area_share = [0.0] * AREAS
        self.agenda_area = -1
        self.attended = [False] * ITEMS
        self.review_held = False
        self.hours: dict[tuple[str, str], float] = {}

    def note(self, what: str, **details: float) -> None:
        """Write an event of this team into the model's log."""
        self.model.note(self.week, self.name, what, details)

    def book(self, actor: str, kind: str, hours: float) -> None:
        """Book hours of an actor, once."""
        if hours > 0.0:
            self.hours[actor, kind] = self.hours.get((actor, kind), 0.0) + hours

    def people(self) -> list[Staff]:
        """Return those in post, by seat."""
        return self.staffing.people

    # -- demand, turnover ------------------------------------------------------------------------------------

    def demand(self, week: int) -> None:
        """Move the clock on, bring people to work, and weigh demand against them."""
        p = self.model.p
        self.week = week
        self.luck = self.weeks_luck[week]
        self.start_flows()
        self.delivery.move_on(week, self._may_start())
        capacity = self.staffing.start_week(week)
        self.wave = workforce.demand_wave_next(p, self.wave, self.luck[0])
        demand = workforce.demand(
            p, self.site.busyness, self.wave, self.service.latent_total - self.service.start_total
        )
        posts = float(len(self.staffing.posts))
        backfill = self._backfill() * posts
        self.pressure = workforce.pressure(p, demand, posts, capacity, self.improvement_hours, backfill)

    def _backfill(self) -> float:
        """Return the hours of extra staff a post: what the programme pays for, and what leaders grant."""
        if not self.delivery.running:
            return 0.0
        row = self.delivery.row
        granted = leadership.granted_hours(self.model.p, self.trust.support, row[Column.LEADERS_BOOST])
        return row[Column.BACKFILL] + granted

    def turnover(self) -> None:
        """Let people leave and come."""
        self.staffing.turnover(self.luck[2])

    def induction(self) -> float:
        """Return the awareness dose a newcomer gets on arrival."""
        if not self.delivery.running:
            return 0.0
        return workforce.induction_dose(self.model.p, self.delivery.row[Column.ONBOARDING])

    # -- readiness, events -----------------------------------------------------------------------------------

    def _may_start(self) -> bool:
        """Say whether the programme may start this week: ready by an assessment, or the wait is over."""
        terms = self.plan.terms
        if terms.readiness_wait == 0 or self.week > terms.readiness_wait:
            return True
        if self.delivery.clock != NOT_STARTED or not attitudes.is_assessed(self.model.p, self.week):
            return False
        readiness = self._readiness()
        self.note("readiness assessed", readiness=readiness)
        return readiness >= terms.readiness_threshold

    def _readiness(self) -> float:
        """Assess the team's readiness for change, with error."""
        p, people = self.model.p, self.people()
        buy_in = strain = 0.0
        for person in people:
            buy_in += person.buy_in
            strain += person.strain
        count = float(len(people))
        commitment = attitudes.commitment(ratio(buy_in, count), self.trust.support)
        free = workforce.free_hours(p, self.pressure, 0.0)
        efficacy = attitudes.efficacy(p, free, ratio(strain, count))
        return attitudes.readiness(p, commitment, efficacy, self.events_luck[self.week][0])

    def events(self) -> None:
        """Prepare a team that is not ready; read a report that has come; hold what is due."""
        p = self.model.p
        if self.delivery.clock == NOT_STARTED:
            help = self.plan.terms.readiness_support
            self.trust.preparation += help
            if self.staffing.manager is not None:
                self.staffing.manager.stance = leadership.prepared_support(
                    p, self.staffing.manager.stance, help
                )
        due = self.delivery.try_events(p, self.pressure, self.events_luck[self.week])
        hold(self, due)

    def ranking(self, imposed: float) -> list[int]:
        """Return the items by how much they call for a place in the plan, first come first."""
        p, service = self.model.p, self.service
        appeal = []
        for i in range(ITEMS):
            reach = self._leverage(i)
            missed = HIGHEST_SCORE - self.known_scores[i]
            appeal.append(work.appeal(p, missed, reach, self.tastes[i], imposed))
        return sorted(range(ITEMS), key=lambda i: (not service.is_open(p, i), -appeal[i]))

    def make_plan(self) -> None:
        """Choose the items to work on: the team's known targets, else the first of the ranking."""
        terms = self.plan.terms
        ranked = self.ranking(terms.imposed)
        chosen = [number - 1 for number in self.site.targets] or ranked[: terms.actions]
        self.planned = [i in chosen for i in range(ITEMS)]
        self.agenda = ranked
        self.plan_made = True
        for i in range(ITEMS):
            self.plan_room += self.service.room(i) if self.planned[i] else 0.0
        self.note("plan made", actions=float(len(chosen)))

    def revise_plan(self) -> None:
        """Put the next items of the agenda in the place of those that are done (M24)."""
        done = sum(1 for i in range(ITEMS) if self.planned[i] and not self._is_open(i))
        fresh = [i for i in self.agenda if not self.planned[i] and self._is_open(i)]
        for i in fresh[:done]:
            self.planned[i] = True

    # -- hours and work --------------------------------------------------------------------------------------

    def be_coached(self, coaching: float, inducting: float) -> None:
        """Take in a visit: those on duty hear and are heartened, newcomers are inducted (effective hours)."""
        p, people = self.model.p, self.people()
        self.coached = facilitation.coached_hours(p, coaching, float(len(people)))
        for person in people:
            if person.present:
                person.told += attitudes.coaching_told(p, self.coached)
                person.heartened += attitudes.coaching_heart(p, self.coached)
            if person.tenure <= p.newcomer_weeks:
                person.told += attitudes.coaching_told(p, inducting)

    def push(self) -> None:
        """Let the manager give priority, hours, a push."""
        p, manager = self.model.p, self.staffing.manager
        if manager is None:
            self.priority = leadership.priority_without_manager(p)
            return
        self.priority, hours, pushed = manager.lead(p, self.manager_event_hours)
        hours *= leadership.manager_effort(p, self._carried_on())
        self.manager_work = hours * manager.own_work
        self._book_manager(hours)
        manager.take_in(p, self.progress, self.defence, self.effective_contact)
        if self.delivery.running:
            self.pushed = pushed
            told = attitudes.push_told(p, hours - self.manager_work)
            involved = attitudes.led_involvement(p, manager.participative, hours - self.manager_work)
            for person in self.people():
                if person.present:
                    person.told += told
                    person.involved += involved
                    person.heartened += max(0.0, pushed)
                    person.disheartened += max(0.0, -pushed)

    def _book_manager(self, hours: float) -> None:
        """Book the manager's hours: the programme's while it runs, else the team's own."""
        if self.delivery.running:
            self.book("manager", "own work", self.manager_work)
            self.book("manager", "leading", hours - self.manager_work)
        else:
            self.book("manager", "own agenda", hours)

    def _carried_on(self) -> float:
        """Return the share of willing work done this week: less as attention wears off, and after the programme."""
        running = self.delivery.running
        if not running and self.delivery.end_week < 0:
            return 0.0
        p = self.model.p
        return work.carried_on(p, running) * attitudes.attention(p, float(self.delivery.programme_week))

    def choices(self) -> None:
        """Let each person choose how to spend the little free time."""
        p, row = self.model.p, self.delivery.row
        support = leadership.felt_support(p, self.trust.support, row[Column.LEADERS_BOOST])
        free = workforce.free_hours(p, self.pressure, row[Column.PROTECTED])
        effort = self._carried_on()
        for person in self.people():
            person.choose(p, free, self.priority, support, effort)

    def work(self) -> None:
        """Put the week's hours into planned actions and the agenda; finish what is ready."""
        p, row = self.model.p, self.delivery.row
        own = 0.0
        for person in self.people():
            self.programme_hours += person.hours
            own += person.background
        self.book("staff", "actions", self.programme_hours)
        self.book("staff", "own agenda", own)
        self.improvement_hours = self.programme_hours + own + self.staff_event_hours
        self.programme_hours += self.facilitator_work
        if self.delivery.running:
            self.programme_hours += self.manager_work
        else:
            own += self.manager_work
        active = self._active_items()
        focus = work.on_plan(p, bool(active))
        online, involvement = row[Column.ONLINE], row[Column.INVOLVEMENT]
        value = work.planned_value(p, self.bond.guidance, float(len(active)), online, involvement)
        each = ratio(self.programme_hours * focus * value, float(len(active)))
        contact = 0.0
        for i in active:
            contact += self._put(i, each)
            self.attended[i] = self.delivery.running
            self.area_share[self.service.areas[i]] += 1.0 / len(active)
        rest = (self.programme_hours * (1.0 - focus) * value + own) * work.unplanned_value(p)
        first = next((i for i in self.agenda if self._is_open(i)), None)
        if first is not None:
            contact += self._put(first, rest)
            self.agenda_area = self.service.areas[first]
        self.collaboration = work.collaboration_next(p, self.collaboration, self.usual_collaboration, contact)

    def _active_items(self) -> list[int]:
        """Return the planned items worked on this week, in the agenda's order."""
        if not self.plan_made:
            return []
        open_items = [i for i in self.agenda if self.planned[i] and self._is_open(i)]
        limit = int(self.delivery.row[Column.AT_ONCE]) if self.delivery.running else ITEMS
        return open_items[: work.active_actions(len(open_items), limit, self.plan_scale)]

    def _is_open(self, i: int) -> bool:
        return self.service.is_open(self.model.p, i)

    def _leverage(self, i: int) -> float:
        service = self.service
        return work.leverage(
            self.model.p, service.control[i], service.interface[i], self.trust.support, self.collaboration
        )

    def _put(self, i: int, hours: float) -> float:
        """Put hours of worth into an item; return those that were contact with other services."""
        step = self.service.work_on(self.model.p, i, hours * self._leverage(i))
        if step > 0.0:
            self._finish(i, step)
        return hours if self.service.interface[i] else 0.0

    def _finish(self, i: int, step: float) -> None:
        """Count a finished step; what is new in an area nobody practises yet."""
        before, new = self.service.finish(i, step)
        area = self.service.areas[i]
        for person in self.people():
            person.practice[area] = items.practice_after_writing(person.practice[area], before, new)
        self.finished += step
        self.points_finished += step
        if self.first_finished_week < 0:
            self.first_finished_week = self.week
        self.note("finished", item=float(i + 1), points=step)

    # -- what spreads, strains, drifts -----------------------------------------------------------------------

    def spread(self) -> None:
        """Let practice, awareness, buy-in and ownership pass from person to person."""
        people = self.people()
        self._spread_practice(people)
        p = self.model.p
        on_shift, shift_weight = [0.0, 0.0], [0.0, 0.0]
        all_sum = all_weight = aware = 0.0
        for person in people:
            voice = attitudes.voice(p, person.influence, person.buy_in)
            all_sum += voice * person.buy_in
            all_weight += voice
            aware += person.awareness
            if person.present:
                on_shift[person.shift] += voice * person.buy_in
                shift_weight[person.shift] += voice
        norms = [attitudes.norm(p, on_shift[k], shift_weight[k], all_sum, all_weight) for k in (0, 1)]
        talk = attitudes.talk_dose(p, ratio(aware, float(len(people))))
        left = attitudes.left_of_ownership(p, self.facilitator_work)
        for person in people:
            person.change_mind(p, norms[person.shift], talk, left)

    def _spread_practice(self, people: list[Staff]) -> None:
        """Let people take up what is new, in each area that has something new."""
        p, service, count = self.model.p, self.service, float(len(people))
        for area in range(AREAS):
            if service.to_be_practised[area] <= 0.0:
                continue
            practised = 0.0
            for person in people:
                practised += person.practice[area]
            practised = ratio(practised, count)
            after, share = 0.0, self.area_share[area]
            for person in people:
                hours = person.hours * share + (person.background if area == self.agenda_area else 0.0)
                person.take_up(p, area, hours, practised, self.coached, self.pushed)
                after += person.practice[area]
            service.adopted[area] = items.adopted(p, ratio(after, count))

    def strain(self) -> None:
        """Let the week strain people, and progress show."""
        p = self.model.p
        support = leadership.felt_support(p, self.trust.support, self.delivery.row[Column.LEADERS_BOOST])
        for person in self.people():
            person.feel(p, self.pressure, support, self.progress)
        self.progress = workforce.progress_next(p, self.progress, self.finished)

    def drift(self) -> None:
        """Let unattended items drift, leavers take unwritten practice, shared purpose lift the rest."""
        people = self.people()
        purpose = 0.0
        for person in people:
            purpose += person.purpose
        left = ratio(float(self.staffing.left), float(len(self.staffing.posts)))
        self.service.drift(self.model.p, self.attended, left, ratio(purpose, float(len(people))))

    def review(self, measured: bool) -> None:
        """Score the items if a review of the programme is held this week, or a measurement is due."""
        if measured or (self.review_held and self.week > 1):  # the first review is the recorded baseline
            luck = self.model.tape.blocks(
                Stream.REVIEW, self.model.network.number, self.number, self.week, ITEMS + 1
            )
            self.service.scores = self.service.review(self.model.p, luck)
        self.report_due = self.report_due or self.review_held
