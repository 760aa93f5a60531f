"""One situation in, one honest answer out."""
