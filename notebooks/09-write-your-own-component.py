# %% [markdown]
# # 9. Write your own component
#
# *Ten minutes. Run each cell in turn; this time you also change one.*
#
# ## The question
#
# You have an idea no preset has: an hour every week in which everybody talks about one planned change. How do
# you write it down so that others know what is meant, how do you put it into a programme, and how do you test
# it before you believe anything it shows?
#
# ## Your prediction
#
# 1. Does the weekly hour raise staff's awareness of the programme?
# 2. Does it raise the gain in fidelity, lower it, or neither?
#
# ## Run it
#
# A component says what it is in the terms of Proctor's specification of strategies: who does what, to whom,
# when, how much, and why; and which ERIC strategy it corresponds to. Ours is a training repeated every week,
# so we start from the training the model has. These are the ten lines.

# %%
from calibration import posterior
from experiments import Experiment, Scenario, compare
from experiments.lessons import answer, claim, lines, monthly, passage, show, with_interval
from experiments.wording import verdict
from model.programme.components import Months, Strategy, TopUpTraining


class WeeklyHour(TopUpTraining):
    """An hour a week in which everybody on duty talks about one planned change."""

    strategy = Strategy(
        actor="shift leader",
        action="talks through one planned change with everybody on duty",
        target="staff's awareness of the programme",
        timing="every week",
        dose="an hour",
        justification="newer staff were unaware of the SIP",
        eric="Conduct ongoing training",
    )
    every_months: Months = 3 / 13


# %%
core = Scenario("core-12")
programme = core.programme.model_copy(update={"top_up_training": WeeklyHour()})
hour = {"top_up_hours": 1.0}  # of the range the model allows a training, the shortest
mine = core.model_copy(update={"name": "weekly-hour", "programme": programme, "parameters": hour})
strategies = dict(mine.programme.components())
strategies["top_up_training"].strategy._asdict()

# %% [markdown]
# Before it is used it is tested. First: where it never happens, nothing changes, to the last bit. Second:
# both engines of the model, Mesa and the compiled one, give the same numbers. Third: it does what it says.

# %%
never = programme.model_copy(update={"top_up_training": WeeklyHour(every_months=60)})
draws = posterior(60)
few = draws.first(2)
check = Experiment(
    [core, core.model_copy(update={"name": "never", "programme": never}), mine],
    draws=few,
    replicates=1,
    months=12,
    teams=[6],
)
compiled = check.run()
claim(
    "A weekly hour that never comes changes nothing, to the last bit.",
    (
        compiled.series[compiled.scenarios.index("never")]
        == compiled.series[compiled.scenarios.index("core-12")]
    ).all(),
)

# %%
in_mesa = Experiment(check.scenarios, draws=few, replicates=1, months=12, teams=[6], engine="mesa").run()
claim(
    "Mesa and the compiled engine give the same weeks, to the last bit.",
    (in_mesa.series == compiled.series).all(),
)

# %%
result = Experiment([core, mine], draws=draws, replicates=4, months=12).run()
events = (
    result.to_dataset()["hours"]
    .sel(kind="hours: staff, events and reviews")
    .mean(("draw", "replicate", "team"))
)
more = float(events.sel(scenario="weekly-hour") - events.sel(scenario="core-12"))
claim(f"It takes {more:.0f} hours of staff a team and year.", more > 0)

# %% [markdown]
# ## What you see

# %%
aware = compare(result, "awareness_12m", "weekly-hour", against="core-12")
gain = compare(result, "latent_gain_12m", "weekly-hour", against="core-12")
claim(
    f"The weekly hour changes awareness at month 12 by {with_interval(aware, 2)} (that it is more is "
    f"{verdict(aware)}) and true gain by {with_interval(gain)} points (that it is more is "
    f"{verdict(gain)}).",
    aware.p_positive > 0.95,
)

# %%
show(
    lines(monthly(result, "latent_total"), "Months since the start", "True practice (points of 195)"),
    "True practice by month with the weekly hour, with the core programme, and with none.",
)
claim(
    "An hour spent talking is an hour not spent on the work: "
    + (
        "so more awareness does not become more gain here."
        if gain.p_positive < 0.95
        else "here awareness outweighs it."
    ),
    aware.estimate.mean > 0,
)

# %% [markdown]
# ## In the paper

# %%
passage("few_staff_unaware")
passage("M1")

# %% [markdown]
# ## Exercises
#
# **1.** Change one number: the hour every month in place of every week (`every_months=1`). Is that better?

# %% jupyter={"source_hidden": true}
monthly_hour = programme.model_copy(update={"top_up_training": WeeklyHour(every_months=1)})
tried = Experiment(
    [core, mine, mine.model_copy(update={"name": "monthly-hour", "programme": monthly_hour})],
    draws=draws,
    replicates=4,
    months=12,
).run()
better = compare(tried, "latent_gain_12m", "monthly-hour", against="weekly-hour")
alone = compare(tried, "latent_gain_12m", "monthly-hour", against="core-12")
answer(
    f"Monthly less weekly: {with_interval(better)} points; that monthly is better is {verdict(better)}. "
    f"Against the core programme it changes true gain by {with_interval(alone)} points."
)

# %% [markdown]
# **2.** Give `WeeklyHour` a value that makes no sense, such as `every_months=-1`. What happens, and why is
# that good?

# %% jupyter={"source_hidden": true}
from pydantic import ValidationError

try:
    WeeklyHour(every_months=-1)
except ValidationError as error:
    answer(
        f"It is refused: {error.errors()[0]['msg'].lower()}. A component checks its own numbers, so that "
        "a slip of the pen never becomes a result."
    )

# %% [markdown]
# **3.** The model says nothing of what your strategy would do to service users. Name one number you would
# have to know, and how you would find it. (No code answers this one.)
#
# ## Limits
#
# A component of your own can only act through what the model already has: time, awareness, buy-in, practice.
# If your idea works by something else, the model will not show it, and needs a rule, a declared parameter and
# a passage first.
