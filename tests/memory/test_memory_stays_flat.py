"""Runs leave nothing behind: Mesa 3.3 would keep every model alive through its table of agent numbers."""

import gc
import tracemalloc
import weakref

import mesa
import pytest
from worlds import build, lived

from model import Site


def test_a_finished_run_is_forgotten() -> None:
    model = lived(Site(posts=4), "core-12", months=1)
    seen = weakref.ref(model)
    assert model not in getattr(mesa.Agent, "_ids", {})
    del model
    gc.collect()
    assert seen() is None


def test_a_run_given_up_halfway_can_be_released() -> None:
    model = build(Site(posts=4), "core-12")
    model.step()
    model.release()
    model.release()  # twice does no harm
    seen = weakref.ref(model)
    del model
    gc.collect()
    assert seen() is None


@pytest.mark.slow
def test_memory_stays_flat_over_two_thousand_runs() -> None:
    def live(count: int) -> int:
        for seed in range(count):
            lived(Site(posts=4), "core-12", months=1, seed=seed)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        early = live(200)
        late = live(1800)
    finally:
        tracemalloc.stop()
    assert late - early < 1_000_000, f"{(late - early) / 1800:.0f} bytes stay behind a run"
