"""Counts days as laws do: working days, holidays, and by when somebody has to be told."""
