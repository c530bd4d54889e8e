# %% [markdown]
# # 4. Internal or external?
#
# *Ten minutes. Run each cell in turn.*
#
# ## The question
#
# Should the facilitator of a programme come from the team's own trust, or from outside? Most people
# interviewed preferred one of their own. Trials of facilitation elsewhere point both ways. What does the
# answer depend on, and why can six teams not settle it?
#
# ## Your prediction
#
# 1. Which does better in this model, internal or external, and by how many points of fidelity?
# 2. What decides it: trust, knowledge of the place, credibility, travel, or visits?
# 3. Will the data of six teams make the answer more certain?
#
# ## Run it
#
# A placement has no bonus of its own in the model. It sets where a facilitator starts and what travel and a
# main job take. These are the ranges believed possible before any data; none of them was measured.

# %%
import pandas as pd

from calibration import posterior, prior, six_teams
from experiments import Experiment, Scenario, compare
from experiments.lessons import answer, claim, passage, scatter, show, with_interval
from experiments.wording import signed, verdict
from model.parameters import declared

roles = ("trust", "knowledge", "credibility", "skill", "travel", "main_job")
priors = {
    role: [
        f"{(p := declared()[f'{role}_{place}'].prior).low:g} to {p.high:g}"
        for place in ("internal", "external")
    ]
    for role in roles
}
pd.DataFrame(priors, index=["internal", "external"]).T

# %%
draws = posterior(200)
pair = [Scenario("internal-12"), Scenario("external-12")]
rare = [
    Scenario(f"{place}-12", name=f"{place}, monthly visits").with_set({"facilitation.visit_interval": "4.0"})
    for place in ("internal", "external")
]
result = Experiment([*pair, *rare], draws=draws, replicates=2, months=12).run()
placed = compare(result, "latent_gain_12m", "external-12", against="internal-12")

# %% [markdown]
# ## What you see

# %%
claim(
    f"External less internal at month 12: {with_interval(placed)} points of true practice. That external "
    f"is better has probability {placed.p_positive:.2f}: {verdict(placed)}, and not decided.",
    not placed.decided,
)

# %% [markdown]
# What does it depend on? Each point is one draw, that is, one world the six teams leave possible.

# %%
worlds = pd.DataFrame(
    {role: draws.table[f"{role}_external"] - draws.table[f"{role}_internal"] for role in roles}
)
depends = worlds.corrwith(pd.Series(placed.estimate.by_draw, index=worlds.index)).sort_values(
    key=abs, ascending=False
)
depends.round(2).rename("correlation with external less internal").to_frame()

# %%
first = depends.index[0]
points = pd.DataFrame({"cause": worlds[first].to_numpy(), "effect": placed.estimate.by_draw})
show(
    scatter(
        points,
        f"{first.replace('_', ' ').capitalize()}, external less internal ({declared()[f'{first}_internal'].unit})",
        "External less internal (points)",
    ),
    f"External less internal by draw: it falls or rises with {first}, and lies on both sides of zero.",
)
claim(
    f"The answer depends most on {first.replace('_', ' ')} (correlation {signed(depends.iloc[0], 2)}) and "
    f"next on {depends.index[1]} ({signed(depends.iloc[1], 2)}): on the particular facilitator, not on "
    "the word internal or external.",
    abs(depends.iloc[0]) > 0.4,
)

# %% [markdown]
# Is it presence, then? Give both monthly visits in place of weekly ones. The hours are the same: they wait
# for the next visit.

# %%
for place in ("internal", "external"):
    fewer = compare(result, "latent_gain_12m", f"{place}, monthly visits", against=f"{place}-12")
    claim(
        f"Monthly visits in place of weekly ones, {place}: {with_interval(fewer)} points; that fewer "
        f"visits are better is {verdict(fewer)}.",
        not fewer.decided,
    )

# %% [markdown]
# Rare visits cost trust; they also save travel. Which weighs more is not decided either. And why could six
# teams not settle it? Ask the same question of the model before it saw the six totals.

# %%
before = Experiment(pair, draws=prior(200), replicates=2, months=12).run()
unseen = compare(before, "latent_gain_12m", "external-12", against="internal-12")
claim(
    f"Before the data the probability that external is better was {unseen.p_positive:.2f}, after them "
    f"{placed.p_positive:.2f}: the six totals hardly moved it.",
    abs(unseen.p_positive - placed.p_positive) < 0.15,
)

# %%
possible = pd.Series(
    [", ".join(team.placements) for team in six_teams()], index=range(1, 7), name="what the paper leaves open"
)
open_teams = int((possible.str.contains("internal") & possible.str.contains("external")).sum())
possible.to_frame().rename_axis("team")

# %%
claim(
    f"For {open_teams} of the six teams the paper leaves open whether the facilitator was internal or "
    "external. One of the trial's six facilitators was external; which teams were that one's is not "
    "stated.",
    open_teams >= 4,
)

# %% [markdown]
# ## In the paper

# %%
passage("team 1: facilitator_placement")
passage("M6")
passage("one_external_facilitator")

# %% [markdown]
# ## Exercises
#
# **1.** An embedded facilitator is a member of the team. Compare `embedded-12` with `internal-12`. Is it
# decided?

# %% jupyter={"source_hidden": true}
inside = Experiment([Scenario("embedded-12"), pair[0]], draws=draws, replicates=2, months=12).run()
embedded = compare(inside, "latent_gain_12m", "embedded-12", against="internal-12")
answer(
    f"Embedded less internal: {with_interval(embedded)} points; that embedded is better is "
    f"{verdict(embedded)} (probability {embedded.p_positive:.2f}). "
    f"{'It is decided.' if embedded.decided else 'It is not decided.'}"
)

# %% [markdown]
# **2.** You know of your two candidates that the external one would lose no more time to travel than the
# internal one. Use the draws in which that is so. What is the probability now that external is better?

# %% jupyter={"source_hidden": true}
near = (worlds["travel"] <= 0).to_numpy()
known = float((placed.estimate.by_draw[near] > 0).mean())
answer(
    f"In {int(near.sum())} of {len(near)} draws the external one travels no more. Among these external is "
    f"better in {known:.0%}, among all in {placed.p_positive:.0%}. What you know of two people tells more "
    "than where they come from."
)

# %% [markdown]
# **3.** How far apart can a single team's results of the two placements lie by chance alone? Look at
# `placed.estimate.interval_chance`.

# %% jupyter={"source_hidden": true}
low, high = placed.estimate.interval_chance
answer(
    f"In single runs of one team, with all else equal, external less internal lies between {signed(low)} "
    f"and {signed(high)} points in 95% of cases, about a mean of {signed(placed.estimate.mean)}. And a "
    "real comparison has no equal luck: two teams differ by far more."
)

# %% [markdown]
# ## Limits
#
# Nobody measured what a placement brings. The ranges are judgements, the same width of doubt for both. That
# travel weighs so much is a result of these ranges, which teams randomised between placements could correct
# (lesson 8).
