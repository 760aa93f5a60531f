"""What everybody may see, and the small numbers that nobody may."""
