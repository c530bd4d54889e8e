"""Two questions at the size people ask them, and the time each is to take on two processors that do nothing else."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.report import Cell, Table
from calibration import posterior
from experiments import Experiment, Scenario
from experiments.sensitivity import Design, Question, Study
from experiments.summary import summary

WORKERS = 2
MONTHS, TEAM = 24.0, 3
FACTORS = (
    "travel_external", "travel_internal", "hours_per_point", "main_job_internal", "skill_internal", "skill_external",
    "knowledge_matters", "spill_over", "start_access", "visit_lost", "guidance_value", "strain_rest", "trust_build",
    "practice_spread", "trust_external", "supervision_guard", "review_error_sd", "novelty_fade", "will_usual",
    "habituation",
)  # fmt: skip


def promises(quick: bool) -> list[Table]:
    """Measure a comparison (at most 20 s) and a Sobol analysis (at most 5 minutes), compiled before, results kept."""
    part = 16 if quick else 1
    Experiment([Scenario("core-12")], draws=posterior(1), replicates=1, months=1.0).run()
    rows = [
        (
            "compare, six teams, 200 draws, 16 replicates",
            20.0,
            *_timed(lambda out: _compare(16 // part, out)),
        ),
        (
            "sobol, 20 factors, 1,024 samples, 4 replicates",
            300.0,
            *_timed(lambda out: _sobol(1024 // part, out)),
        ),
    ]
    note = f"{WORKERS} threads, {MONTHS:g} months" + (", a sixteenth of each" if part > 1 else "") + "."
    header = ("", "s allowed", "s taken", "s of processor", "load before", "runs")
    return [Table("What is promised", header, rows, note)]


def _timed(run: Callable[[Path], int]) -> tuple[Cell, ...]:
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        wall, processor = time.perf_counter(), time.process_time()
        runs = run(Path(folder) / "result")
        return time.perf_counter() - wall, time.process_time() - processor, load, runs


def _compare(replicates: int, out: Path) -> int:
    scenarios = [Scenario(name) for name in ("internal-12", "external-12", "internal-24")]
    asked = Experiment(scenarios, draws=posterior(200), replicates=replicates, months=MONTHS)
    result = asked.run(workers=WORKERS, out=out)
    summary(result)
    return result.runs


def _sobol(samples: int, out: Path) -> int:
    question = Question(Scenario("internal-12"), Scenario("external-12"))
    design = Design.of("sobol", FACTORS, samples, [TEAM], seed=1)
    asked = design.experiment(question, teams=[TEAM], replicates=4, months=MONTHS)
    result = asked.run(workers=WORKERS, out=out)
    Study.of(question, design, result).to_dict()
    return result.runs
