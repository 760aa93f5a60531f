"""Pages about people: signing in, going on after a pause, roles, emergency openings."""
