# %% [markdown]
# # 2. Time pressure and the capability trap
#
# *Ten minutes. Run each cell in turn.*
#
# ## The question
#
# Improving a service takes hours, and a pressed team has none to spare. Does a programme make things worse
# before it makes them better? And can a team be too busy to ever become less busy (a capability trap)?
#
# ## Your prediction
#
# Write down three guesses.
#
# 1. In the first four months, is pressure on staff with a programme higher than without, lower, or the same?
# 2. Demand rises by 30%. Do staff's hours for the programme fall by less than 30%, by about 30%, or by more?
# 3. Does the busy team gain anything?
#
# ## Run it
#
# Pressure is demand against those at work: 1 is typical. We run the six teams as they were, with demand up by
# 30%, and down by 20%; always beside the same teams without a programme, with the same luck.

# %%
from calibration import posterior
from experiments import Experiment, Scenario, compare
from experiments.lessons import answer, claim, lines, monthly, passage, show, with_interval
from experiments.wording import signed
from model.mechanisms import MECHANISMS

busy = {"times.busyness": "1.3"}
arms = [
    Scenario("core-12"),
    Scenario("core-12", name="busy").with_set(busy),
    Scenario("core-12", name="calm").with_set({"times.busyness": "0.8"}),
    Scenario("no-sip", name="busy, no programme").with_set(busy),
]
result = Experiment(arms, draws=posterior(60), replicates=4, months=12).run()

# %%
show(
    lines(monthly(result, "pressure").iloc[1:], "Months since the start", "Pressure (1 is typical)"),
    "Pressure by month. Busy lines lie above the others; with a programme each lies a little below the line without.",
)

# %% [markdown]
# The waves are luck: one replicate's demand is common to all arms, so that differences between them are not
# luck.
#
# ## What you see

# %%
pressure = result.to_dataset().pressure_by_week.mean(("replicate", "team"))
difference = pressure.sel(scenario="core-12") - pressure.sel(scenario="no-sip")
early, late = difference.isel(week=slice(1, 5)).mean("week"), difference.isel(week=slice(9, 13)).mean("week")
worse_first = float(((early > 0) & (late < 0)).mean())
claim(
    f"Pressure with a programme less that without: {signed(float(early.mean()), 3)} in months 1 to 4, "
    f"{signed(float(late.mean()), 3)} in months 9 to 12. 'Worse before better' comes about in "
    f"{worse_first:.0%} of the draws only.",
    float(late.mean()) < float(early.mean()) and worse_first < 0.2,
)

# %%
hours = {name: result.outcome("hours_staff", name).mean() for name in ("calm", "core-12", "busy")}
claim(
    f"Demand up by 30% takes {1 - hours['busy'] / hours['core-12']:.0%} of staff's hours for the "
    f"programme ({hours['core-12']:.0f} to {hours['busy']:.0f}); down by 20% it adds "
    f"{hours['calm'] / hours['core-12'] - 1:.0%}.",
    hours["busy"] < 0.7 * hours["core-12"],
)

# %%
less = compare(result, "latent_gain_12m", "busy", against="core-12")
still = compare(result, "latent_gain_12m", "busy", against="busy, no programme")
claim(
    f"Demand up by 30% changes the gain in true practice by {with_interval(less)} points. Against busy "
    f"teams without a programme it is still {with_interval(still)}: slower, but no trap in these draws.",
    less.p_positive < 0.05 and still.p_positive > 0.95,
)

# %% [markdown]
# Why does it so seldom get worse first? An hour of improvement is an hour less of care (M2), but three things
# pull the other way: leaders grant hours (M5), and purpose eases strain (M20), so that people are less often
# away and stay longer (M3). Switch the three off and look again.

# %%
reliefs = ("M3", "M5", "M20")
alone = [
    Scenario("core-12", name="no relief", without_mechanisms=reliefs),
    Scenario("no-sip", name="no relief, no programme", without_mechanisms=reliefs),
]
without = Experiment(alone, draws=posterior(60), replicates=4, months=12).run()
both = without.to_dataset().pressure_by_week.mean(("replicate", "team"))
rest = both.sel(scenario="no relief") - both.sel(scenario="no relief, no programme")
first, last = rest.isel(week=slice(1, 5)).mean("week"), rest.isel(week=slice(9, 13)).mean("week")
worse_without = float(((first > 0) & (last < 0)).mean())
claim(
    f"Without the three reliefs it is worse before it is better in {worse_without:.0%} of the draws, in "
    f"place of {worse_first:.0%}.",
    worse_without > worse_first + 0.2,
)

# %%
week = hours["core-12"] / 52 / 21
claim(
    f"But even then it is little: {signed(float(first.mean()), 4)} of pressure in months 1 to 4. Staff "
    f"give {week:.1f} hours a post and week, {week / 37.5:.1%} of a full-time week (a team is taken to "
    "have 21 posts).",
    abs(float(first.mean())) < 0.02 and week / 37.5 < 0.05,
)

# %% [markdown]
# ## In the paper

# %%
titles = {mechanism.key: mechanism.title for mechanism in MECHANISMS}
print(*(f"{key}: {titles[key]}" for key in ("M1", "M2", "M5", "M20")), sep="\n")
passage("M1")
passage("M2")
passage("M5")
passage("M20")

# %% [markdown]
# ## Exercises
#
# **1.** A trust protects an hour a week for each member of a busy team, and pays for others to fill in
# (`protected_time.hours_per_person`, `protected_time.backfilled`). How much of what busyness took does that
# give back?

# %% jupyter={"source_hidden": true}
protected = Scenario("core-12", name="busy, protected").with_set(
    busy | {"protected_time.hours_per_person": "1.0", "protected_time.backfilled": "1.0"}
)
helped = Experiment([*arms[:2], protected], draws=posterior(60), replicates=4, months=12).run()
back = compare(helped, "latent_gain_12m", "busy, protected", against="busy")
answer(
    f"It adds {with_interval(back)} points. Busyness had taken {abs(less.estimate.mean):.1f}, so that an "
    f"hour a person gives back {back.estimate.mean / abs(less.estimate.mean):.0%} of it."
)

# %% [markdown]
# **2.** The same hour, but nobody fills in (`backfilled` 0). Is strain at month 12 higher than without
# protected time?

# %% jupyter={"source_hidden": true}
unfilled = Scenario("core-12", name="busy, not filled").with_set(
    busy | {"protected_time.hours_per_person": "1.0", "protected_time.backfilled": "0.0"}
)
tried = Experiment([arms[1], unfilled], draws=posterior(60), replicates=4, months=12).run()
strain = compare(tried, "strain_12m", "busy, not filled", against="busy")
answer(
    f"Strain changes by {with_interval(strain, 3)} (a share from 0 to 1); that it is higher has probability "
    f"{strain.p_positive:.2f}. "
    + (
        "So no: in this model "
        if strain.p_positive < 0.05
        else "The sign is not decided, or it is higher: in this model "
    )
    + "purpose and visible progress weigh against the hours taken from care. Nobody measured either."
)

# %% [markdown]
# ## Limits
#
# What an hour of improvement costs in care and saves later was not measured in any of these teams; both are
# drawn from wide ranges, and saving may be none. The model has no service users, so it cannot show who waits
# while staff improve the service.
