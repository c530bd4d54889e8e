"""The tape: a number stands at an address, whatever else happens."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.noise import PhiloxTape, StillTape, Stream
from model.parameters import Parameters
from model.rules import leadership, workforce
from model.rules.arithmetic import normal_quantile

WORD = 2**64
PLACES = st.tuples(
    st.sampled_from(list(Stream)),
    st.integers(0, 1_000_000),
    st.integers(0, 1_000_000),
    st.integers(0, 100),
    st.integers(0, 600),
)


def luck(seed: int, replicate: int) -> int:
    return int(np.random.SeedSequence([seed, replicate]).generate_state(1, np.uint64)[0])


def uniform(word: int) -> float:
    return ((word >> 11) + 0.5) / 2.0**53


def philox(counter: list[int], key: list[int]) -> list[int]:
    """Return a block of Philox 4x64-10 (Salmon et al 2011), written out."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        high0, low0 = divmod(c0 * 0xD2E7470EE14C6C93, WORD)
        high1, low1 = divmod(c2 * 0xCA5A826395121157, WORD)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + 0x9E3779B97F4A7C15) % WORD, (k1 + 0xBB67AE8584CAA73B) % WORD
    return [c0, c1, c2, c3]


@given(seed=st.integers(0, 2**32), replicate=st.integers(0, 10_000), place=PLACES)
def test_a_block_is_philox_at_its_address(
    seed: int, replicate: int, place: tuple[Stream, int, int, int, int]
) -> None:
    stream, network, team, seat, at = place
    key = [luck(seed, replicate), int(stream)]
    words = np.random.Philox(
        key=np.array(key, dtype=np.uint64), counter=[at, seat, team, network]
    ).random_raw(4)
    block = PhiloxTape(seed, replicate).block(stream, network, team, seat, at)
    assert block == [uniform(int(word)) for word in words]
    # NumPy raises the counter before it makes a block: an engine's own Philox starts one higher
    assert block == [uniform(word) for word in philox([at + 1, seat, team, network], key)]


@given(place=PLACES, count=st.integers(1, 30))
def test_a_longer_read_begins_with_the_shorter_one(
    place: tuple[Stream, int, int, int, int], count: int
) -> None:
    stream, network, team, seat, at = place
    tape = PhiloxTape(7)
    longer = tape.blocks(stream, network, team, seat, count + at % 20)
    assert longer[:count] == tape.blocks(stream, network, team, seat, count)
    assert longer[count - 1] == tape.block(stream, network, team, seat, count - 1)


@given(places=st.lists(PLACES, min_size=2, max_size=8))
def test_the_order_of_reading_changes_nothing(places: list[tuple[Stream, int, int, int, int]]) -> None:
    forwards, backwards = PhiloxTape(3), PhiloxTape(3)
    found = [forwards.block(*place) for place in places]
    assert found == [backwards.block(*place) for place in reversed(places)][::-1]


@given(place=PLACES, seed=st.integers(0, 2**63))
def test_a_number_lies_strictly_between_0_and_1(place: tuple[Stream, int, int, int, int], seed: int) -> None:
    assert all(0.0 < number < 1.0 for number in PhiloxTape(seed).block(*place))


@pytest.mark.parametrize("word", [0, 2**64 - 1])
def test_even_the_lowest_and_the_highest_word_can_be_used(word: int) -> None:
    """The highest of the 2**53 numbers rounds to 1 itself: rules have to bear it."""
    number = uniform(word)
    assert 0.0 < number <= 1.0
    assert math.isfinite(normal_quantile(number))
    assert leadership.weeks_without_manager(Parameters(), number) >= 1
    assert workforce.weeks_vacant(Parameters(), number) >= 1


@given(place=PLACES, field=st.integers(0, 4))
def test_neighbouring_addresses_hold_other_numbers(
    place: tuple[Stream, int, int, int, int], field: int
) -> None:
    stream, *numbers = place
    tape = PhiloxTape(11)
    if field == 4:
        other = (Stream(stream % len(Stream) + 1), *numbers)
    else:
        numbers[field] += 1
        other = (stream, *numbers)
    assert not set(tape.block(*place)) & set(tape.block(*other))


@given(seed=st.integers(0, 2**32), place=PLACES)
def test_seed_replicate_and_draw_each_give_other_luck(
    seed: int, place: tuple[Stream, int, int, int, int]
) -> None:
    tapes = [
        PhiloxTape(seed),
        PhiloxTape(seed + 1),
        PhiloxTape(seed, 1),
        PhiloxTape(seed, 0, 0),
        PhiloxTape(seed, 0, 1),
    ]
    numbers = {number for tape in tapes for number in tape.block(*place)}
    assert len(numbers) == 4 * len(tapes)


@settings(max_examples=5)
@given(stream=st.sampled_from(list(Stream)), seed=st.integers(0, 1000))
def test_numbers_are_uniform_and_the_four_of_a_block_unrelated(stream: Stream, seed: int) -> None:
    numbers = np.array(PhiloxTape(seed).blocks(stream, 0, 0, 0, 10_000))
    np.testing.assert_allclose(numbers.mean(axis=0), 0.5, atol=0.02)
    np.testing.assert_allclose(numbers.var(axis=0), 1 / 12, atol=0.004)
    assert np.abs(np.corrcoef(numbers.T) - np.eye(4)).max() < 0.06


def test_the_still_tape_holds_nothing_but_medians() -> None:
    still = StillTape()
    assert still.block(Stream.ITEM, 1, 2, 3, 4) == [0.5] * 4
    assert still.blocks(Stream.ITEM, 1, 2, 3, 6) == [[0.5] * 4] * 6


def test_streams_keep_their_numbers() -> None:
    """Append only: another number for a stream would change every run ever made."""
    first = [
        "SEAT_WEEK",
        "HIRE",
        "TEAM_WEEK",
        "EVENT_WEEK",
        "TRUST_WEEK",
        "MANAGER_HIRE",
        "ITEM",
        "REVIEW",
        "START",
    ]
    assert [Stream(k + 1).name for k in range(len(first))] == first
