"""The command ``crtsip``."""

import sys

import click

from experiments.cli.analysing import sensitivity
from experiments.cli.asking import ask
from experiments.cli.calibrating import calibrate
from experiments.cli.costing import money
from experiments.cli.discovering import discover
from experiments.cli.explaining import explain
from experiments.cli.information import doctor, parameters, presets, schema
from experiments.cli.playing import play
from experiments.cli.profiling import team
from experiments.cli.reporting import report
from experiments.cli.running import compare, demo, replay, run
from experiments.cli.serving import app
from experiments.cli.sweeping import sweep
from experiments.cli.trialling import trial
from experiments.cli.validating import validate
from experiments.errors import InputError

EXAMPLES = """
\b
Examples:
  crtsip presets                                   what programmes there are
  crtsip run core-12 --team 6                      one programme, one team
  crtsip compare internal-12 external-12           paired comparison, six teams
  crtsip compare core-12 mine.toml --set turnover=1.5
  crtsip sweep core-12 --vary turnover=0.5,1,2     at many points, each beside no programme there
  crtsip sensitivity core-12 --team 3              which of what nobody knows matters most
  crtsip validate --page                           which patterns hold, and which do not
  crtsip replay results/... --scenario core-12 --team 6 --draw 3 --replicate 0
  crtsip report results/... --brief brief.pdf      a page and a PDF to hand on
"""


@click.group(
    epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="crtsip", prog_name="crtsip")
def cli() -> None:
    """Ask how a service improvement programme for crisis teams works, and for whom.

    A simulation of staff, managers, facilitators and trust leaders of Crisis Resolution Teams under a programme
    that is to raise their fidelity to a best-practice model (39 items, 39 to 195 points).
    """


for command in (
    run,
    compare,
    sweep,
    sensitivity,
    ask,
    discover,
    replay,
    report,
    demo,
    app,
    play,
    money,
    team,
    calibrate,
    validate,
    trial,
    explain,
    presets,
    parameters,
    schema,
    doctor,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; exit status 0 done, 1 our fault, 2 wrong input, 130 interrupted."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except InputError as error:
        click.echo(f"crtsip: {error}", err=True)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort) as interruption:
        said = str(interruption.__cause__ or interruption)  # click wraps it
        what = f"; {said}" if said else ""
        click.echo(f"crtsip: interrupted{what}.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
