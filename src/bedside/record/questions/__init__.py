"""Takes "this is wrong" and what a manager told staff, and brings it to the rulebook owner."""
