"""The profile of the user's own team: what is known of it, what is known as a range, and what is not known."""

from experiments.profile.reading import own_team, profile_schema, team_from_text
from experiments.profile.uncertain import UncertainSite, restored
from experiments.profile.writing import profile_text

__all__ = ["UncertainSite", "own_team", "profile_schema", "profile_text", "restored", "team_from_text"]
