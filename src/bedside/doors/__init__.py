"""Floor 3: ways in; each translates, asks once, answers."""
