"""Times that can be compared on a machine whose speed wanders: many short runs, turn about.

A section runs all its jobs in turns, so that whatever slows the machine slows them alike. Of each job's times the
shortest stands: nothing makes a program faster than it is.
"""

import time
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

Job = Callable[[], float]
Name = TypeVar("Name", bound=Hashable)


def clocked(work: Callable[[], object], clock: Callable[[], float] = time.thread_time) -> Job:
    """Return a job that does some work and tells the seconds it took.

    They are the processor's seconds for this thread, so that nothing counts which the machine does meanwhile; give
    ``time.perf_counter`` where several threads work, or files are written.
    """

    def job() -> float:
        started = clock()
        work()
        return clock() - started

    return job


def in_turns(jobs: Mapping[Name, Job], turns: int) -> dict[Name, float]:
    """Run all jobs in turns, after one turn that does not count; return the shortest seconds of each."""
    for job in jobs.values():
        job()
    shortest = dict.fromkeys(jobs, float("inf"))
    for _ in range(turns):
        for name, job in jobs.items():
            shortest[name] = min(shortest[name], job())
    return shortest
