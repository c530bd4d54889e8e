"""The validation page, from a calibration's diagnostics."""

from collections.abc import Mapping, Sequence
from typing import Any

from calibration.inference.markdown import picture, signed, table, told, with_minus
from calibration.inference.report_beside import beside
from calibration.inference.report_checks import checks
from calibration.inference.report_open import in_short, left_open
from calibration.inference.report_weights import weights
from calibration.inference.weights import FEW

#: Rival structures in which the programme has no effect.
NOTHING = {"manager and context only", "review error only"}
WITHIN = 0.3  #: posterior sd by which the two methods may differ; fixed beforehand


def page(found: Mapping[str, Any]) -> str:
    """Return the page as Markdown."""
    parts = (
        _head,
        _answers,
        left_open,
        _predictions,
        _rivals,
        _learned,
        _inference,
        weights,
        checks,
        _methods,
    )
    return with_minus("\n\n".join([*(part(found) for part in parts), *beside(found)])) + "\n"


def _head(found: Mapping[str, Any]) -> str:
    settings, coverage = found["settings"], found["predictions"]["coverage"]
    scores = found["predictions"]["scores"]
    worse = [name for name, score in scores.items() if score["difference"] <= 0.0]
    level = [
        name
        for name, score in scores.items()
        if score["difference"] > 0.0 and score["verdict"] == "undecided"
    ]
    rivals = f"Simple rivals that predict left-out teams as well or better: {', '.join(worse) or 'none'}; "
    rivals += f"rivals that six points do not tell from the model: {', '.join(level) or 'none'}."
    return (
        "# Calibration and validation\n\n"
        "Written by `crtsip calibrate` from `calibration/posterior/diagnostics.json`; no figure is typed but two of "
        "an earlier make, marked so.\n\n"
        f"{settings['draws']:,} draws of the prior, each with {settings['replicates']} runs of the six teams as "
        "recorded, are weighted by how likely they make the six reviewed 12-month totals, given the reviewed "
        f"baselines. That leaves {found['effective']:,.0f} effective draws (k-hat {found['k_hat']:.2f}). "
        f"Left out in turn, {coverage['left out']['90%']} of six teams fall into their 90% interval and "
        f"{coverage['left out']['50%']} into their 50% interval. {rivals} {_alike(found['structures'])}"
    )


def _alike(structures: Sequence[Mapping[str, Any]]) -> str:
    """Say which rival structures six totals do not tell from the full model, a programme without effect above all."""
    names = [
        row["name"] for row in structures[1:] if row["verdict"] == "undecided" and row["effective"] >= FEW
    ]
    told_apart = (
        f"Rival structures that six totals do not tell from the full model: {', '.join(names) or 'none'}."
    )
    if not NOTHING & set(names):
        return told_apart
    return f"{told_apart} In some of these the programme adds nothing: by themselves the totals do not rule that out."


def _answers(found: Mapping[str, Any]) -> str:
    headline = found["headline"]
    strengths = list(headline["effective"])
    rows = [
        [name, told(answer["prior"]), *(told(answer[key]) for key in strengths)]
        for name, answer in headline["answers"].items()
    ]
    header = ["", "before the data", *(f"after, selection {key}" for key in strengths)]
    note = (
        "In points of true practice, as a mean over the six teams as they were; 95% intervals over draws; ± is the "
        "Monte Carlo standard error. Selection is a declared setting and cannot be learned from six teams: 0, teams "
        "were chosen whatever became of them; 1, only teams that rose were studied. The shipped draws take "
        f"{found['selection']:g}, as do what rests on them (delivery, months, new teams), the second sampler, the "
        "answers under rival structures and the sensitivity to codings and priors; predictions of the six, scores "
        "against rivals, the halves of the bank, the simulation-based check and the comparison with rejection take 0. "
        "These are answers for the six; a new team of the trial's kind is less well known. What the priors alone say: "
        "[the model under its priors](prior-checks.md)."
    )
    parts = [
        "## The headline answers, before and after",
        table(header, rows),
        note,
        in_short(found),
        *_wider(found),
    ]
    return "\n\n".join(parts)


