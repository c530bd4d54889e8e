# %% [markdown]
# # 7. Calibration, honestly
#
# *Ten minutes. Run each cell in turn.*
#
# ## The question
#
# The model has hundreds of numbers nobody measured, and the data are twelve: six teams, two totals each. What
# can one learn from them, how, and how does one say what stayed undecided?
#
# ## Your prediction
#
# 1. Of all uncertain numbers, how many do the six totals tell us something about: nearly all, half, or very few?
# 2. If team 6 is left out, will the model foresee its gain?
# 3. Which question gets a clearer answer: does the programme work, or where should the facilitator come from?
#
# ## Run it
#
# Begin with what is believed before any data: a range for each number (the *prior*). Draw 512 worlds from it,
# let the six teams live through their year in each, as recorded, and look at what the reviews would have
# said.

# %%
import json

import numpy as np
import pandas as pd
from scipy.stats import norm

from calibration import posterior, prior, six_teams
from calibration.shipped import shipped
from experiments import Experiment, Scenario, compare
from experiments.lessons import answer, claim, passage, scatter, show
from experiments.wording import signed
from model.parameters import uncertain

believed = prior(512)
result = Experiment([Scenario("core-12-recorded")], draws=believed, replicates=5, months=12).run()
recorded = np.array([team.change for team in six_teams()])
changes = result.outcome("gain_12m", "core-12-recorded")  # [draw, replicate, team]
found = json.loads(shipped("diagnostics.json"))
claim(
    f"There are {len(uncertain())} uncertain numbers of the model, and "
    f"{len(believed.table.columns) - len(uncertain())} uncertain circumstances of the teams; the data are "
    f"{2 * len(recorded)} totals.",
    len(uncertain()) > 10 * len(recorded),
)

# %% [markdown]
# Now weigh the worlds: one that makes the recorded changes likely counts for more. A reviewed change is taken
# as normal about a world's mean change, with a scatter from the review and from luck. That is all there is to
# it.

# %%
mean, spread = changes.mean(axis=1), changes.std(axis=1).clip(min=3)
log_weight = norm.logpdf(recorded, mean, spread).sum(1)
weight = np.exp(log_weight - log_weight.max())
weight /= weight.sum()
effective = 1 / (weight**2).sum()
claim(
    f"Of 512 worlds as many count as if there were {effective:.0f} equal ones: most make the six totals unlikely.",
    effective < 256,
)

# %%
hours = believed.table["hours_per_point"].to_numpy()
ours = np.average(hours, weights=weight)
theirs = posterior(400).table["hours_per_point"].mean()
claim(
    f"Hours of work needed for a point: believed {hours.mean():.1f} on average, by our weights "
    f"{ours:.1f}, by the shipped calibration (with {found['settings']['draws'] // 512} times as many "
    f"worlds) {theirs:.1f}. The data say: work pays better than was believed.",
    ours < hours.mean() and theirs < hours.mean(),
)

# %%
weighed = pd.DataFrame({"hours": hours, "weight": weight * 512})
show(
    scatter(weighed, "Hours of work for a point, as drawn from the prior", "Weight (1 is average)"),
    "Weight of each world against its hours per point: the weighty worlds lie where a point takes few hours.",
)

# %% [markdown]
# ## What you see
#
# The shipped calibration does the same with more worlds and more care, and keeps what it learned of each
# number.

# %%
learned = pd.DataFrame(found["learned"]).set_index("name")
verdicts = learned["verdict"].value_counts()
claim(
    f"Of {len(learned)} uncertain quantities the six totals inform {verdicts.get('informed', 0)}, "
    f"{verdicts.get('slightly', 0)} slightly, and {verdicts.get('not at all', 0)} not at all.",
    verdicts.get("not at all", 0) > 0.8 * len(learned),
)
learned.rename(columns={"moved": "moved (prior sd)", "kept": "share of sd kept"}).head(6)

