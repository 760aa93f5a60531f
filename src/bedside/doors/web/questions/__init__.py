"""Pages of "this is wrong": raising it on an answer, and the rulebook owner's list."""
