"""Norms: who asks what of whom, when, since when, on whose authority."""
