"""The page as one file with results computed beforehand: opens from disk, without Python and without a server."""

import base64
import hashlib
import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from tqdm import tqdm

from calibration import Draws
from experiments import wording
from experiments.app.drivers import ON_THE_WAY, on_the_way
from experiments.app.view import HEADLINES, basis, figures, headline, not_known, of_arm, recorded
from experiments.comparison import Comparison, compare
from experiments.experiment import NO_SIP, Experiment
from experiments.gathered import NUMBERS, Gathered
from experiments.levers import LEVERS, Lever, Option
from experiments.plots.differences import when
from experiments.plots.style import months
from experiments.plots.trajectory import QUANTILES
from experiments.result import Result
from experiments.scenario import Scenario
from model.outcomes import OUTCOMES
from model.sites import Site

Table = dict[str, Any]
MONTHS = 36.0
#: The grid: lever, its values as the page names them, and what they are called.
GRID: tuple[tuple[str, tuple[tuple[float | str, str], ...]], ...] = (
    ("months", ((12.0, "12 months"), (18.0, "18 months"), (24.0, "24 months"))),
    (
        "facilitation.placement",
        (
            ("embedded", "embedded in the team"),
            ("internal", "internal to the trust"),
            ("external", "external"),
        ),
    ),
    ("facilitation.hours_per_week", ((3.75, "half a day a week"), (7.5, "a day a week"))),
    ("leadership_support.boost", ((0.0, "as leaders show of themselves"), (0.3, "plainly visible"))),
)
PLACEMENTS = ("internal", "external", "embedded")  #: in the order of the presets
#: The page's modules, each after those it imports.
MODULES = (
    *("dom", "words", "state", "colours", "chart", "bars", "download", "controls", "predict", "compare"),
    *("people", "room", "watch", "months", "deciding", "ending", "play", "main", "grid"),
)
#: What stands in the lists of a pair, in order: the second less the first (``luck`` is half its Monte Carlo interval),
#: then how sure that is each way round.
SPREAD = ("mean", "low", "high", "chance_low", "chance_high", "luck")
SURE = ("p_positive", "p_over_3", "p_run_positive", "verdict", "over_3", "decided", "headline")
VERDICTS = ("no difference", "too few runs to say", *(word for word, _ in wording.SCALE))
GAINS = ("gain_12m", "gain_18m", "gain_24m", "gain_36m")


def experiment(
    draws: Draws, *, replicates: int, seed: int, teams: Sequence[int | Site], **options: Any
) -> Experiment:
    """Return the experiment whose result the file holds: every programme of the grid, and none."""
    return Experiment(
        [scenario for _, scenario in cells()],
        draws=draws,
        replicates=replicates,
        seed=seed,
        teams=teams,
        months=MONTHS,
        **options,
    )


def cells() -> Iterator[tuple[str, Scenario]]:
    """Yield each cell of the grid: its key, the values of its levers in order, and its scenario."""
    for chosen in itertools.product(*(values for _, values in GRID)):
        key = "_".join(f"{value:g}" if isinstance(value, float) else value for value, _ in chosen)
        yield key, _scenario(key, {name: value for (name, _), (value, _) in zip(GRID, chosen, strict=True)})


def _scenario(key: str, values: dict[str, float | str]) -> Scenario:
    settings = {
        f"programme.{name}": str(value)
        for name, value in values.items()
        if not (_lever(name).off and value == _lever(name).low)
    }
    return Scenario("core-12").with_set(settings).model_copy(update={"name": key, "title": key})


def _lever(name: str) -> Lever:
    return next(lever for lever in LEVERS if lever.key == name)


def write(result: Result, path: Path, *, progress: bool = False) -> Path:
    """Write the page with a result of ``experiment``; equal results give equal bytes."""
    data = json.dumps(_data(result, progress), separators=(",", ":"), allow_nan=False).replace("</", "<\\/")
    script, style = bundled(), _file("style.css")
    page = _file("index.html")
    page = re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: f"<style>{style}</style>", page)
    page = re.sub(
        r"<script[^>]*></script>",
        lambda _: f'<script type="application/json" id="grid">{data}</script>',
        page,
    )
    page = page.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{_policy(script, style)}')
    page = page.replace("</body>", f"<script>{script}</script>\n</body>")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _file(name: str) -> str:
    return files("experiments.app").joinpath("page", name).read_text(encoding="utf-8")


