"""Looking into what was reported: who does, what is found, what comes of it."""
