"""Pages for the officer at a stay: what is asked now, danger, his own words; and for staff."""
