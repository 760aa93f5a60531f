"""Keeps a stay under custody: who, where, what was answered, shown and done."""
