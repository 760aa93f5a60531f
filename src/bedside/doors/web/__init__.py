"""The pages: six taps, one answer."""
