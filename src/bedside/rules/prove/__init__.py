"""Questions asked of all situations at once: conflicts, gaps, changes, concessions."""