# %%
left_out = pd.DataFrame(found["predictions"]["sets"]["left out"]).set_index("team")
left_out["90% interval"] = [f"{low:.0f} to {high:.0f}" for _, _, (low, high) in left_out["intervals"]]
left_out[["recorded", "mean", "90% interval", "pit"]].rename(
    columns={"pit": "recorded lies above this share"}
)

# %%
coverage = found["predictions"]["coverage"]["left out"]
claim(
    f"Each team left out in turn and foreseen from the other five: {coverage['90%']} of six lie in their "
    f"90% interval, {coverage['50%']} in their 50% interval. Team 6 was foreseen at "
    f"{left_out['mean'][6]:.0f} and was reviewed at {left_out['recorded'][6]:.0f}.",
    coverage["90%"] >= 5,
)

# %%
scores = found["predictions"]["scores"]
level = [name for name, score in scores.items() if score["verdict"] != "better"]
claim(
    f"Of {len(scores)} simple rivals, which know nothing of managers or facilitators, six points do not "
    f"tell the model from {len(level)}: {', '.join(level)}.",
    len(level) >= 1,
)

# %%
pair = [Scenario("internal-12"), Scenario("external-12")]
rows = {}
for name, drawn in (("before the data", prior(200)), ("after", posterior(200))):
    runs = Experiment(pair, draws=drawn, replicates=2, months=12).run()
    works = compare(runs, "latent_gain_12m", "internal-12", against="no-sip")
    where = compare(runs, "latent_gain_12m", "external-12", against="internal-12")
    rows[name] = [works.p_over_3, where.p_positive]
answers = pd.DataFrame(
    rows, index=["programme gains more than 3 points over none", "external better than internal"]
)
answers.round(2)

# %%
claim(
    "After the data it is nearly certain, in this model, that a programme gains more than 3 points over "
    f"none ({answers['after'].iloc[0]:.2f}), and still open who should facilitate it "
    f"({answers['after'].iloc[1]:.2f}).",
    answers["after"].iloc[0] > 0.95 and 0.05 < answers["after"].iloc[1] < 0.95,
)

# %% [markdown]
# ## In the paper

# %%
passage("chosen_for_variation")
passage("descriptions_from_field_notes")

# %% [markdown]
# ## Exercises
#
# **1.** Take team 6 out of the weights (five teams only). How do the effective worlds and the hours per point
# change?

# %% jupyter={"source_hidden": true}
without6 = np.exp(norm.logpdf(recorded, mean, spread)[:, :5].sum(1))
without6 /= without6.sum()
answer(
    f"Effective worlds {effective:.0f} with six, {1 / (without6**2).sum():.0f} with five; hours per point "
    f"{ours:.1f} with six, {np.average(hours, weights=without6):.1f} with five. A single team carries "
    "much of what six can say."
)

# %% [markdown]
# **2.** Pick a number of the model you find important, `leaving_rate` say, and compare its mean by our
# weights with the mean believed. How many prior standard deviations has it moved?

# %% jupyter={"source_hidden": true}
rate = believed.table["leaving_rate"].to_numpy()
moved = (np.average(rate, weights=weight) - rate.mean()) / rate.std()
answer(
    f"By {signed(moved, 2)} prior standard deviations with our 512 worlds; the shipped calibration found "
    f"{signed(learned['moved']['leaving_rate'], 2)}. With so few effective worlds, ours is itself "
    f"uncertain by about {1 / effective**0.5:.2f}."
)

# %% [markdown]
# **3.** The six were chosen, and two that struggled declined. The calibration shows its answers with
# selection of strength 0, 0.5 and 1. How far does the gain of an internal programme over none depend on it?

# %% jupyter={"source_hidden": true}
strengths = found["headline"]["answers"]["internal programme less none, at month 12"]
answer(
    "Mean gain over none at month 12: "
    + ", ".join(f"{strengths[key]['mean']:.1f} points at strength {key}" for key in ("0", "0.5", "1"))
    + ". Six teams cannot tell the strength; it is a setting, and it is shown."
)

# %% [markdown]
# ## Limits
#
# The likelihood used here is simpler than the shipped one, and five runs of a world are few. Neither way can
# tell whether the *structure* of the model is right: both only weigh worlds that the model can make.
