"""The desk gives the command line's numbers, runs nothing twice, and lets go of what is no longer asked."""

import asyncio
import math
from collections.abc import Hashable
from threading import Event

import numpy as np
import pytest
from results import PATIENCE

from calibration import posterior
from experiments import Experiment
from experiments.app import desk as desks
from experiments.app.choices import OPENING, read
from experiments.app.desk import FIRST_DRAWS, Answer, BusyError, Desk, Question
from experiments.app.view import view
from experiments.blocks import Block, BlockResult
from experiments.summary import differences

ASKED = {"session": "testtest1", "a": {"preset": "internal-12"}, "b": {"preset": "external-12"}, "team": "3"}
QUESTION = read(ASKED).question()


def small(patience: float = 0.0) -> Desk:
    return Desk(posterior(64), replicates=2, patience=patience)


async def gathered(desk: Desk, question: Question) -> list[Answer]:
    return [answer async for answer in desk.answers(question)]


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    return asyncio.run(gathered(small(), QUESTION))


def sizes(answers: list[Answer]) -> list[tuple[int, int, bool]]:
    return [(len(a.result.experiment.draws), a.result.replicates, a.last) for a in answers]


STAGES = [(60, 1, False), (64, 1, False), (64, 2, True)]


def test_answers_get_better_and_the_last_says_so(answers: list[Answer]) -> None:
    """A stage is left out where the next one is known by then, which a busy machine decides."""
    assert sizes(answers) == [size for size in STAGES if size in sizes(answers)]
    assert sizes(answers)[-1] == STAGES[-1]


def test_a_first_look_is_shown_while_the_rest_is_not_known() -> None:
    desk, looked = small(), Event()
    run = desk._run

    def waiting(experiment: Experiment, block: Block, key: Hashable) -> BlockResult:
        assert block.last <= FIRST_DRAWS or looked.wait(PATIENCE)
        return run(experiment, block, key)

    async def look() -> list[Answer]:
        found = []
        async for answer in desk.answers(QUESTION):
            found.append(answer)
            looked.set()
        return found

    desk._run = waiting  # type: ignore[method-assign]
    assert sizes(asyncio.run(look()))[0] == STAGES[0]


def test_what_a_better_answer_is_soon_to_replace_is_not_shown() -> None:
    assert [answer.last for answer in asyncio.run(gathered(small(patience=math.inf), QUESTION))] == [True]


def test_a_programme_compared_with_itself_runs_once() -> None:
    ran, answers = ran_for_the_last(read({**ASKED, "b": ASKED["a"]}).question())
    assert {block.scenario for block in ran} == {0, 2}
    a, b, _ = answers[-1].result.outcomes
    assert np.array_equal(a, b, equal_nan=True)


def test_the_last_answer_has_the_numbers_of_an_experiment(answers: list[Answer]) -> None:
    result = Experiment(QUESTION.scenarios, draws=posterior(64), replicates=2, teams=[3], months=24.0).run()
    assert np.array_equal(answers[-1].result.outcomes, result.outcomes, equal_nan=True)
    assert np.array_equal(answers[-1].result.series, result.series)
    shown = view(answers[-1].result, last=True)["differences"]
    kept = differences(result)
    assert [{key: one[key] for key in kept[0].to_dict()} for one in shown] == [c.to_dict() for c in kept]


def counted(desk: Desk) -> list[Block]:
    run, ran = desk._run, []

    def counting(experiment: Experiment, block: Block, key: Hashable) -> BlockResult:
        ran.append(block)
        return run(experiment, block, key)

    desk._run = counting  # type: ignore[method-assign]
    return ran


def ran_for_the_last(*questions: Question) -> tuple[list[Block], list[Answer]]:
    """Ask one after the other; return the blocks run for the last, and its answers."""
    desk = small()
    ran = counted(desk)

    async def one_by_one() -> list[Answer]:
        for question in questions:
            ran.clear()
            found = await gathered(desk, question)
        return found

    return ran, asyncio.run(one_by_one())


def test_one_lever_of_one_programme_runs_that_programme_alone() -> None:
    changed = read({**ASKED, "b": {"preset": "external-12", "values": {"facilitation.hours_per_week": 7.5}}})
    every, _ = ran_for_the_last(QUESTION)
    ran, _ = ran_for_the_last(QUESTION, changed.question())
    assert len({block.scenario for block in ran}) == 1
    assert 3 * len(ran) == len(every)


def test_the_same_question_again_runs_nothing_and_is_answered_at_once() -> None:
    ran, answers = ran_for_the_last(QUESTION, QUESTION)
    assert [answer.last for answer in answers] == [True]
    assert ran == []


def test_a_question_dropped_stops_running() -> None:
    desk = Desk(posterior(60), replicates=50, workers=1)
    ran = counted(desk)

    async def dropped() -> None:
        task = asyncio.create_task(gathered(desk, QUESTION))
        while len(ran) < 2 and not task.done():
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(dropped())
    assert desk.asked == 0
    assert len(ran) < 20 < 50 * 9


def test_too_many_questions_are_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "MOST_QUESTIONS", 0)
    with pytest.raises(BusyError):
        asyncio.run(gathered(small(), QUESTION))


def test_what_is_kept_is_bounded() -> None:
    desk = small()
    desk.kept.limit = 1
    asyncio.run(gathered(desk, QUESTION))
    assert len(desk.kept._found) == 1


def test_the_desk_is_warm_for_what_the_page_asks_first() -> None:
    desk = Desk(posterior(3), replicates=1)
    desk.warm(OPENING.question(), lambda note: None)
    ran = counted(desk)
    asyncio.run(gathered(desk, OPENING.question()))
    assert ran == []
