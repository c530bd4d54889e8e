"""Where a programme meets people: a team's site, and the network of teams that share a trust or a facilitator."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1)]
MOST_POSTS = 69  #: of a team, in the national survey
EventKind = Literal["plan", "scoping", "review", "learning", "meeting", "top_up"]


class Described(BaseModel):
    """A record that refuses unknown fields and wrong types, and never changes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Delivered(Described):
    """What is known of a programme as it was delivered at a site.

    ``events`` are (kind, month held); kinds in ``undated`` happened at an unknown time and are left to the rules;
    a kind in neither did not happen. ``visit_interval`` is in weeks between visits.
    """

    events: Annotated[tuple[tuple[EventKind, float], ...], Field(strict=False)] = ()
    undated: Annotated[tuple[EventKind, ...], Field(strict=False)] = ()
    visit_interval: Annotated[float, Field(gt=0, le=52)] = 2.0
    research_support: Share = 1.0


class Site(Described):
    """A Crisis Resolution Team and its circumstances: the context of a programme.

    Shares lie in [0, 1] with 0.5 in the middle; ``busyness`` 1 is typical demand; ``turnover`` multiplies the leaving
    rate. ``targets`` are the items a team is known to have chosen; without them the team chooses at its scoping day.
    """

    name: str = "team"
    number: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    setting: Literal["rural", "suburban", "urban", "unknown"] = "unknown"
    posts: Annotated[int, Field(ge=3, le=MOST_POSTS)] = 21
    baseline_total: Annotated[int, Field(ge=45, le=189)] = 122
    busyness: Annotated[float, Field(ge=0.5, le=2)] = 1.0
    vacancy: Share = 0.08
    turnover: Annotated[float, Field(ge=0, le=6)] = 1.0
    senior_share: Share = 0.3
    manager_stance: Share = 0.55
    manager_engagement: Share = 0.55
    manager_participative: Share = 0.5
    manager_arrives_month: Annotated[float, Field(ge=0, le=24)] = 0.0
    manager_doing: Share | None = None
    staff_buy_in: Share = 0.5
    trust_support: Share = 0.5
    group_breadth: Share = 0.5
    service_user_involvement: Share = 0.4
    facilitator_doing: Share | None = None
    facilitator_placement: Literal["embedded", "internal", "external", "blended"] | None = None
    collaboration: Share | None = None
    targets: Annotated[tuple[Annotated[int, Field(ge=1, le=39)], ...], Field(strict=False)] = ()
    delivered: Delivered | None = None
    trust: Annotated[int, Field(ge=0, le=99)] = 0
    facilitator: Annotated[int, Field(ge=0, le=99)] = 0

    def seniors(self) -> int:
        """Return how many posts are senior, at least one."""
        return max(1, int(self.senior_share * self.posts + 0.5))


class Network(Described):
    """Teams that share a trust or a facilitator: the unit of a run. Its number is part of every address of luck."""

    sites: Annotated[tuple[Site, ...], Field(min_length=1, max_length=30, strict=False)]
    number: Annotated[int, Field(ge=0, le=1_000_000)] = 0

    @model_validator(mode="after")
    def _numbers_differ(self) -> Self:
        numbers = [site.number for site in self.sites]
        if len(set(numbers)) < len(numbers):
            raise ValueError(f"teams of a network need different numbers, these have {numbers}")
        return self

    @classmethod
    def of_one(cls, site: Site) -> Self:
        """Make the network of a team that shares nobody; it carries the team's number."""
        return cls(sites=(site,), number=site.number)
