"""Validate the model: every pattern under prior and shipped draws, with effects and verdicts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from calibration import Draws
from experiments.validation.declarations import Arm, Measure, Pattern, unit_of
from experiments.validation.judging import Finding, Left, judged, left_of, without
from experiments.validation.patterns import NOT_TESTED, declarations_hash
from experiments.validation.running import Plan, Request, requested, run_arms

DRAWS_WITHOUT = 20  #: draws for which implied effects are run with their mechanism off


@dataclass(frozen=True)
class Judged:
    """A pattern with what was found under the prior and under the shipped draws."""

    pattern: Pattern
    before: Finding
    after: Finding
    left: Left | None

    @property
    def verdict(self) -> str:
        """Return the verdict under the shipped draws; an implied effect that does not vanish has not held."""
        return "not held" if self.left is not None and not self.left.vanished else self.after.verdict

    @property
    def found(self) -> str:
        """Say in words what the verdict comes to."""
        if self.left is not None and not self.left.vanished:
            return "the effect does not vanish without its mechanism"
        if self.pattern.expected is not None:
            return f"{self.verdict}: P = {self.after.probability:.2f}"
        return f"no sign was expected; {self.word}, P(> 0) = {self.after.p_positive:.2f}"

    @property
    def word(self) -> str:
        """Return the verdict, or, where no sign was expected, the sign that was found."""
        if self.pattern.expected is not None:
            return self.verdict
        return {"held": "positive", "not held": "not positive"}.get(self.verdict, self.verdict)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it for JSON."""
        pattern, expected = self.pattern, self.pattern.expected
        return {
            "id": pattern.id,
            "number": pattern.number,
            "title": pattern.title,
            "kind": pattern.kind,
            "counts_as_validation": pattern.counts_as_validation,
            "statement": pattern.statement,
            "mechanisms": list(pattern.mechanisms),
            "passage": pattern.passage,
            "source": pattern.source,
            "compared": pattern.compared,
            "unit": unit_of(pattern.effect),
            "expected": str(expected) if expected is not None else None,
            "reason": expected.reason if expected is not None else None,
            **self.after.to_dict(),
            "verdict": self.verdict,
            "found": self.found,
            "prior": self.before.to_dict(),
            "without_mechanism": self.left.to_dict() if self.left is not None else None,
        }


@dataclass(frozen=True)
class Validation:
    """All that was found, and under what."""

    judged: tuple[Judged, ...]
    draws: Draws
    plan: Plan

    def to_dict(self) -> dict[str, Any]:
        """Return the report for JSON."""
        from calibration.shipped import identified, left_out
        from experiments.provenance import program

        numbers = {each.pattern.number for each in self.judged}
        return {
            "patterns": [each.to_dict() for each in self.judged],
            "loto": left_out(),
            "identifiability": identified(),
            "not_tested": [entry.__dict__ for entry in NOT_TESTED if entry.number in numbers],
            "draws": {"kind": self.draws.kind, "count": len(self.draws)},
            "replicates": self.plan.replicates,
            "seed": self.plan.seed,
            "set": dict(self.plan.values),
            "declarations": declarations_hash(),
            "provenance": program(),
        }


def validate(
    patterns: Sequence[Pattern], draws: Draws, before: Draws, plan: Plan, *, progress: bool = False
) -> Validation:
    """Run patterns under the shipped draws and under the prior, ``before``, and judge them."""
    needs = requested(_needs(patterns))
    prior_values = run_arms(needs, before, plan, progress=progress)
    values = run_arms(needs, draws, plan, progress=progress)
    implied = [pattern for pattern in patterns if pattern.vanishes is not None]
    off = _without(implied)
    some = draws.first(min(DRAWS_WITHOUT, len(draws)))
    left_values = run_arms(off, some, plan, progress=progress) if off else {}
    return Validation(
        tuple(
            Judged(
                pattern,
                judged(pattern, prior_values),
                judged(pattern, values),
                left_of(pattern, left_values) if pattern.vanishes is not None else None,
            )
            for pattern in patterns
        ),
        draws,
        plan,
    )


def _without(implied: Sequence[Pattern]) -> dict[str, Request]:
    return requested(_needs([without(pattern) for pattern in implied]))


def _needs(patterns: Sequence[Pattern]) -> Iterator[tuple[Arm, Measure]]:
    for pattern in patterns:
        for effect in pattern.effects:
            for name, measure in effect.needs:
                yield pattern.arms[name], measure
