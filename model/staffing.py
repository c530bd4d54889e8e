"""Posts apart from persons: who holds them, who leaves, who comes."""

from typing import TYPE_CHECKING

import numpy as np

from model.agents import Manager, Staff
from model.noise import Block, Stream
from model.programme.plan import weeks_of
from model.rules import leadership, workforce

if TYPE_CHECKING:
    from model.team import Team

HIRES_READ_AHEAD = 4


class Post:
    """A post of the team: it stays while people come and go. ``weeks_empty`` counts down to the next newcomer."""

    def __init__(self, seat: int, senior: bool, in_group: bool, hires: list[Block]) -> None:
        self.seat = seat
        self.senior = senior
        self.in_group = in_group
        self.hires = hires
        self.holder: Staff | None = None
        self.last: Staff | None = None
        self.hire = 0
        self.weeks_empty = 0


class Staffing:
    """The posts of one team, its manager's post included."""

    def __init__(self, team: "Team") -> None:
        self.team = team
        self.model = team.model
        self.site = team.site
        self.left = 0  # flow: leavers this week
        self.replaced = 0  # leavers since the start
        self.posts = self._make_posts(team.plan.terms.breadth)
        self.manager: Manager | None = None
        self.last_manager: Manager | None = None
        self.manager_hire = 0
        self.weeks_without_manager = weeks_of(self.site.manager_arrives_month)
        network, tape = self.model.network.number, self.model.tape
        self.managers_luck = tape.blocks(Stream.MANAGER_HIRE, network, self.site.number, 0, HIRES_READ_AHEAD)
        number, weeks = self.site.number, self.model.weeks + 1
        each = [tape.array(Stream.SEAT_WEEK, network, number, post.seat, weeks) for post in self.posts]
        self.weeks_luck = np.stack(each)  # [seat, week, word]
        self.luck: list[Block] = []
        self._first_people()
        self.people = self._in_post()  #: those in post, by seat

    def _in_post(self) -> list[Staff]:
        return [post.holder for post in self.posts if post.holder is not None]

    def start_week(self, week: int) -> float:
        """Bring people to work; return the care those present can give, in full persons."""
        p, capacity = self.model.p, 0.0
        most_absent = workforce.absence_chance(p, 1.0)
        self.luck = self.weeks_luck[:, week].tolist()
        for person in self.people:
            person.start_week(p, self.luck[person.post.seat], most_absent)
            if person.present:
                capacity += workforce.care_capacity(p, person.skill)
        return capacity

    def turnover(self, manager_luck: float) -> None:
        """Let people leave, and newcomers come when their posts have stood empty long enough."""
        p = self.model.p
        self.left = 0
        most_leaving = workforce.leaving_chance(p, 1.0, self.site.turnover)
        for post in self.posts:
            if post.holder is not None:
                luck = self.luck[post.seat][1]
                if luck < most_leaving and luck < workforce.leaving_chance(
                    p, post.holder.strain, self.site.turnover
                ):
                    self._lose(post, post.holder)
            else:
                post.weeks_empty -= 1
                if post.weeks_empty <= 0:
                    self._hire(post)
        self.people = self._in_post()
        self._change_manager(manager_luck)

    def _make_posts(self, breadth: float) -> list[Post]:
        """Return the posts, seniors first; ordinary posts are in working groups up to the groups' breadth."""
        seniors = self.site.seniors()
        ordinary = max(1, self.site.posts - seniors)
        network, number, tape = self.model.network.number, self.site.number, self.model.tape
        posts = []
        for seat in range(self.site.posts):
            in_group = seat < seniors or (seat - seniors + 0.5) / ordinary < breadth
            hires = tape.blocks(Stream.HIRE, network, number, seat, HIRES_READ_AHEAD)
            posts.append(Post(seat, seat < seniors, in_group, hires))
        return posts

    def _first_people(self) -> None:
        p = self.model.p
        for post in self.posts:
            empty, usual, weight, length = post.hires[0]
            if empty < self.site.vacancy:
                post.weeks_empty = workforce.weeks_vacant(p, length)
                continue
            disposition = workforce.disposition(p, self.site.staff_buy_in, usual)
            post.holder = Staff(self.model, post, disposition, workforce.influence(p, post.senior, weight))
            post.holder.strain = workforce.resting_strain(p)
        if self.weeks_without_manager == 0:
            self._appoint_the_recorded(briefed=1.0)

    def _lose(self, post: Post, person: Staff) -> None:
        """See a person off; the post stands empty for some weeks."""
        post.hire += 1
        post.last = person
        post.holder = None
        post.weeks_empty = workforce.weeks_vacant(self.model.p, self._hire_luck(post)[0])
        self.left += 1
        self.replaced += 1
        self.team.note("left", seat=post.seat, aware=person.awareness, buy_in=person.buy_in)
        person.remove()

    def _hire(self, post: Post) -> None:
        """Fill a post with a stranger to the programme, inducted as the programme provides."""
        p = self.model.p
        luck = self._hire_luck(post)
        stranger = workforce.disposition(p, p.newcomer_disposition, luck[1])
        last = post.last
        disposition = stranger if last is None else workforce.passed_on(p, last.disposition, stranger)
        person = Staff(self.model, post, disposition, workforce.influence(p, post.senior, luck[2]))
        person.strain = workforce.resting_strain(p)
        person.skill = p.newcomer_skill
        person.tenure = 0
        person.present = False
        if last is not None:
            self._pass_on(last, person)
        person.told = self.team.induction()
        post.holder = person
        self.team.note("joined", seat=post.seat, told=person.told)

    def _pass_on(self, last: Staff, person: Staff) -> None:
        """Give the newcomer what passes on from the leaver: nothing, while turnover has its effect."""
        p = self.model.p
        person.awareness = workforce.passed_on(p, last.awareness, 0.0)
        person.ownership = workforce.passed_on(p, last.ownership, 0.0)
        person.practice = [workforce.passed_on(p, share, 0.0) for share in last.practice]
        person.buy_in = workforce.passed_on(p, last.buy_in, person.disposition)
        person.skill = workforce.passed_on(p, last.skill, p.newcomer_skill)

    def _hire_luck(self, post: Post) -> Block:
        if post.hire >= len(post.hires):
            network, number = self.model.network.number, self.site.number
            post.hires = self.model.tape.blocks(Stream.HIRE, network, number, post.seat, 2 * post.hire)
        return post.hires[post.hire]

    def _change_manager(self, luck: float) -> None:
        """Let the manager leave, the post stand empty, a successor come with a stance of their own."""
        p = self.model.p
        if self.manager is not None:
            if luck < leadership.manager_leaving_chance(p, self.site.turnover):
                self.manager_hire += 1
                self.last_manager = self.manager
                self.weeks_without_manager = leadership.weeks_without_manager(p, self._manager_luck()[0])
                self.team.note("manager left", stance=self.manager.stance)
                self.manager.remove()
                self.manager = None
            return
        self.weeks_without_manager -= 1
        if self.weeks_without_manager <= 0:
            self._next_manager()

    def _next_manager(self) -> None:
        p, last = self.model.p, self.last_manager
        if last is None:  # the manager the team's record tells of, back or in post
            self._appoint_the_recorded(briefed=0.0)
        else:
            _, stance_luck, engagement_luck, style_luck = self._manager_luck()
            stance = leadership.new_managers_stance(p, last.stance, stance_luck)
            engagement = leadership.new_managers_stance(p, last.engagement, engagement_luck)
            style = leadership.new_managers_stance(p, last.participative, style_luck)
            self._appoint(stance, engagement, style, briefed=0.0)

    def _appoint_the_recorded(self, briefed: float) -> None:
        site = self.site
        self._appoint(site.manager_stance, site.manager_engagement, site.manager_participative, briefed)

    def _appoint(self, stance: float, engagement: float, participative: float, briefed: float) -> None:
        known = self.site.manager_doing
        own_work = known if known is not None else self.model.p.manager_own_work
        self.manager = Manager(self.model, self.team, stance, engagement, participative, own_work)
        self.manager.briefed = briefed
        if briefed < 1.0:
            self.team.note("manager came", stance=stance)

    def _manager_luck(self) -> Block:
        if self.manager_hire >= len(self.managers_luck):
            network, number = self.model.network.number, self.site.number
            tape = self.model.tape
            self.managers_luck = tape.blocks(Stream.MANAGER_HIRE, network, number, 0, 2 * self.manager_hire)
        return self.managers_luck[self.manager_hire]
