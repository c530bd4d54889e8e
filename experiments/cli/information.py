"""Commands that tell: presets, parameters, schema, doctor."""

import json as json_format
import sys

import click

from experiments.errors import InputError, did_you_mean


@click.command()
@click.argument("name", required=False)
@click.option("--json", "json", is_flag=True, help="Print JSON.")
def presets(name: str | None, json: bool) -> None:
    """List the presets, or print one (NAME) as TOML to start a scenario of your own from."""
    from experiments.cli.output import say
    from model import presets as shipped

    if name is not None:
        if name not in shipped.names():
            raise InputError(f"There is no preset '{name}'.{did_you_mean(name, shipped.names())}")
        click.echo(
            json_format.dumps(shipped.table(name), sort_keys=True) if json else shipped.text(name), nl=json
        )
        return
    entries = {preset: shipped.table(preset) for preset in shipped.names()}
    if json:
        click.echo(
            json_format.dumps({key: {"title": e["title"], "about": e["about"]} for key, e in entries.items()})
        )
        return
    width = max(map(len, entries))
    for key, entry in entries.items():
        say(f"{key.ljust(width)}  {entry['about']}")


@click.command()
@click.argument("word", required=False)
@click.option("--domain", default=None, help="Only one domain: Workforce, Leadership, ...")
@click.option("--json", "json", is_flag=True, help="Print JSON.")
def parameters(word: str | None, domain: str | None, json: bool) -> None:
    """List the declared parameters, those with WORD in name or meaning: value, unit, prior, status, meaning, source."""
    from experiments.cli.output import say, table
    from model.parameters import Parameters, declared

    values = Parameters()._asdict()
    domains = {entry.domain for entry in declared().values()}
    if domain is not None and domain not in domains:
        raise InputError(
            f"--domain {domain}: there are {', '.join(sorted(domains))}.{did_you_mean(domain, domains)}"
        )
    found = {
        name: entry
        for name, entry in declared().items()
        if (domain is None or entry.domain == domain) and (word is None or word in f"{name} {entry.meaning}")
    }
    if json:
        fields = {
            name: entry.__dict__ | {"value": values[name], "prior": str(entry.prior) if entry.prior else None}
            for name, entry in found.items()
        }
        click.echo(json_format.dumps(fields))
        return
    header = ["parameter", "value", "unit", "prior", "by", "status", "source", "meaning"]
    rows = []
    for name, entry in found.items():
        prior = str(entry.prior) if entry.prior else "–"
        rows.append(
            [
                name,
                f"{values[name]:g}",
                entry.unit,
                prior,
                entry.mechanism,
                entry.status,
                entry.source,
                entry.meaning,
            ]
        )
    words = [name for name in header if name != "value"]
    say(table(header, rows, words) if rows else "No parameter has that in its name or meaning.")


@click.command()
@click.option("--team", is_flag=True, help="The schema of a team's profile instead.")
def schema(team: bool) -> None:
    """Print the JSON schema of a scenario file, for editors that check TOML."""
    from experiments.profile import profile_schema
    from experiments.scenario import Scenario

    found = profile_schema() if team else Scenario.model_json_schema()
    if not team:
        found["properties"]["base"] = {
            "type": "string",
            "description": "preset or TOML file this one starts from",
        }
        found["$defs"]["Programme"]["properties"]["without"] = {
            "type": "array",
            "items": {"type": "string"},
            "description": "components of the base to leave out",
        }
    click.echo(json_format.dumps(found, indent=2, sort_keys=True))


@click.command()
def doctor() -> None:
    """Check the installation: packages, their versions, the shipped draws, and a small run."""
    from experiments.doctor import findings

    wrong = False
    for good, sentence in findings():
        click.echo(f"{'ok   ' if good else 'WRONG'}  {sentence}")
        wrong = wrong or not good
    if wrong:
        sys.exit(1)
