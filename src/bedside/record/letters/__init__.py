"""Claims, versions, and who asked for other words."""
