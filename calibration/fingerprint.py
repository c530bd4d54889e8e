"""The behaviour fingerprint: what draws of the parameters rest on, so that they are known to be stale.

It is tied to what the model does, not to bytes of files. Its parts, each with a short hash:

- ``behaviour``: outcomes of probe runs (``calibration.probes``), to 9 significant digits;
- ``parameters``: name, default and prior of every declared parameter;
- ``teams``: the six teams' data and the coding key as parsed, without what is words alone;
- ``settings``: what the likelihood or the sampling was told.

Names are part of it: a new parameter changes ``parameters`` (draws made before have no column for it), and nothing else
as long as its default is neutral. So do a new lever, state or outcome with a neutral default change nothing at all.

A value on the edge of its ninth digit may be rounded otherwise on another machine, and the hash is then another. With
two thousand values that differ by 1e-14 of themselves this happens on a few machines in a thousand. So the hash is a
name; whether behaviour has changed is told by the values (``differences``), where a step of the ninth digit is none.
"""

import hashlib
import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from model.parameters import Parameters, declared

DIGITS = 9
NEGLIGIBLE = 1e-9  #: in any unit; a difference of sums may leave a trace of rounding where it is nought
ONE_STEP = 1.1 * 10.0 ** (
    1 - DIGITS
)  #: of the ninth digit: at most this share of the value, and a little more
SHOWN = 3  #: differences that are told; the others are counted
#: Keys of the teams' data that hold words for people, which no run and no likelihood reads.
WORDS = frozenset(
    {"phrase", "source", "also", "note", "reason", "meaning", "remark", "finding", "printed_label"}
)

Basis = Mapping[str, Mapping[str, Any]]  #: what is hashed, by part and entry


@dataclass(frozen=True)
class Fingerprint:
    """Hashes of the parts, and what was hashed (so that a difference can be told in words)."""

    behaviour: str
    parameters: str
    teams: str
    settings: str
    basis: Basis

    def hashes(self) -> dict[str, str]:
        """Return the hash of each part by its name."""
        return {part: getattr(self, part) for part in ("behaviour", "parameters", "teams", "settings")}


def fingerprint(settings: Mapping[str, Any] | None = None) -> Fingerprint:
    """Take the fingerprint of the model as it is, with the settings of a likelihood. Runs the probes."""
    basis = {
        "behaviour": canonical(_behaviour()),
        **cheap_basis(),
        "settings": canonical(dict(settings or {})),
    }
    return Fingerprint(**{part: hash_of(entries) for part, entries in basis.items()}, basis=basis)


def cheap_basis() -> dict[str, Any]:
    """Return what the parts rest on that need no run: parameters and teams. It takes milliseconds."""
    return {"parameters": canonical(_parameters()), "teams": canonical(_teams())}


def hash_of(entries: object) -> str:
    """Return the short hash of something in its canonical form."""
    text = json.dumps(canonical(entries), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def canonical(value: Any) -> Any:
    """Return plain lists, tables and numbers of 9 significant digits; whole numbers whole, NaN as nothing."""
    if isinstance(value, Mapping):
        return {str(key): canonical(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(entry) for entry in value]
    if isinstance(value, bool | str) or value is None:
        return value
    return _rounded(float(value))


def _rounded(number: float) -> float | None:
    if math.isnan(number):
        return None
    rounded = 0.0 if abs(number) < NEGLIGIBLE else float(f"{number:.{DIGITS}g}")
    return int(rounded) if rounded.is_integer() else rounded


# -- what the parts rest on ----------------------------------------------------------------------------------


def _behaviour() -> dict[str, Any]:
    from calibration.probes import WATCHED, behaviour

    return {"outcomes": WATCHED, **behaviour()}


def _parameters() -> dict[str, list[object]]:
    """Return default, and family and bounds of the prior where there is one, by name."""
    defaults = Parameters._field_defaults
    priors = {name: entry.prior for name, entry in declared().items()}
    return {
        name: [defaults[name], *([] if prior is None else [prior.family, prior.low, prior.high])]
        for name, prior in priors.items()
    }


def _teams() -> dict[str, str]:
    """Return a hash of each team's record, and of each other table of the data."""
    found: dict[str, str] = {}
    folder = files("calibration").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            table = without_words(tomllib.loads(file.read_text(encoding="utf-8")))
            for key, content in table.items():
                found |= _hashes(f"{file.name}: {key}", content)
    return found


def _hashes(name: str, content: Any) -> dict[str, str]:
    numbered = isinstance(content, list) and all(isinstance(entry, Mapping) for entry in content)
    if not numbered:
        return {name: hash_of(content)}
    return {f"{name} {entry.get('number', k + 1)}": hash_of(entry) for k, entry in enumerate(content)}


def without_words(content: Any) -> Any:
    """Return parsed data without the entries that are words for people."""
    if isinstance(content, Mapping):
        return {key: without_words(entry) for key, entry in content.items() if key not in WORDS}
    return [without_words(entry) for entry in content] if isinstance(content, list) else content


# -- differences in words ------------------------------------------------------------------------------------


def differences(then: Basis, now: Basis) -> list[str]:
    """Return in words what differs between two bases, for the parts that ``now`` has."""
    found = []
    for part, telling in _TOLD.items():
        if part in now:
            sentences = list(telling(then.get(part, {}), now[part]))
            more = len(sentences) - SHOWN
            found += sentences[:SHOWN] + ([f"{more} more differences of {part}"] if more > 0 else [])
    return found


def _behaves_otherwise(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield each run with its first outcome that differs."""
    for run in (key for key in now if key != "outcomes"):
        before = dict(zip(then.get("outcomes", []), then.get(run, []), strict=False))
        for name, value in zip(now["outcomes"], now[run], strict=True):
            was = before.get(name)
            if not _same(was, value):
                yield f"the model behaves otherwise: probe {run}, {name} {_told(was)} then, {_told(value)} now"
                break


def _same(then: float | None, now: float | None) -> bool:
    if then is None or now is None:
        return then is now
    return math.isclose(then, now, rel_tol=ONE_STEP, abs_tol=NEGLIGIBLE)


def _told(value: float | None) -> str:
    return "none" if value is None else f"{value:.{DIGITS}g}"


def _parameters_differ(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(then.keys() | now.keys()):
        was, is_now = then.get(name), now.get(name)
        if was is None or is_now is None:
            yield f"parameter {name} is {'new' if was is None else 'gone'}"
        elif was != is_now:
            yield f"parameter {name}: {_declaration(was)} then, {_declaration(is_now)} now"


def _declaration(entry: list[Any]) -> str:
    return f"{entry[0]:g}" + (f" {entry[1]}({entry[2]:g}, {entry[3]:g})" if len(entry) > 1 else "")


def _teams_differ(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            yield f"the teams' data differ: {name}"


def _settings_differ(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            yield f"setting {name}: {then.get(name, 'none')} then, {now.get(name, 'none')} now"


_TOLD = {
    "parameters": _parameters_differ,
    "teams": _teams_differ,
    "settings": _settings_differ,
    "behaviour": _behaves_otherwise,
}
