"""The profile of the user's own team: what is known of it, what is known as a range, and what is not known."""

from experiments.profile.reading import profile_schema, read_profile
from experiments.profile.uncertain import UncertainSite, restored
from experiments.profile.writing import profile_text

__all__ = ["UncertainSite", "profile_schema", "profile_text", "read_profile", "restored"]
