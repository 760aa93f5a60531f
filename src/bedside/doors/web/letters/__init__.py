"""The pages on which letters are written, signed, handed over, answered and checked."""
