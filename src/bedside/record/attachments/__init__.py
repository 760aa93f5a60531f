"""What was handed in with a report: the original, and a copy without metadata."""