def _wider(found: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each headline answer on which the two methods differ: which interval is the wider."""
    sentences = []
    for row in found["methods"]:
        if row["headline"] and _differ(row):
            wider = row["high"] - row["low"]
            which = (
                f"wider by {wider:.2f}, and counts"
                if wider > 0.0
                else "narrower, so that the one above counts"
            )
            sentences.append(
                f"The independent method (see below) differs on *{row['name']}*: its interval "
                f"begins {row['low']:+.2f} and ends {row['high']:+.2f} posterior standard deviations from that above. "
                f"It is {which}."
            )
    return sentences


def _differ(row: Mapping[str, Any]) -> bool:
    return any(abs(row[key]) > WITHIN for key in ("mean", "low", "high"))


def _predictions(found: Mapping[str, Any]) -> str:
    sets = found["predictions"]["sets"]
    rows = []
    for k, ours in enumerate(sets["left out"]):
        prior, inside = sets["prior"][k], sets["in-sample"][k]
        rows.append(
            [
                ours["team"],
                f"{ours['recorded']:.0f}",
                _interval(prior),
                _interval(inside),
                f"{_interval(ours)}; place {ours['pit']:.2f}",
            ]
        )
    header = ["team", "recorded", "prior", "in-sample (optimistic)", "left out"]
    coverage = found["predictions"]["coverage"]
    covered = table(["", *coverage["prior"]], ([name, *counts.values()] for name, counts in coverage.items()))
    widths = ", ".join(f"{name} {_width(rows_of):.0f}" for name, rows_of in sets.items())
    return (
        "## What is predicted of each team\n\nMean and 90% interval of the reviewed total at month 12.\n\n"
        + table(header, rows)
        + "\n\nThe codes of the narrative were written by people who knew all six outcomes, those of the team left "
        "out among them: in that the prediction from the other five is not blind."
        "\n\nTeams of six inside their central intervals:\n\n"
        + covered
        + f"\n\nMean width of the 90% interval, in points: {widths}.\n\n"
        + picture("places", "Places of the six records in their predictions")
    )


def _interval(row: Mapping[str, Any]) -> str:
    low, high = row["intervals"][-1]
    return f"{row['mean']:.0f} ({low:.0f} to {high:.0f})"


def _width(rows: Sequence[Mapping[str, Any]]) -> float:
    return float(sum(row["intervals"][-1][1] - row["intervals"][-1][0] for row in rows) / len(rows))


def _rivals(found: Mapping[str, Any]) -> str:
    rows = [
        [
            name,
            signed(score["difference"]),
            f"{score['paired_error']:.1f}",
            f"{score['simulation_error']:.1f}",
            score["verdict"],
        ]
        for name, score in found["predictions"]["scores"].items()
    ]
    return (
        "## Against simple rivals\n\nSum over the six of the left-out log score of the model less the rival's, with "
        "the paired standard error over teams and that of the simulation. *Better* and *worse* are said where the "
        "difference is beyond both errors together at 5%, two-sided, by Student's t with five degrees of freedom; "
        "six points cannot rank models.\n\n"
        + table(["rival", "difference", "paired error", "simulation error", "the model is"], rows)
    )


def _learned(found: Mapping[str, Any]) -> str:
    rows = found["learned"]
    counts = {
        verdict: sum(row["verdict"] == verdict for row in rows)
        for verdict in ("informed", "slightly", "not at all")
    }
    shown = [[f"`{row['name']}`", signed(row["moved"]), f"{row['kept']:.2f}", row["verdict"]] for row in rows]
    head = ["quantity", "moved", "sd kept", "verdict"]
    pairs = [
        [f"`{row['one']}`", f"`{row['other']}`", f"{row['correlation']:+.2f}"]
        for row in found["correlations"]
    ]
    return (
        f"## What six totals taught\n\nOf {len(rows)} uncertain quantities {counts['informed']} are informed by the "
        f"data, {counts['slightly']} slightly, {counts['not at all']} not at all. The most moved (mean in prior "
        "standard deviations, standard deviation as a share of the prior's):\n\n"
        + table(head, shown[:15])
        + f"\n\n<details><summary>All {len(rows)}</summary>\n\n{table(head, shown)}\n\n</details>"
        + "\n\nTheir strongest correlations after the data:\n\n"
        + table(["one", "other", "correlation"], pairs)
        + "\n\n"
        + picture("prior-posterior", "The most moved quantities before and after the data")
        + "\n\n"
        + picture("pairs", "Shipped draws of the most moved quantities, in pairs")
    )


def _inference(found: Mapping[str, Any]) -> str:
    rows = [
        [row["team"], row["alone"], row["together"], row["k_hat"], f"{row['noise']:.2f}"]
        for row in found["factors"]
    ]
    halves = [[row["name"], f"{row['difference']:+.2f}", f"{row['errors']:+.1f}"] for row in found["halves"]]
    return (
        "## The weights\n\nEffective draws as the totals are taken in one after another, and the variance with which "
        "the log-likelihood of the best draws is estimated:\n\n"
        + table(
            ["up to team", "that team alone", "together", "k-hat", "variance of the log-likelihood"], rows
        )
        + "\n\nThe log-likelihood of all six together is estimated with a variance of "
        f"{found['likelihood_noise']:.2f}. "
        f"The shipped {found['settings']['kept']} draws are {found['distinct']} distinct ones. The two halves of the "
        "bank give, as a difference in points and in combined Monte Carlo standard errors:\n\n"
        + table(["", "difference", "errors"], halves)
    )


def _methods(found: Mapping[str, Any]) -> str:
    rows = [
        [
            f"`{row['name']}`" if not row["headline"] else row["name"],
            *(f"{row[key]:+.2f}" for key in ("mean", "low", "high")),
        ]
        for row in found["methods"]
    ]
    beyond = [row["name"] for row in found["methods"] if _differ(row)]
    verdict = (
        f"Beyond {WITHIN:g} posterior standard deviations: {', '.join(beyond)}. There the wider answer counts."
        if beyond
        else f"All lie within {WITHIN:g} posterior standard deviations."
    )
    return (
        "## Two methods side by side\n\nRejection with regression adjustment, which shares the simulations with the "
        "weights and no code of the likelihood, less the weights, in posterior standard deviations (without "
        "selection):\n\n" + table(["", "mean", "2.5%", "97.5%"], rows) + f"\n\n{verdict}"
    )
