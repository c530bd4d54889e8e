"""A programme: a length and the components it is made of."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from model.programme.components import (
    ActionPlan,
    Component,
    Facilitation,
    FidelityReviews,
    Involvement,
    LeadershipSupport,
    LearningEvents,
    Onboarding,
    OnlineResources,
    ProtectedTime,
    Readiness,
    ResearchSupport,
    RoutineMeetings,
    ScopingDay,
    TopUpTraining,
    WorkingGroups,
)
from model.sites import Described


class Programme(Described):
    """A service improvement programme of some months; a component that is not there is ``None``.

    ``delivery``: by the model's rules, or replayed from each site's record. ``months = 0`` is no programme at all.
    """

    months: Annotated[float, Field(ge=0, le=60)] = 12.0
    delivery: Literal["by-rules", "recorded"] = "by-rules"
    facilitation: Facilitation | None = None
    scoping: ScopingDay | None = None
    plan: ActionPlan | None = None
    reviews: FidelityReviews | None = None
    learning_events: LearningEvents | None = None
    online_resources: OnlineResources | None = None
    meetings: RoutineMeetings | None = None
    working_groups: WorkingGroups | None = None
    research_support: ResearchSupport | None = None
    leadership_support: LeadershipSupport | None = None
    protected_time: ProtectedTime | None = None
    onboarding: Onboarding | None = None
    top_up_training: TopUpTraining | None = None
    involvement: Involvement | None = None
    readiness: Readiness | None = None

    def components(self) -> Iterator[tuple[str, Component]]:
        """Yield name and component of all that is there."""
        for name in type(self).model_fields:
            component = getattr(self, name)
            if isinstance(component, Component):
                yield name, component
