"""Keeps the keys of rows: what is sealed in them, for whom, and that a deletion stays one."""
