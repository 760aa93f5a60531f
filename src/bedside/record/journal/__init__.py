"""Remembers acts: every operation leaves one event here and one leaf in the ledger."""
