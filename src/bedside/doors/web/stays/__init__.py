"""Pages about a stay under custody: opening it, what is known, papers, officers, duties, calls."""
