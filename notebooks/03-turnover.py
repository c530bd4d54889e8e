# %% [markdown]
# # 3. What leaves with a leaver
#
# *Ten minutes. Run each cell in turn.*
#
# ## The question
#
# People leave, newcomers come. What does a programme lose with each leaver: knowledge of the programme, or
# the new way of working? And does it help to tell newcomers of the programme when they arrive (onboarding)?
#
# ## Your prediction
#
# 1. With twice the turnover, which falls by more of its value at month 12: staff's awareness of the programme, or the
#    gain in fidelity?
# 2. Every newcomer is told of the programme. Is most of the lost awareness made good? Most of the lost gain?
#
# ## Run it

# %%
import pandas as pd

from calibration import posterior
from experiments import Experiment, Scenario, compare
from experiments.lessons import answer, claim, lines, monthly, passage, show, with_interval
from experiments.wording import verdict

twice = {"times.turnover": "2.0"}
told = {"onboarding.share": "1.0"}
arms = [
    Scenario("core-12", name="as they were"),
    Scenario("core-12", name="twice").with_set(twice),
    Scenario("core-12", name="twice, told").with_set(twice | told),
]
draws = posterior(60)
result = Experiment(arms, draws=draws, replicates=4, months=12).run()
replaced = {arm.name: result.outcome("staff_replaced_12m", arm.name).mean() for arm in arms}
claim(
    f"As they were, {replaced['as they were']:.0%} of a team's posts lose someone within the year; with "
    f"twice the rate, {replaced['twice']:.0%}.",
    replaced["twice"] > 1.5 * replaced["as they were"],
)

# %%
table = monthly(result, "awareness").drop(columns="no-sip")
show(
    lines(table, "Months since the start", "Staff's awareness (share)"),
    "Awareness by month: lowest with twice the turnover, and as high as before or higher where newcomers are told.",
)

# %% [markdown]
# ## What you see

# %%
aware = compare(result, "awareness_12m", "twice", against="as they were")
gain = compare(result, "latent_gain_12m", "twice", against="as they were")
usual = {name: result.outcome(name, "as they were").mean() for name in ("awareness_12m", "latent_gain_12m")}
lost = -aware.estimate.mean / usual["awareness_12m"], -gain.estimate.mean / usual["latent_gain_12m"]
claim(
    f"Twice the turnover changes awareness by {with_interval(aware, 2)} (it loses {lost[0]:.0%}) and true "
    f"gain by {with_interval(gain)} points (it loses {lost[1]:.0%}).",
    lost[1] > lost[0] > 0,
)

# %%
aware_back = compare(result, "awareness_12m", "twice, told", against="twice")
gain_back = compare(result, "latent_gain_12m", "twice, told", against="twice")
shares = aware_back.estimate.mean / -aware.estimate.mean, gain_back.estimate.mean / -gain.estimate.mean
claim(
    f"Telling every newcomer gives back {shares[0]:.0%} of the lost awareness, and {shares[1]:.0%} of the lost gain.",
    shares[0] > 0.5 and shares[1] < 0.3,
)

# %% [markdown]
# Awareness is soon made good; the gain is not. So something else leaves. Switch mechanisms off, one after
# another, and double the turnover each time: M3, and successors know what leavers knew; M4, and it does not
# matter who manages, nor whether anyone does; M1, and empty posts take no time from the rest.

# %%
losses = {"all as it is": gain.estimate.mean}
for off in (("M3",), ("M4",), ("M1",), ("M1", "M3", "M4")):
    alike = [
        Scenario("core-12", name="usual", without_mechanisms=off),
        Scenario("core-12", name="double", without_mechanisms=off).with_set(twice),
    ]
    found = Experiment(alike, draws=draws, replicates=4, months=12).run()
    losses["without " + ", ".join(off)] = compare(
        found, "latent_gain_12m", "double", against="usual"
    ).estimate.mean
pd.Series(losses, name="true gain lost to twice the turnover (points)").round(1).to_frame()

# %%
each = [losses[f"without {off}"] for off in ("M3", "M4", "M1")]
claim(
    "No single thing leaves with a leaver: without M3, M4 or M1 the loss is "
    f"{', '.join(f'{-loss:.1f}' for loss in each)} points in place of {-losses['all as it is']:.1f}; "
    f"without all three it is {-losses['without M1, M3, M4']:.1f}.",
    all(losses["all as it is"] < loss < 0.5 * losses["all as it is"] for loss in each)
    and losses["without M1, M3, M4"] > 0.5 * losses["all as it is"],
)

# %%
practised = compare(result, "adoption_12m", "twice", against="as they were")
claim(
    f"The share of what is newly written that staff practise at month 12 changes by {with_interval(practised, 2)}.",
    practised.p_positive < 0.05,
)

# %% [markdown]
# ## In the paper

# %%
passage("M3")
passage("few_staff_unaware")
passage("M15")

# %% [markdown]
# ## Exercises
#
# **1.** Is it better to repeat a short training for all staff (preset `top-up-training`) than to tell
# newcomers? Compare both with twice the turnover, on awareness and on true gain at month 12.

# %% jupyter={"source_hidden": true}
top_up = Scenario("top-up-training", name="twice, top-up").with_set(twice)
trained = Experiment([arms[1], arms[2], top_up], draws=draws, replicates=4, months=12).run()
in_awareness = compare(trained, "awareness_12m", "twice, top-up", against="twice, told")
in_gain = compare(trained, "latent_gain_12m", "twice, top-up", against="twice, told")
answer(
    f"Top-up training less telling newcomers: {with_interval(in_awareness, 2)} of awareness (that it is "
    f"more is {verdict(in_awareness)}) and {with_interval(in_gain)} points of true gain (that it is more "
    f"is {verdict(in_gain)}). Either tells people of the programme; neither teaches them to practise it."
)

# %% [markdown]
# **2.** Three times the turnover: is the loss of gain another step as large as from once to twice?

# %% jupyter={"source_hidden": true}
thrice = Scenario("core-12", name="thrice").with_set({"times.turnover": "3.0"})
more = Experiment([*arms[:2], thrice], draws=draws, replicates=4, months=12).run()
second = compare(more, "latent_gain_12m", "thrice", against="twice")
answer(
    f"From once to twice {with_interval(gain)} points, from twice to three times {with_interval(second)}. "
    + (
        "The second step is smaller: there is less left to lose."
        if abs(second.estimate.mean) < abs(gain.estimate.mean)
        else "The second step is no smaller."
    )
)

# %% [markdown]
# ## Limits
#
# How much a leaver takes along, and how much a newcomer learns when told, nobody measured; the ranges are
# wide. That leavers take practice is a rule of the model (it fixes the sign); that telling newcomers makes
# good so little of the gain could have come out otherwise.