def _policy(script: str, style: str) -> str:
    """Return what the browser is to allow: this script, this style, nothing from anywhere."""

    def hashed(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    rules = f"default-src 'none'; script-src {hashed(script)}; style-src {hashed(style)}; img-src blob: data:"
    return f"<meta http-equiv=\"Content-Security-Policy\" content=\"{rules}; base-uri 'none'; form-action 'none'\">"


def bundled() -> str:
    """Return the page's modules as one script: browsers load no modules from disk."""
    return "\n".join(["'use strict';", *(_closed(name) for name in MODULES)])


def _closed(name: str) -> str:
    """Return a module as a function that is called at once and returns what the module exports."""
    text = _file(f"{name}.js")
    text = re.sub(
        r'^import (\{.*?\}) from "\./([a-z-]+)\.js";$', r"const \1 = module_\2;", text, flags=re.MULTILINE
    )
    exported = re.findall(r"^export (?:async )?(?:function|const) (\w+)", text, flags=re.MULTILINE)
    text = re.sub(r"^export ", "", text, flags=re.MULTILINE)
    return f"const module_{name} = (() => {{\n{text}\nreturn {{ {', '.join(exported)} }};\n}})();"


# -- what the file holds -------------------------------------------------------------------------------------------


def _data(result: Result, progress: bool) -> Table:
    """Return all the page reads: programmes by cell, pairs of cells, each for all teams and for single ones."""
    whose = {"six": result} | {str(k + 1): of_team(result, k) for k in range(len(result.teams))}
    whose = whose if len(result.teams) > 1 else {"six": result}
    names = [name for name in result.scenarios if name != NO_SIP]
    pairs = [*itertools.combinations(names, 2), *((NO_SIP, name) for name in names)]
    found: Table = {"about": _about(result), "made": _made(result), "arms": {}, "pairs": {}}
    for team, part in whose.items():
        left_out = () if team == "six" else ("mean", "teams")  # these stand with all teams
        found["arms"][team] = {name: _without(of_arm(part, name), left_out) for name in result.scenarios}
    for first, second in tqdm(pairs, unit="pair", disable=None if progress else True):
        found["pairs"][f"{first} {second}"] = {
            team: _pair(part, first, second, full=team == "six") for team, part in whose.items()
        }
    return found


def _without(table: Table, names: Sequence[str]) -> Table:
    return {key: value for key, value in table.items() if key not in names}


def of_team(result: Result, team: int) -> Result:
    """Return one team's part of a result, which is what it would be had the team been run alone."""
    whole = result.experiment
    alone = Experiment(
        whole.scenarios,
        draws=whole.draws,
        replicates=whole.replicates,
        seed=whole.seed,
        teams=whole.teams[team : team + 1],
        months=whole.months,
    )
    gathered = Gathered(alone)
    gathered.done, gathered.failed = result.gathered.done, result.gathered.failed
    for name in NUMBERS:
        setattr(gathered, name, getattr(result.gathered, name)[:, :, :, team : team + 1])
    return Result(alone, gathered, result.replicates)


def _pair(result: Result, first: str, second: str, *, full: bool) -> Table:
    """Return how the second differs from the first; lists as ``SPREAD`` and twice ``SURE`` name them."""
    gains = []
    for outcome in GAINS:
        there, back = (
            compare(result, outcome, one, against=other) for one, other in ((second, first), (first, second))
        )
        assert there is not None  # the run is long enough for all of them
        assert back is not None
        gains.append([*_spread(figures(there)), *_sure(there), *_sure(back)])
    wanted = full and NO_SIP not in (first, second)
    return {"gains": gains, "way": [_way(row) for row in on_the_way(result, second, first)] if wanted else []}


def _spread(found: Mapping[str, Any]) -> list[float]:
    ends = [*found["ci95"], *found["interval_chance"]]
    return [round(value, 2) for value in (found["mean"], *ends, found["mc95"][1] - found["mean"])]


def _sure(comparison: Comparison) -> list[float]:
    found = figures(comparison)
    words = [VERDICTS.index(found[name]) for name in ("verdict", "over_3")]
    chances = [round(found[name], 3) for name in ("p_positive", "p_over_3", "p_run_positive")]
    return [*chances, *words, int(comparison.decided), HEADLINES.index(headline(comparison))]


def _way(row: Mapping[str, Any]) -> list[Any]:
    return [row["outcome"], *(round(value, 4) for value in (row["mean"], *row["ci95"])), row["verdict"]]


def _about(result: Result) -> Table:
    """Return the controls of the grid, as ``levers.about`` does for the live page."""
    levers = []
    for name, values in GRID:
        options = tuple(Option(_key(value), label, value) for value, label in values)
        lever = _lever(name)
        text = lever.help if lever.unit or lever.options else ""  # a bare scale: the options say it in words
        levers.append(Lever(name, lever.label, text, "Programme", options).to_dict())
    several = len(result.teams) > 1
    together = f"the {len(result.teams)} teams together" if several else result.teams[0]
    single = [(str(k + 1), name) for k, name in enumerate(result.teams)] if several else []
    return {
        "levers": levers,
        "circumstances": [],
        "presets": [
            _preset(placement, float(months))
            for placement in PLACEMENTS
            for months, _ in dict(GRID)["months"]
        ],
        "teams": [("six", together), *single],
        "horizons": [int(MONTHS)],
        "draws": len(result.experiment.draws),
        "basis": f"{basis(result.experiment.draws)} {grid_in_words(result)}",
    }


def _preset(placement: str, months: float) -> Table:
    first = {name: _key(values[0][0]) for name, values in GRID}
    return {
        "name": f"{placement}-{months:g}",
        "title": f"{placement.capitalize()} facilitator, {months:g} months",
        "values": first | {"months": _key(months), "facilitation.placement": placement},
    }


def _key(value: float | str) -> str:
    return f"{value:g}" if isinstance(value, float) else value


def grid_in_words(result: Result) -> str:
    """Say what the file holds, and what not."""
    of = "; ".join(
        f"{_lever(name).label.lower()}: {', '.join(label for _, label in values)}" for name, values in GRID
    )
    runs = "1 run" if result.replicates == 1 else f"{result.replicates} runs"
    return (
        f"This file holds the {len(result.scenarios) - 1} programmes of a grid ({of}), all else as in the core "
        f"programme, computed beforehand to month {MONTHS:g} with {runs} of each draw. Other "
        "programmes, a team of one's own and single runs to watch need the live page: crtsip app."
    )


def _made(result: Result) -> Table:
    texts = {key: scenario.to_toml() for key, scenario in cells()}
    return {
        "draws": len(result.experiment.draws),
        "replicates": result.replicates,
        "seed": result.experiment.seed,
        "kind": result.experiment.draws.kind,
        "horizon": MONTHS,
        "months": [round(float(month), 2) for month in months(result)],
        "teams": result.teams,
        "numbers": [team if isinstance(team, int) else None for team in result.experiment.teams],
        "quantiles": QUANTILES,
        "recorded": recorded(result),
        "when": {outcome: when(result, outcome) for outcome in GAINS},
        "texts": texts,
        "open": not_known(result),
        "warnings": wording.banners(result),
        "assumptions": wording.assumptions(result),
        "not_for": wording.NOT_FOR,
        "outcomes": GAINS,
        "spread": SPREAD,
        "sure": SURE,
        "verdicts": VERDICTS,
        "headlines": HEADLINES,
        "meanings": {
            outcome.name: [outcome.meaning, outcome.unit]
            for outcome in OUTCOMES
            if outcome.name in ON_THE_WAY
        },
    }
