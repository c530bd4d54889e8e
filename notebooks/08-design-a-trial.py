# %% [markdown]
# # 8. Design a trial
#
# *Ten minutes. Run each cell in turn.*
#
# ## The question
#
# Six teams could not settle who should facilitate, nor for how long. A trial could. How many teams does it
# take, what do teams have in common that share a facilitator, and what could go wrong?
#
# ## Your prediction
#
# The real trial had 15 teams with the programme and 10 without.
#
# 1. How likely was such a trial to find the programme's effect (p below 0.05), if the model is right: 50%, 80%, 95%?
# 2. And a trial of the same size of internal against external facilitation?
# 3. How much is gained by taking the score before the trial into account?
#
# ## Run it
#
# Teams of the trial's kind are drawn anew in each world: baselines as in the national survey, at most 156
# (higher ones were not eligible), circumstances anywhere in their range, two or three teams to a facilitator.
# All teams live both arms; then trials are drawn from them and analysed as a statistician would: follow-up by
# arm, adjusted for baseline.

# %%
import numpy as np
import pandas as pd

from calibration import posterior
from experiments import Scenario
from experiments.lessons import answer, claim, lines, passage, show, with_interval
from experiments.trial import Arms, Trial, trial_experiment
from experiments.trial.analysis import ancova
from experiments.trial.trial import pool_of
from experiments.wording import signed

draws = posterior(30)
none = trial_experiment(Scenario("core-12"), Scenario("no-sip"), teams=60, draws=draws, replicates=2).run()
placed = trial_experiment(
    Scenario("external-12"), Scenario("internal-12"), teams=60, draws=draws, replicates=2
).run()
sizes = (10, 16, 40, 60)
real, placement = (Trial.of(result, Arms(15, 10), sizes, trials=2) for result in (none, placed))

# %% [markdown]
# ## What you see

# %%
first = real.powers[0]
claim(
    f"The programme's expected effect at month 12 is {with_interval(real.difference)} reviewed points. A "
    f"trial of 15 and 10 teams finds it with probability {first.adjusted.mean:.2f}; single trials would "
    f"report {signed(real.single_trials[0], 0)} to {signed(real.single_trials[1], 0)} points.",
    first.adjusted.mean > 0.8,
)

# %%
second = placement.powers[0]
claim(
    f"External against internal: {with_interval(placement.difference)} points, and the same trial would "
    f"find a difference with probability {second.by_facilitator.mean:.2f} (facilitators as units), little "
    "more than the 0.05 of chance alone.",
    second.by_facilitator.mean < 0.3,
)

# %%
curves = pd.DataFrame(
    {
        "programme against none": [power.adjusted.mean for power in real.by_size],
        "baseline ignored": [power.unadjusted.mean for power in real.by_size],
        "facilitators as units": [power.by_facilitator.mean for power in real.by_size],
        "external against internal": [power.by_facilitator.mean for power in placement.by_size],
    },
    index=[power.arms.teams for power in real.by_size],
)
show(
    lines(curves, "Teams in all (three fifths in the first arm)", "Power"),
    "Power by number of teams: for programme against none it rises to 1, sooner with the baseline than "
    "without; for external against internal it stays near 0.1.",
)
claim(
    f"With {curves.index[0]} teams, adjusting for baseline raises power from {curves.iloc[0, 1]:.2f} to "
    f"{curves.iloc[0, 0]:.2f}.",
    curves.iloc[0, 0] > curves.iloc[0, 1],
)

# %% [markdown]
# What do teams that share a facilitator and a trust have in common? Look at the gains of all teams, in each
# world, and split their variance between networks and within them.

# %%
pool = pool_of(none)
gains = pool.treated - pool.baseline[:, None, :]
networks = pd.Series(pool.network)
within = np.mean([run.groupby(networks).var().mean() for world in gains for run in map(pd.Series, world)])
total = gains.var(axis=2, ddof=1).mean()
shared = 1 - within / total
claim(
    f"Of the variance of teams' reviewed gains, {shared:.0%} lies between networks (the intracluster "
    f"correlation is about {shared:.2f}).",
    0 < shared < 0.5,
)

# %%
per_network = networks.value_counts().mean()
effect = 1 + (per_network - 1) * shared
claim(
    f"With {per_network:.1f} teams to a facilitator that makes a trial of 25 teams worth {25 / effect:.0f} "
    "unrelated ones.",
    effect > 1,
)

# %% [markdown]
# ## In the paper

# %%
passage("facilitators_served_several_teams")
passage("one_external_facilitator")
passage("two_teams_declined")

# %% [markdown]
# ## Exercises
#
# **1.** What could go wrong? Suppose the four teams of the intervention arm that rise least drop out before
# follow-up. By how much does a trial of 15 and 10 overstate the effect?

# %% jupyter={"source_hidden": true}
honest, dropped = [], []
for cell in pool.cells:
    follow_up, treated, baseline, _ = next(pool.trials(Arms(15, 10), cell, 1))
    rise = np.where(treated, follow_up - baseline, np.inf)
    kept = np.argsort(rise)[4:]
    honest.append(ancova(follow_up, treated, baseline).difference)
    dropped.append(ancova(follow_up[kept], treated[kept], baseline[kept]).difference)
answer(
    f"It finds {np.mean(dropped):.1f} points on average in place of {np.mean(honest):.1f}: "
    f"{signed(np.mean(dropped) - np.mean(honest))}. Whoever declines because of how it went bends the "
    "result; two teams that had struggled declined the paper's interviews."
)

# %% [markdown]
# **2.** Lengths in place of placements: 24 against 12 months, measured at month 24. What is the power with 25
# teams?

# %% jupyter={"source_hidden": true}
long = trial_experiment(
    Scenario("core-24"), Scenario("core-12"), teams=60, draws=draws, replicates=2, months=24
).run()
length = Trial.of(long, Arms(13, 12))
answer(
    f"The expected difference is {with_interval(length.difference)} points, the power "
    f"{length.powers[0].adjusted.mean:.2f}. Of the two questions the paper's interviewees raised, length "
    "could be settled by a trial of that size sooner than placement."
)

# %% [markdown]
# **3.** Power is an average over worlds that are still possible (assurance). How wide is it by world, for 15
# and 10 teams?

# %% jupyter={"source_hidden": true}
low, high = first.adjusted.interval_parameters
answer(
    f"From {low:.2f} to {min(high, 1):.2f} over 95% of the worlds, with {first.adjusted.mean:.2f} on "
    "average. A single number for power hides that nobody knows how large the effect is."
)

# %% [markdown]
# ## Limits
#
# The model was fitted to six of the real trial's teams, so its effect is no independent forecast of that
# trial. Teams' circumstances are drawn independently of each other, which real ones are not. No trial is only
# a matter of power: ask what a difference of a point would be worth to anyone.
