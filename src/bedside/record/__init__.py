"""Floor 2: what happened, in rooms with the same furniture."""
