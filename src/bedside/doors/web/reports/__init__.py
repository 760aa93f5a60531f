"""Reporting what happened: under one's name, without one, and the talk that follows."""
