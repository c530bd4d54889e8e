"""Behaviour changes only on purpose: probe runs give the outcomes they gave before."""

import importlib.util
import json
import math
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

REMAKE = (
    "The model behaves differently than the golden file says. If that is on purpose, remake it in the same commit "
    "(python tests/backtest/make_golden.py) and say in a line of CHANGELOG.md what changed, and why."
)


def _maker() -> ModuleType:
    """Load the script that makes the golden file, which stands beside this file."""
    specification = importlib.util.spec_from_file_location(
        "make_golden", Path(__file__).with_name("make_golden.py")
    )
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


maker = _maker()
golden = json.loads(maker.GOLDEN.read_text(encoding="utf-8"))
PROBES = [(preset, luck) for preset in maker.PRESETS for luck in maker.TAPES]


def changes(then: Mapping[str, float | None], now: Mapping[str, float | None]) -> list[str]:
    """Return the outcomes that differ by more than the rounding of another Python or machine."""
    found = []
    for name in sorted(then.keys() | now.keys()):
        was, is_now = then.get(name), now.get(name)
        both = was is not None and is_now is not None
        same = math.isclose(was, is_now, rel_tol=1e-9, abs_tol=1e-12) if both else was is is_now  # type: ignore[arg-type]
        if not same:
            found.append(f"{name}: {was!r} then, {is_now!r} now")
    return found


def test_the_golden_file_holds_the_probes_and_no_others() -> None:
    assert {(preset, luck) for preset, entry in golden.items() for luck in entry} == set(PROBES), REMAKE


@pytest.mark.parametrize(("preset", "luck"), PROBES)
def test_a_probe_gives_what_it_gave_before(preset: str, luck: str) -> None:
    found = changes(golden.get(preset, {}).get(luck, {}), maker.probed(preset, luck))
    assert found == [], f"{REMAKE}\n{preset}, {luck}:\n" + "\n".join(found)


def test_probes_tell_programmes_and_luck_apart() -> None:
    """A golden file whose entries were all alike could not show a change."""
    named = [
        preset for preset in maker.PRESETS if preset != "core-12"
    ]  # it draws one of the placements named
    assert len({json.dumps(golden[preset], sort_keys=True) for preset in named}) == len(named)
    for preset in maker.PRESETS:
        assert len({golden[preset][luck]["vacancy_mean"] for luck in maker.TAPES}) == len(maker.TAPES), preset


def test_a_change_beyond_rounding_is_seen() -> None:
    then = {"gain_end": 10.0, "scoping_month": None}
    assert changes(then, {"gain_end": 10.0 + 1e-9, "scoping_month": None}) == []
    assert changes(then, {"gain_end": 10.0 + 1e-7, "scoping_month": None}) != []
    assert changes(then, {"gain_end": 10.0, "scoping_month": 1.0}) != []
    assert changes(then, {"gain_end": 10.0}) == []
    assert changes(then, {"gain_end": 10.0, "cost": 1.0}) != []
