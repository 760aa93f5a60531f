"""Notes for counsel alone."""
