# %% [markdown]
# # 9. Write your own component
#
# *Ten minutes. Run each cell in turn; this time you also change one.*
#
# ## The question
#
# You have an idea no preset has: give staff time at the start, while everything is new, rather than a little
# all year. How do you write it down so that others know what is meant, how do you put it into a programme,
# and how do you test it before you believe anything it shows?
#
# ## Your prediction
#
# Two hours a person and week for three months, or half an hour for twelve: the same hours, paid for by the
# trust.
#
# 1. Which gives more true gain by month 12?
# 2. Of a protected hour, how much becomes work for the programme?
#
# ## Run it
#
# A component says what it is in the terms of Proctor's specification of strategies: who does what, to whom,
# when, how much, and why; and which ERIC strategy it corresponds to. Then it writes into the plan's table,
# which has a row for each week of the programme and a column for each thing a programme can bring. This is
# all of it.

# %%
import numpy as np
import pandas as pd

from calibration import posterior
from experiments import Experiment, Scenario, compare
from experiments.lessons import answer, claim, lines, monthly, passage, show, with_interval
from experiments.wording import verdict
from model import Programme, Site
from model.programme.components import Component, Strategy
from model.programme.plan import Column, resolve, weeks_of


class QuietStart(Component):
    """Protected hours for everybody while the programme is new, made good by extra staff."""

    strategy = Strategy(
        actor="trust and manager",
        action="protect time, pay for others to fill in",
        target="staff's time",
        timing="the first months",
        dose="some hours a person and week",
        justification="lack of time, the barrier named most often",
        eric="Access new funding",
    )
    hours: float = 2.0
    months: float = 3.0

    def lay(self, rows: np.ndarray) -> None:
        """Write the hours into the first weeks."""
        rows[: weeks_of(self.months), [Column.PROTECTED, Column.BACKFILL]] += self.hours


# %% [markdown]
# A programme that has room for it is the model's programme and one more line.


# %%
class WithQuietStart(Programme):
    """The model's programme, with room for a quiet start."""

    quiet_start: QuietStart | None = None


core = Scenario("core-12")
parts = dict(core.programme)
quiet = core.model_copy(
    update={"name": "quiet start", "programme": WithQuietStart(**parts, quiet_start=QuietStart())}
)
even = Scenario("core-12", name="even").with_set({"protected_time.hours_per_person": "0.5"})

# %% [markdown]
# Before it is used it is tested. First: look at the table it makes. Second: a quiet start without hours
# changes nothing, to the last bit. Third: both engines of the model, Mesa and the compiled one, give the same
# numbers.

# %%
rows = {arm.name: resolve(arm.programme, Site(), 0.5, 0).rows[:, Column.PROTECTED] for arm in (quiet, even)}
protected = pd.DataFrame(rows, index=pd.RangeIndex(1, weeks_of(12) + 1))
show(
    lines(protected, "Week of the programme", "Protected hours a person"),
    "Protected hours by week: two for thirteen weeks and then none, against half an hour throughout.",
)
claim(
    f"Both protect the same hours in all: {protected['quiet start'].sum():g} and {protected['even'].sum():g} a person.",
    protected["quiet start"].sum() == protected["even"].sum(),
)

# %%
nothing = WithQuietStart(**parts, quiet_start=QuietStart(hours=0.0))
arms = [core, core.model_copy(update={"name": "without hours", "programme": nothing}), quiet]
draws = posterior(60)
check = {"draws": draws.first(2), "replicates": 1, "months": 12, "teams": [6]}
compiled = Experiment(arms, **check).run()
weeks = dict(zip(compiled.scenarios, compiled.series, strict=True))
claim(
    "A quiet start without hours changes nothing, to the last bit.",
    np.array_equal(weeks["without hours"], weeks["core-12"])
    and not np.array_equal(weeks["quiet start"], weeks["core-12"]),
)

# %%
in_mesa = Experiment(arms, **check, engine="mesa").run()
claim(
    "Mesa and the compiled engine give the same weeks, to the last bit.",
    np.array_equal(in_mesa.series, compiled.series),
)

# %%
result = Experiment([core, quiet, even], draws=draws, replicates=4, months=12).run()
show(
    lines(monthly(result, "latent_total"), "Months since the start", "True practice (points of 195)"),
    "True practice by month with a quiet start, with even protection, with the core programme, and with none.",
)

# %% [markdown]
# ## What you see

# %%
helps = compare(result, "latent_gain_12m", "quiet start", against="core-12")
claim(
    f"Against the core programme a quiet start changes true gain at month 12 by {with_interval(helps)} "
    f"points: that it is more is {verdict(helps)}.",
    helps.p_positive > 0.5,
)

# %%
gain = compare(result, "latent_gain_12m", "quiet start", against="even")
claim(
    f"Against the same hours spread evenly it is {with_interval(gain)} points: that it is more is "
    f"{verdict(gain)}. When the hours come matters less than that they come.",
    abs(gain.estimate.mean) < helps.estimate.mean,
)

# %%
worked = compare(result, "hours_staff", "quiet start", against="core-12").estimate.mean / Site().posts
claim(
    f"Of {protected['quiet start'].sum():g} protected hours a post, {worked:.0f} become work for the "
    "programme: not all are kept free, and nobody is made to spend them so.",
    0 < worked < protected["quiet start"].sum(),
)

# %% [markdown]
# ## In the paper

# %%
passage("M1")
passage("M10")

# %% [markdown]
# ## Exercises
#
# **1.** Change one number: all the hours in the first month (`hours=6.0, months=1.0`). Is that better than
# three months?

# %% jupyter={"source_hidden": true}
sooner = WithQuietStart(**parts, quiet_start=QuietStart(hours=6.0, months=1.0))
rushed = core.model_copy(update={"name": "first month", "programme": sooner})
tried = Experiment([quiet, rushed], draws=draws, replicates=4, months=12).run()
better = compare(tried, "latent_gain_12m", "first month", against="quiet start")
answer(
    f"The first month less three months: {with_interval(better)} points; that one month is better is "
    f"{verdict(better)}. Plans are made at the scoping day: hours that come before it are spent on what "
    "the team would have done anyway."
)

# %% [markdown]
# **2.** Misspell a field, `QuietStart(hour=2)`. What happens, and why is that good?

# %% jupyter={"source_hidden": true}
from pydantic import ValidationError

try:
    QuietStart(hour=2)
except ValidationError as error:
    answer(
        f"It is refused: {error.errors()[0]['msg'].lower()}. A component checks what it is given, so that "
        "a slip of the pen never becomes a result."
    )

# %% [markdown]
# **3.** The model says nothing of what your strategy would do to service users. Name one number you would
# have to know, and how you would find it. (No code answers this one.)
#
# ## Limits
#
# A component of your own can only act through what the model already has: the columns of the plan. If your
# idea works by something else, the model will not show it, and needs a rule, a declared parameter and a
# passage first. A result with your component lives in memory: it cannot be kept as files, since whoever reads
# them would not have it.
