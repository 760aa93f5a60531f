"""Keeps who stood where, what was asked, what came of it, and who was called over a refusal."""
