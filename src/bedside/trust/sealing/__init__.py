"""What only some may open."""
