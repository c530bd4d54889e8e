"""Predict first: what somebody expected of an experiment before its results were shown, and what they made of them."""

import json
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from experiments import wording
from experiments.comparison import compare
from experiments.errors import InputError, did_you_mean, read_text, refusal
from experiments.experiment import Experiment
from experiments.plots.differences import horizons, when
from experiments.plots.style import labels
from experiments.provenance import log_line
from experiments.result import Result
from experiments.store.files import append_line, write_bytes
from model.sites import Described

NAME = "prediction.toml"
BEFORE = ("question", "hypothesis", "direction")  #: stated before results are shown
AFTER = ("findings", "decision")  #: noted after
WORDS = ("above", "below", "like")


class Prediction(Described):
    """The question, what was expected of it and why, what was found, and what was decided; all in the user's words.

    ``direction`` alone is read by the program: ``A above B``, ``A below B`` or ``A like B``, of two scenarios.
    ``experiment`` is the fingerprint of the experiment it is about.
    """

    experiment: str
    question: str = ""
    hypothesis: str = ""
    direction: str = ""
    findings: str = ""
    decision: str = ""

    def to_toml(self) -> str:
        """Return it as the text of a ``prediction.toml``."""
        return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in self if value)


class Direction(NamedTuple):
    """Which way a difference was expected to go."""

    scenario: str
    word: str
    against: str


def direction(text: str, experiment: Experiment) -> Direction:
    """Read a direction: two of the experiment's scenarios with ``above``, ``below`` or ``like`` between them.

    Raises
    ------
    InputError
        If it is of another form, or names a scenario that is not there.
    """
    names = [scenario.name for scenario in experiment.scenarios]
    match = re.fullmatch(rf"\s*(.+?)\s+({'|'.join(WORDS)})\s+(.+?)\s*", text)
    if match is None:
        raise InputError(
            f"direction '{text}': write two scenarios with above, below or like between them, as in "
            f"'{names[0]} above {names[-1]}'."
        )
    found = Direction(*match.groups())
    for name in (found.scenario, found.against):
        if name not in names:
            raise InputError(
                f"direction '{text}': there is no scenario '{name}' here, there are {', '.join(names)}."
                f"{did_you_mean(name, names)}"
            )
    if found.scenario == found.against:
        raise InputError(f"direction '{text}': name two different scenarios of {', '.join(names)}.")
    return found


def read_prediction(folder: Path, experiment: Experiment) -> Prediction | None:
    """Return the prediction that stands in a result's directory, or nothing.

    Raises
    ------
    InputError
        If it is not valid, or is about another experiment.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    text = read_text(path, "prediction")
    try:
        found = Prediction.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not valid TOML: {error}.") from None
    except ValidationError as error:
        raise refusal(error, str(path), text, {"": list(Prediction.model_fields)}) from None
    if found.experiment != experiment.fingerprint():
        raise InputError(
            f"{path} is about another experiment ({found.experiment}) than the result beside it "
            f"({experiment.fingerprint()}). Move it elsewhere."
        )
    return found


def note_prediction(folder: Path, experiment: Experiment, **said: str | None) -> Prediction | None:
    """Lay what is said over the prediction in a result's directory, write it and return it; nothing if there is none.

    What was expected is fixed once findings or a decision are noted. The result's log tells when each was said.

    Raises
    ------
    InputError
        If what was expected would change afterwards, or a direction cannot be read.
    """
    before = read_prediction(folder, experiment)
    new = {name: text for name, text in said.items() if text is not None}
    if not new:
        return before
    prediction = (before or Prediction(experiment=experiment.fingerprint())).model_copy(update=new)
    _check(before, prediction, experiment)
    write_bytes(folder / NAME, prediction.to_toml().encode())
    append_line(folder / "log.jsonl", log_line(event="prediction", said=sorted(new)))
    return prediction


def _check(before: Prediction | None, now: Prediction, experiment: Experiment) -> None:
    if now.direction:
        direction(now.direction, experiment)
    if (now.findings or now.decision) and not now.hypothesis:
        raise InputError("Findings and decision come after a hypothesis: state one with --hypothesis first.")
    if before is not None and (before.findings or before.decision):
        changed = [name for name in BEFORE if getattr(before, name) != getattr(now, name)]
        if changed:
            raise InputError(
                f"--{changed[0]}: findings are noted already, and what was expected is fixed since. "
                f"It reads: {getattr(before, changed[0]) or 'nothing'}."
            )


def borne_out(result: Result, prediction: Prediction) -> str:
    """Say what a result makes of the direction that was expected; nothing where none was."""
    if not prediction.direction:
        return ""
    expected = direction(prediction.direction, result.experiment)
    outcome, titles = horizons(result)[0], labels(result)
    found = compare(result, outcome, expected.scenario, against=expected.against)
    if found is None:
        return "The run is too short to tell."
    said = (
        f"At {when(result, outcome)} “{titles[expected.scenario]}” less “{titles[expected.against]}” is "
        f"{wording.effect(result, found)}"
    )
    if found.equal or not found.told_apart:
        return f"{said}: {wording.verdict(found)}."
    p = found.p_positive
    if expected.word == "like":
        return f"{said}; above nothing in a share of {p:.2f} of draws. No sign was expected."
    p = p if expected.word == "above" else 1.0 - p
    word = wording.rated(p, len(found.estimate.by_draw))
    return f"{said}; that it is {expected.word} nothing, as expected, is {word} (probability {p:.2f})."
