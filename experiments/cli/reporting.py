"""The command that writes a report to hand on."""

from pathlib import Path

import click

from experiments.errors import InputError, did_you_mean


@click.command()
@click.argument("result", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Where the page goes.  [default: RESULT/report.html]",
)
@click.option(
    "--brief",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    metavar="FILE.pdf",
    help="Write a brief of two pages too, as tagged PDF (needs crtsip[report]).",
)
@click.option("--against", default=None, help="Compare with this scenario.  [default: the first]")
@click.option("--question", default=None, help="The question, in your words; it becomes the heading.")
@click.option("--hypothesis", default=None, help="What you expect, and why, before you look.")
@click.option(
    "--direction",
    default=None,
    metavar="'A above B'",
    help="The same, checked by the program: two scenarios with above, below or like between them.",
)
@click.option("--findings", default=None, help="What you found, once you have looked.")
@click.option("--decision", default=None, help="What you decided on it.")
@click.option("--quiet", is_flag=True, help="Do not say where the files are.")
def report(
    result: Path,
    out: Path | None,
    brief: Path | None,
    against: str | None,
    question: str | None,
    hypothesis: str | None,
    direction: str | None,
    findings: str | None,
    decision: str | None,
    quiet: bool,
) -> None:
    """Write a RESULT's report: one self-contained HTML page, and a PDF brief of two pages.

    Question, hypothesis and direction, findings and decision are kept in RESULT/prediction.toml and told in the report.
    What was expected is fixed once findings are noted.
    """
    from experiments.brief import write_brief
    from experiments.page import write_page
    from experiments.prediction import note_prediction
    from experiments.result import read_result

    found = read_result(result)
    if against is not None and against not in found.scenarios:
        hint = did_you_mean(against, found.scenarios)
        raise InputError(f"--against {against}: the result has {', '.join(found.scenarios)}.{hint}")
    prediction = note_prediction(
        result,
        found.experiment,
        question=question,
        hypothesis=hypothesis,
        direction=direction,
        findings=findings,
        decision=decision,
    )
    page = out or result / "report.html"
    write_page(found, page, against=against, prediction=prediction)
    written = [f"the page is {page.resolve()}"]
    if brief is not None:
        write_brief(found, brief, against=against, prediction=prediction)
        written.append(f"the brief is {brief.resolve()}")
    if not quiet:
        click.echo(f"crtsip: {'; '.join(written)}", err=True)
