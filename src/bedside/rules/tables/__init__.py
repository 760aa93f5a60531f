"""The fast path: conditions as cubes, and facts as bit sets of cubes."""
