"""Chance by address: the noise tape.

A number's address is (seed, replicate, stream; network, team, seat, week). Nothing that happens in a run can change
what stands at an address, so two programmes with one seed meet the same luck, a longer run begins like the shorter
one, and one more team, seat or stream leaves the others' luck as it was. Addressing is NumPy's own ``Philox``: the
key holds seed, replicate and stream, the counter holds the place. A block of four uniform numbers stands at each
address.
"""

from enum import IntEnum
from typing import Any, Protocol

import numpy as np

Block = list[float]
Uniforms = tuple[float, float, float, float]


class Stream(IntEnum):
    """One stream for each kind of decision; append only, never renumber."""

    SEAT_WEEK = 1  #: absence, leaving, shift, attendance
    HIRE = 2  #: weeks the post was empty (or empty at the start), disposition, influence, length of a first vacancy
    TEAM_WEEK = 3  #: demand, visit lost, manager leaves, peers met
    EVENT_WEEK = 4  #: review, scoping day, meeting, top-up training held
    TRUST_WEEK = 5  #: shock, size, leader leaves, new leader's support
    MANAGER_HIRE = 6  #: weeks the post was empty, stance, engagement, style
    ITEM = 7  #: level at the start, liking, baseline error, (spare)
    REVIEW = 8  #: item's error (seat 0-38); occasion's error (seat 39)
    START = 9  #: placement, stable review error, baseline occasion error, true total


def block_of(luck: int, stream: int, network: int, team: int, seat: int, at: int) -> Uniforms:
    """Return the four numbers at an address of the tape whose key is ``luck``."""
    key, counter = np.array([luck, stream], np.uint64), np.array([at, seat, team, network], np.uint64)
    bits = np.random.Philox(key=key, counter=counter).random_raw(4) >> np.uint64(11)
    one, two, three, four = ((bits.astype(np.float64) + 0.5) / 2.0**53).tolist()
    return one, two, three, four


class Tape(Protocol):
    """What the model reads its luck from."""

    def block(self, stream: Stream, network: int, team: int, seat: int, at: int) -> Block:
        """Return the four numbers at one address."""
        ...

    def blocks(self, stream: Stream, network: int, team: int, seat: int, count: int) -> list[Block]:
        """Return the blocks at 0, 1, ... ``count`` - 1 (weeks, or numbers of hires) of one seat."""
        ...

    def array(self, stream: Stream, network: int, team: int, seat: int, count: int) -> np.ndarray:
        """Return the same blocks as an array ``[place, word]``."""
        ...


class PhiloxTape:
    """The tape of one replicate.

    Parameters
    ----------
    seed, replicate
        Non-negative whole numbers; replicate r has the luck (seed, r), common to all scenarios and draws.
    draw
        Given only where every draw should have fresh luck (banks of simulations for calibration).
    """

    def __init__(self, seed: int, replicate: int = 0, draw: int | None = None) -> None:
        entropy = (
            [seed, replicate] if draw is None else [seed, replicate, 1 + draw]
        )  # a 0 more is no other entropy
        self._generators: dict[Stream, np.random.Philox] = {}
        self._states: dict[Stream, Any] = {}
        self.luck = int(np.random.SeedSequence(entropy).generate_state(1, np.uint64)[0])

    def block(self, stream: Stream, network: int, team: int, seat: int, at: int) -> Block:
        """Return the four numbers at one address."""
        found: Block = self._read(stream, network, team, seat, at, 1)[0].tolist()
        return found

    def blocks(self, stream: Stream, network: int, team: int, seat: int, count: int) -> list[Block]:
        """Return the blocks at 0, 1, ... ``count`` - 1 of one seat."""
        found: list[Block] = self._read(stream, network, team, seat, 0, count).tolist()
        return found

    def array(self, stream: Stream, network: int, team: int, seat: int, count: int) -> np.ndarray:
        """Return the same blocks as an array ``[place, word]``."""
        return self._read(stream, network, team, seat, 0, count)

    def _read(self, stream: Stream, network: int, team: int, seat: int, at: int, count: int) -> np.ndarray:
        # NumPy raises the counter before the first block: what stands at place k is Philox of counter k + 1.
        state = self._states.get(stream)
        if state is None:
            self._generators[stream] = np.random.Philox(key=np.array([self.luck, stream], dtype=np.uint64))
            state = self._states[stream] = self._generators[stream].state
        state["state"]["counter"][:] = (at, seat, team, network)
        generator = self._generators[stream]
        generator.state = state
        bits = generator.random_raw(4 * count).reshape(count, 4) >> np.uint64(11)
        return (bits.astype(np.float64) + 0.5) / 2.0**53


class StillTape:
    """A tape without luck: every number is the median, 0.5.

    Items of a subscale then start alike and cross a step together, so a reviewed baseline is met only nearly.
    """

    def block(self, stream: Stream, network: int, team: int, seat: int, at: int) -> Block:
        """Return four medians."""
        return [0.5, 0.5, 0.5, 0.5]

    def blocks(self, stream: Stream, network: int, team: int, seat: int, count: int) -> list[Block]:
        """Return ``count`` blocks of medians."""
        return [[0.5, 0.5, 0.5, 0.5] for _ in range(count)]

    def array(self, stream: Stream, network: int, team: int, seat: int, count: int) -> np.ndarray:
        """Return ``count`` blocks of medians as an array."""
        return np.full((count, 4), 0.5)
