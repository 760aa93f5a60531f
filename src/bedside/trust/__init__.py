"""Floor 0: keeps the record honest and private; knows nothing of hospitals."""
