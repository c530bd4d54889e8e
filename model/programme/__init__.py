"""Programmes: components, how they combine, and how they are resolved for a team."""
