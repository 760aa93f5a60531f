"""What can be reported: the eight families and forty-five types, as data."""
