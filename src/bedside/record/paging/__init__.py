"""Calls somebody, without content, and remembers when they answered."""
