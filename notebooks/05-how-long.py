# %% [markdown]
# # 5. How long?
#
# *Ten minutes. Run each cell in turn.*
#
# ## The question
#
# People interviewed thought twelve months too short. Do teams go on improving in a longer programme, or reach
# a plateau? What lasts after support has ended? And is a longer programme still better when it may cost no
# more hours of the facilitator?
#
# ## Your prediction
#
# Draw the curve before you see it: true practice by month over four years, with a programme of 12, 24 and 36
# months and with none.
#
# 1. Does a programme of 24 months add more in its second year than in its first?
# 2. In the year after a programme of 12 months has ended, is the gain lost, kept, or does it grow?
# 3. The same facilitator's hours: better in 12 months, or spread over 24?
#
# ## Run it

# %%
import pandas as pd

from calibration import posterior
from experiments import Experiment, Scenario, compare
from experiments.comparison import sustained_share
from experiments.lessons import answer, claim, lines, monthly, passage, show, with_interval
from experiments.questions.length import equal_cost_hours, scenario
from experiments.wording import verdict

spread = Scenario("core-24", name="24, half the hours").with_set({"facilitation.hours_per_week": "1.875"})
arms = [Scenario("core-12"), Scenario("core-24"), Scenario("core-36"), spread]
result = Experiment(arms, draws=posterior(60), replicates=4, months=48).run()

# %%
curve = monthly(result, "latent_total")
show(
    lines(curve.drop(columns=spread.name), "Months since the start", "True practice (points of 195)"),
    "True practice by month: the three programmes rise together and part where the shorter one ends; none stays level.",
)

# %% [markdown]
# ## What you see

# %%
longest = curve["core-36"]
steps = [longest.asof(month + 12.01) - longest.asof(month + 0.01) for month in (0, 12, 24)]
claim(
    f"In a programme of 36 months the first year adds {steps[0]:.1f} points, the second {steps[1]:.1f}, "
    f"the third {steps[2]:.1f}: growth all along, and least in the third year.",
    0 < steps[2] < 0.9 * min(steps[:2]),
)

# %%
longer = compare(result, "latent_gain_24m", "core-24", against="core-12")
last = compare(result, "latent_gain_end", "core-24", against="core-12")
claim(
    f"24 months less 12: {with_interval(longer)} points at month 24, {with_interval(last)} at month 48, "
    "two years after the longer one ended. The difference shrinks.",
    longer.p_positive > 0.95 and 0 < last.estimate.mean < longer.estimate.mean,
)

# %%
shares = {name: sustained_share(result, name) for name in ("core-12", "core-24", "core-36")}
table = pd.DataFrame({name: [share.mean, *share.interval_parameters] for name, share in shares.items()})
table.index = ["gain a year after the end, of that at the end", "from", "to"]
table.T.round(2)

# %%
claim(
    f"A year after a programme of 12 months its gain is {shares['core-12'].mean:.2f} times that at its "
    f"end; after 36 months {shares['core-36'].mean:.2f} times. A short programme leaves a plan "
    "unfinished, and the team goes on with it.",
    shares["core-12"].mean > 1 > shares["core-36"].mean - 0.1,
)

# %%
equal = compare(result, "latent_gain_24m", spread.name, against="core-12")
sooner = compare(result, "latent_gain_12m", spread.name, against="core-12")
hours = {name: result.outcome("hours_facilitator", name).mean() for name in ("core-12", spread.name)}
claim(
    f"Equal hours of the facilitator ({hours['core-12']:.0f} and {hours[spread.name]:.0f} a team), spread "
    f"over 24 months: {with_interval(sooner)} points at month 12, {with_interval(equal)} at month 24.",
    abs(hours[spread.name] / hours["core-12"] - 1) < 0.1 and sooner.estimate.mean < 0 < equal.estimate.mean,
)

# %% [markdown]
# Equal hours of the facilitator are not equal cost: meetings, reviews and staff's own work go on for longer.

# %%
names = ["core-12", spread.name, "core-24", "core-36"]
cost = pd.DataFrame(
    {
        "cost (£ a team)": [result.outcome("cost", name).mean() for name in names],
        "more true gain than none at month 48": [
            compare(result, "latent_gain_end", name, against="no-sip").estimate.mean for name in names
        ],
    },
    index=names,
)
cost.round(1).astype({"cost (£ a team)": int})

# %%
claim(
    f"Spreading the hours costs about £{round(cost.iloc[1, 0] - cost.iloc[0, 0], -2):,.0f} a team more "
    "than 12 months. So 24 months at half the hours is a cheaper way to a longer programme, and not a "
    "free one.",
    cost.iloc[0, 0] < cost.iloc[1, 0] < cost.iloc[2, 0],
)

# %% [markdown]
# ## In the paper

# %%
passage("M10")
passage("M14")
passage("M21")

# %% [markdown]
# ## Exercises
#
# **1.** Points of true gain at month 48 over none, for each £1,000: which of the four gives most? Which would
# you choose if you had £70,000 a team?

# %% jupyter={"source_hidden": true}
gain = cost["more true gain than none at month 48"]
rate = (gain / cost["cost (£ a team)"] * 1000).sort_values(ascending=False)
within = gain[cost["cost (£ a team)"] <= 70_000].idxmax()
answer(
    f"{rate.index[0]} gives most for the money: {rate.iloc[0]:.2f} points for £1,000, {rate.index[-1]} "
    f"least, {rate.iloc[-1]:.2f}. With £70,000 a team {within} gains most. The cheapest points and the "
    "most points are different questions."
)

# %% [markdown]
# **2.** At equal cost? `equal_cost_hours` spreads the calendar of 12 months over 24 and solves how many of
# the facilitator's hours a week the same money then buys. Are 24 months still better by month 24?

# %% jupyter={"source_hidden": true}
weekly = equal_cost_hours(24, {}, {"draws": posterior(60)})
same = scenario("cost", 24, weekly)
alike = Experiment([arms[0], same], draws=posterior(60), replicates=4, months=24).run()
costs = [alike.outcome("cost", name).mean() for name in ("core-12", same.name)]
which = compare(alike, "latent_gain_24m", same.name, against="core-12")
answer(
    f"The same money (£{costs[0]:,.0f} and £{costs[1]:,.0f} a team) buys {weekly:.1f} hours a week in "
    f"place of 3.75. The longer programme then changes true gain by {with_interval(which)} points; that "
    f"it is better is {verdict(which)} (probability {which.p_positive:.2f}). Longer is better, or no "
    "better, by what is held equal."
)

# %% [markdown]
# **3.** Does attention wear off? Switch that off (M21: drift, and fading attention) in `core-36` and see what
# the third year then adds.

# %% jupyter={"source_hidden": true}
fresh = Scenario("core-36", name="no drift", without_mechanisms=("M21",))
kept = monthly(Experiment([fresh], draws=posterior(60), replicates=4, months=36).run(), "latent_total")[
    "no drift"
]
third = kept.asof(36.01) - kept.asof(24.01)
answer(
    f"Without M21 the third year adds {third:.1f} points, with it {steps[2]:.1f}. The plateau is only in "
    "part a matter of drift and attention: room is used up, and the next point of an item costs more."
)

# %% [markdown]
# ## Limits
#
# No team was observed for longer than about a year. Beyond month 12 the model extrapolates: its rules for
# drift, for attention and for what a team does on its own after the end rest on wide ranges, not on data.
