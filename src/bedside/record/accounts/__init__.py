"""Knows who is who and refuses: people, their roles at a hospital, and what each may reach."""
