# %% [markdown]
# # 6. Reading fidelity scores
#
# *Ten minutes. Run each cell in turn.*
#
# ## The question
#
# A fidelity score is a review: three people, one day, 39 items scored in whole points. If a team's score
# rises from one review to the next, how much of that is the team and how much is the review? And what happens
# when the teams to be studied are chosen for how much they rose?
#
# ## Your prediction
#
# Three teams without any programme: reviewed at 97, at 122 (the usual) and at 147 points. Nothing is done. A
# year later they are reviewed again.
#
# 1. Which rises, which falls, which stays?
# 2. Of 15 teams in a programme we study the six that rose most. Is their rise larger than, equal to, or smaller
#    than what they truly gained?
#
# ## Run it
#
# The model knows true practice and the reviewed score apart. The error of a review was not measured; these
# are the values the six teams leave possible.

# %%
import numpy as np
import pandas as pd

from calibration import posterior, six_teams
from experiments import Experiment, Scenario
from experiments.lessons import answer, claim, passage, scatter, show
from experiments.wording import signed
from model import Site
from model.parameters import Parameters

draws = posterior(20)
error = draws.table["review_error_sd"]
claim(
    f"One standard deviation of a review's error in its total lies between {error.quantile(0.05):.1f} and "
    f"{error.quantile(0.95):.1f} points in these draws.",
    error.between(3, 9).all(),
)

# %%
starts = [73, 85, 97, 110, 122, 135, 147, 155]
teams = [Site(name=f"reviewed at {start}", number=9000 + start, baseline_total=start) for start in starts]
result = Experiment([Scenario("no-sip")], draws=draws, teams=teams, replicates=60, months=12).run()
changes = pd.DataFrame(
    {
        "reviewed change": result.outcome("gain_12m", "no-sip").mean((0, 1)),
        "true change": result.outcome("latent_gain_12m", "no-sip").mean((0, 1)),
    },
    index=pd.Index(starts, name="first review"),
)
changes.round(1)

# %% [markdown]
# ## What you see

# %%
low, middle, high = (changes["reviewed change"][start] for start in (97, 122, 147))
claim(
    f"With nothing done, the team reviewed at 97 changes by {signed(low)} points, the one at 122 by "
    f"{signed(middle)}, the one at 147 by {signed(high)}: low scores rise, high scores fall.",
    low > middle > high and low > 0 > high,
)

# %%
true = changes["true change"]
claim(
    f"True practice of the three changes by {signed(true[97])}, {signed(true[122])} and "
    f"{signed(true[147])}. The rest is the review and regression to the mean: a low score was in part a "
    "strict day, a high one in part a kind one.",
    abs(true[147]) < abs(high) and high - true[147] < 0 < low - true[97],
)

# %% [markdown]
# Single years, all eight teams in one draw: each point is a team in one year. On the line, the review saw
# what happened; above it too much, below it too little.

# %%
years = pd.DataFrame(
    {
        "true": result.outcome("latent_gain_12m", "no-sip")[0].ravel(),
        "reviewed": result.outcome("gain_12m", "no-sip")[0].ravel(),
    }
)
spread = years.std()
show(
    scatter(years, "True change in a year (points)", "Reviewed change (points)", diagonal=True),
    "Reviewed against true change of teams without a programme: a cloud far higher than wide.",
)
claim(
    f"Here reviewed changes scatter by {spread['reviewed']:.1f} points (one standard deviation), true "
    f"ones by {spread['true']:.1f}.",
    spread["reviewed"] > 1.3 * spread["true"],
)

# %% [markdown]
# Now choose cases. Fifteen teams with baselines as in the population are in the programme for twelve months.
# In each of 60 years of luck we pick the six whose *reviewed* score rose most, and ask what they truly
# gained.

# %%
p = Parameters()
baselines = np.clip(np.random.default_rng(6).normal(p.population_mean, p.population_sd, 15), 60, 156).astype(
    int
)
trial = [
    Site(name=f"team {k}", number=9500 + k, baseline_total=int(start)) for k, start in enumerate(baselines)
]
years15 = Experiment([Scenario("core-12")], draws=draws, teams=trial, replicates=60, months=12).run()
reviewed, truly = (
    years15.outcome(name, "core-12").reshape(-1, 15) for name in ("gain_12m", "latent_gain_12m")
)
best = np.argsort(-reviewed, axis=1)[:, :6]
picked = np.take_along_axis(reviewed, best, 1).mean(), np.take_along_axis(truly, best, 1).mean()
claim(
    f"All 15 teams: reviewed gain {reviewed.mean():.1f}, true gain {truly.mean():.1f}. The six that rose "
    f"most: reviewed {picked[0]:.1f}, true {picked[1]:.1f}. Choosing by the score overstates these six by "
    f"{picked[0] - picked[1]:.1f} points.",
    picked[0] > picked[1] + 1 > truly.mean(),
)

# %% [markdown]
# ## In the paper
#
# The six teams of the paper were chosen after their last review, for variation in it.

# %%
passage("chosen_for_variation")
passage("two_teams_declined")
passage("M11")

# %% [markdown]
# ## Exercises
#
# **1.** Team 6 was reviewed at 97. Going by the table of changes, about how many of its recorded points of
# gain would you expect with nothing done at all?

# %% jupyter={"source_hidden": true}
recorded = next(team.change for team in six_teams() if team.number == 6)
answer(
    f"About {low:.1f} of {recorded}, for a team of usual circumstances reviewed at 97. Team 6 also had a "
    "new manager before the programme began, so that more may have come anyway."
)

# %% [markdown]
# **2.** A team rises by 5 points from one review to the next. Without a programme, how often do teams
# reviewed at 122 rise that much or more?

# %% jupyter={"source_hidden": true}
usual = result.outcome("gain_12m", "no-sip")[..., starts.index(122)]
answer(
    f"In {(usual >= 5).mean():.0%} of years with nothing done. A rise of 5 points in one team is weak "
    "evidence that anything was done to it."
)

# %% [markdown]
# **3.** Would it help to review twice at the start and take the mean? Halve the variance of the error
# (`review_error_sd` divided by the root of 2) and look at the team reviewed at 147 again.

# %% jupyter={"source_hidden": true}
halved = Scenario("no-sip", name="halved", parameters={"review_error_sd": float(error.mean() / 2**0.5)})
usual_error = Scenario("no-sip", name="usual", parameters={"review_error_sd": float(error.mean())})
again = Experiment([halved, usual_error], draws=draws, teams=[teams[-2]], replicates=60, months=12).run()
falls = {name: again.outcome("gain_12m", name).mean() for name in ("usual", "halved")}
answer(
    f"The fall shrinks from {signed(falls['usual'])} to {signed(falls['halved'])} points. Two reviews are "
    "no cure where part of the error stays with the team, or reviewers share their views."
)

# %% [markdown]
# ## Limits
#
# How large a review's error is, and how much of it stays with a team, is not known: raters' agreement was
# measured once, on a vignette. The six totals themselves had to inform it. A simulated selection of the six
# that rose most is not how the paper's six were chosen, which was for variation.
