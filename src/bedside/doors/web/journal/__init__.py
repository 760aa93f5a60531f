"""Pages on which the journal is read, and the reading noted."""
