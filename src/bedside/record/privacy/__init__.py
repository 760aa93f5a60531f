"""Whether what was disclosed was a breach, by when whom to tell, and what was disclosed."""
