"""Pages about contact: restrictions, names withheld, named contacts, what a caller hears."""
