"""A team's 39 items: what stood before, what is new, what is practised, and what a review sees."""

from model.baseline import Baseline
from model.fidelity import AREAS, ITEMS, LOWEST_SCORE, items
from model.noise import Block
from model.parameters import Parameters
from model.rules import items as rules
from model.rules import work


class Service:
    """The service a team gives, item by item; latent levels and reviewed scores are two different things.

    ``kept[item]`` points above 1 that stood before (with drift); ``written[item]`` points of new structure;
    ``lift[item]`` points by spill-over; ``progress[item]`` hours done towards the next step; ``adopted[area]`` share
    of new structure that the people in post practise.
    """

    def __init__(self, p: Parameters, baseline: Baseline) -> None:
        self.areas = [item.area for item in items()]
        self.interface = [item.interface for item in items()]
        self.structure = [rules.structure_share(p, item.area) for item in items()]
        self.control = [work.control_share(p, item.decided_by) for item in items()]
        self.loss = [rules.weekly_loss(p, share) for share in self.structure]
        self.loss_of_structure = rules.weekly_loss(p, 1.0)
        self.loss_of_practice = rules.weekly_loss(p, 0.0)
        self.kept = [level - LOWEST_SCORE for level in baseline.levels]
        self.written = [0.0] * ITEMS
        self.lift = [0.0] * ITEMS
        self.progress = [0.0] * ITEMS
        self.adopted = [rules.adopted(p, 0.0)] * AREAS
        self.stable_error = baseline.stable_error
        self.scores = list(baseline.scores)
        self.to_be_practised = [0.0] * AREAS
        self.levels: list[float] = []
        self.latent_total = 0.0
        self.take_stock()
        self.start_total = self.latent_total

    def take_stock(self) -> None:
        """Work out ``levels[item]`` (latent, 1 to 5), their sum ``latent_total``, and ``to_be_practised[area]``.

        The last are the points of new structure that only count when practised.
        """
        adopted, areas = self.adopted, self.areas
        to_be_practised = [0.0] * AREAS
        levels = []
        total = 0.0
        for i in range(ITEMS):
            written, structure, area = self.written[i], self.structure[i], areas[i]
            level = rules.level(self.kept[i], written, structure, adopted[area], self.lift[i])
            levels.append(level)
            total += level
            to_be_practised[area] += written * (1.0 - structure)
        self.levels, self.latent_total, self.to_be_practised = levels, total, to_be_practised

    def room(self, i: int) -> float:
        """Return the points item ``i`` has left to its top."""
        return rules.room(self.kept[i], self.written[i], self.lift[i])

    def is_open(self, p: Parameters, i: int) -> bool:
        """Say whether item ``i`` has room enough to be worth an action."""
        return rules.worth_an_action(p, self.room(i))

    def work_on(self, p: Parameters, i: int, hours: float) -> float:
        """Put effective hours into item ``i``; return the points of the step that is finished, 0 if none is."""
        step = min(1.0, self.room(i))
        level = LOWEST_SCORE + self.kept[i] + self.written[i] + self.lift[i]
        needed = work.hours_for_step(p, level, step)
        self.progress[i] += hours
        if self.progress[i] < needed:
            return 0.0
        self.progress[i] -= needed
        self.written[i] += step
        return step

    def finish(self, i: int, step: float) -> tuple[float, float]:
        """Count a finished step; return the points of its area to be practised before it, and by it."""
        area = self.areas[i]
        before, new = self.to_be_practised[area], step * (1.0 - self.structure[i])
        self.to_be_practised[area] = before + new
        return before, new

    def drift(self, p: Parameters, attended: list[bool], left: float, purpose: float) -> None:
        """Let a week pass over all items: drift, what leavers take, spill-over."""
        for i in range(ITEMS):
            self.kept[i] = rules.kept_next(
                p, self.kept[i], self.structure[i], self.loss[i], attended[i], left
            )
            if self.written[i] > 0.0:
                self.written[i] = rules.written_next(self.written[i], self.loss_of_structure, attended[i])
            if purpose > 0.0 or self.lift[i] > 0.0:
                room = rules.room(self.kept[i], self.written[i], self.lift[i])
                self.lift[i] = rules.lift_next(p, self.lift[i], room, self.loss_of_practice, purpose)
        self.take_stock()

    def review(self, p: Parameters, luck: list[Block]) -> list[int]:
        """Score the items as reviewers would: level, the team's stable error, the occasion's, the item's."""
        occasion = rules.occasion_error(p, luck[ITEMS][0])
        common = (self.stable_error + occasion) / ITEMS
        return [
            rules.reviewed_score(self.levels[i], common + rules.item_error(p, luck[i][0]))
            for i in range(ITEMS)
        ]
