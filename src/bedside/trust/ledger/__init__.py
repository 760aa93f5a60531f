"""A tile log that anyone can check (RFC 9162, C2SP)."""
