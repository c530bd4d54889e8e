"""A world that differs in one thing leaves everybody else's luck, and where nothing connects them their path."""

from collections import Counter

import numpy as np
import pytest
from drawing import parameters, programmes, sites
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import build, lived, only, path

from model import presets
from model.noise import Block, PhiloxTape, Stream
from model.parameters import Parameters
from model.programme.programme import Programme
from model.sites import Network, Site

Address = tuple[Stream, int, int, int, int]


class ListeningTape(PhiloxTape):
    """A tape that remembers what was read where."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.heard: Counter[Address] = Counter()
        self.numbers: dict[Address, Block] = {}

    def block(self, stream: Stream, network: int, team: int, seat: int, at: int) -> Block:
        found = super().block(stream, network, team, seat, at)
        self._remember((stream, network, team, seat, at), found)
        return found

    def blocks(self, stream: Stream, network: int, team: int, seat: int, count: int) -> list[Block]:
        found = super().blocks(stream, network, team, seat, count)
        for at, block in enumerate(found):
            self._remember((stream, network, team, seat, at), block)
        return found

    def array(self, stream: Stream, network: int, team: int, seat: int, count: int) -> np.ndarray:
        return np.array(self.blocks(stream, network, team, seat, count))

    def _remember(self, address: Address, block: Block) -> None:
        self.heard[address] += 1
        self.numbers[address] = block


@given(site=sites(), programme=programmes(), p=parameters(), seed=st.integers(0, 1000))
def test_two_runs_of_one_world_are_equal_to_the_last_bit(
    site: Site, programme: Programme, p: Parameters, seed: int
) -> None:
    first, second = (lived(site, programme, p, seed=seed, months=4) for _ in range(2))
    assert path(only(first)) == path(only(second))
    assert only(first).hours == only(second).hours


@given(site=sites(), programme=programmes(), p=parameters(), seed=st.integers(0, 1000))
@settings(max_examples=25)
def test_a_longer_run_begins_with_the_shorter_one(
    site: Site, programme: Programme, p: Parameters, seed: int
) -> None:
    shorter = lived(site, programme, p, seed=seed, months=3)
    longer = lived(site, programme, p, seed=seed, months=5)
    assert len(only(longer).weeks) > len(only(shorter).weeks)
    assert path(only(longer), len(only(shorter).weeks)) == path(only(shorter))


def test_watching_a_run_does_not_change_it() -> None:
    watched = build(Site(), "core-12", log=True)
    watched.collecting = True
    assert path(only(watched.run())) == path(only(lived(Site(), "core-12")))


@pytest.mark.parametrize("preset", ["core-12", "no-sip"])
def test_one_more_seat_leaves_the_others_their_luck(preset: str) -> None:
    tapes = []
    for posts in (20, 21):
        tape = ListeningTape(5)
        lived(Site(posts=posts), preset, tape=tape)
        tapes.append(tape.numbers)
    smaller, larger = tapes
    luck_of_seats = {
        place: block for place, block in smaller.items() if place[0] in (Stream.SEAT_WEEK, Stream.HIRE)
    }
    assert {place[3] for place in luck_of_seats} == set(range(20))
    everybody_else = [place for place in larger if place not in smaller]
    # who leaves may differ, so a seat may read further ahead: never other numbers at the same address
    assert any(place[0] == Stream.SEAT_WEEK and place[3] == 20 for place in everybody_else)
    assert all(larger[place] == block for place, block in smaller.items() if place in larger)
    assert all(place in larger for place in luck_of_seats if place[0] == Stream.SEAT_WEEK)


@given(one=sites(), other=sites(), programme=programmes(), p=parameters(), seed=st.integers(0, 100))
@settings(max_examples=25)
def test_one_more_team_in_a_network_leaves_unconnected_teams_their_path(
    one: Site, other: Site, programme: Programme, p: Parameters, seed: int
) -> None:
    one = one.model_copy(update={"name": "one", "number": 3, "trust": 1, "facilitator": 1})
    other = other.model_copy(update={"name": "other", "number": 8, "trust": 2, "facilitator": 2})
    alone = lived(Network(sites=(one,), number=4), programme, p, seed=seed, months=3)
    both = lived(Network(sites=(other, one), number=4), programme, p, seed=seed, months=3)
    assert path(both.records["one"]) == path(alone.records["one"])


def test_a_team_alone_is_that_team_of_the_full_run() -> None:
    """``--team 3`` gives exactly team 3: a network of one carries its team's number."""
    site = Site(name="three", number=3)
    named = lived(Network(sites=(site,), number=3), "core-12")
    assert path(only(lived(site, "core-12"))) == path(only(named))


def test_teams_of_one_network_have_luck_of_their_own() -> None:
    network = Network(sites=tuple(Site(name=f"team {k}", number=k, trust=k, facilitator=k) for k in range(3)))
    model = lived(network, "core-12")
    paths = [tuple(map(tuple, path(record))) for record in model.records.values()]
    assert len(set(paths)) == 3


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("preset", ["core-12", "high-turnover", "readiness-first", "top-up-training"])
def test_a_team_week_takes_at_most_150_numbers(preset: str, seed: int) -> None:
    tape = ListeningTape(seed)
    model = lived(Site(posts=21, turnover=2.0), presets.programme(preset), months=12, tape=tape)
    assert 4 * sum(tape.heard.values()) / model.weeks <= 150


def test_nobody_reads_the_luck_of_an_address_for_two_purposes() -> None:
    """Each block is fetched by one reader: seats, teams, trusts and reviews never share an address."""
    tape = ListeningTape(2)
    lived(Site(posts=21), "core-12", tape=tape)
    twice = {place[0] for place, times in tape.heard.items() if times > 1}
    # the item's level and liking, and the team's placement and baseline, are different words of one block
    assert twice <= {Stream.ITEM, Stream.START, Stream.HIRE, Stream.MANAGER_HIRE}
