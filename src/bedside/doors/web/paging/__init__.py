"""Pages without content on their way out, and where somebody says how they want to be reached."""
